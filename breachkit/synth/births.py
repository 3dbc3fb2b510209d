"""When and where the rows were born: partners near each other in age, parents by their youngest child."""

from __future__ import annotations

import numpy as np

from breachkit.synth.ages import ADULT, OLDEST, PARENT_MIN, PARENT_SPAN, PARTNER_MIN, PARTNER_SPAN
from breachkit.synth.houses import CHILD, HEAD, SINGLE, TWIN
from breachkit.synth.plan import Plan
from breachkit.synth.words import Draws, Flags, Ints, below, chance

YEAR = 365.2425


def calendar(birth_day: Ints) -> tuple[Ints, Ints, Ints]:
    """Year, month and day of days counted from 1970."""
    date = birth_day.astype("datetime64[D]")
    month = date.astype("datetime64[M]")
    year = date.astype("datetime64[Y]").astype(np.int64) + 1970
    return year, month.astype(np.int64) % 12 + 1, (date - month).astype(np.int64) + 1


def birth_places(plan: Plan, department: Ints, births: Draws) -> Ints:
    """Where people are born: in the department they live in, or anywhere that has safe numbers."""
    near = chance(births[0], plan.profile.rates["born_near"]) & plan.birth_known[department]
    here = plan.birth_near.draw(births[1], births[2], department)
    return np.where(near, here, plan.birth_draw.draw(births[1], births[2]))


def births_of(plan: Plan, role: Ints, kid: Ints, head: Ints, home: Draws, own: Draws) -> tuple[Ints, Ints]:
    """Age at the reference date, and birth day: parents follow their youngest child, partners each other."""
    youngest = plan.child_ages.draw(home[0], home[1])
    alone = plan.adult_ages.draw(own[0], own[1])
    young = (role == CHILD) | (role == TWIN)
    parent = _has_children(role, head)
    head_age = np.where(parent, youngest + PARENT_MIN + below(home[2], PARENT_SPAN), alone[head])
    partner = np.clip(head_age + PARTNER_MIN + below(home[3], PARTNER_SPAN), 18, OLDEST - 1)
    child = np.minimum(youngest + kid * (2 + below(home[3], 2)), ADULT - 1)
    age = np.where(role == SINGLE, alone, np.where(role == HEAD, head_age, np.where(young, child, partner)))
    within = np.where(role == TWIN, below(home[6], 365), below(own[2], 365))
    return age, plan.reference - np.floor(age * YEAR).astype(np.int64) - within - 1


def _has_children(role: Ints, head: Ints) -> Flags:
    """Whether a person's household has children in the file."""
    flags = np.zeros(len(role), dtype=bool)
    flags[head[(role == CHILD) | (role == TWIN)]] = True
    return flags[head]
