"""Ages, the share of women at each, and titles, solved so that the published counts come out."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from breachkit.facts import table
from breachkit.synth.houses import Houses
from breachkit.synth.profile import Profile

OLDEST = 105
ADULT = 15
PARENT_MIN, PARENT_SPAN = 20, 20
PARTNER_MIN, PARTNER_SPAN = -3, 8
LONE_MOTHERS = 0.82
GIRLS = 0.488
Reals = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Titles:
    """Chance of each title given what a person is, so that the published counts come out."""

    baby: float
    child: float
    sister: float
    titled: float


def pyramid() -> tuple[Reals, Reals]:
    """People and share of women at each single year of age, flat within the five-year groups."""
    people, female = np.zeros(OLDEST), np.zeros(OLDEST)
    for row in table("synth", "pyramid").iter_rows(named=True):
        first = int(row["age_group"].rstrip("+").split("-")[0])
        people[first : first + 5] = int(row["total"]) / 5
        female[first : first + 5] = int(row["women"]) / int(row["total"])
    return people, female


def by_age(steps: dict[int, float]) -> Reals:
    """Give a value at each age: that of the last step begun."""
    values = np.zeros(OLDEST)
    for first, value in sorted(steps.items()):
        values[first:] = value
    return values


def target_ages(profile: Profile, people: Reals) -> Reals:
    """Share of patients at each age: the profile's mix between groups, the pyramid within."""
    if not profile.ages:
        return np.asarray(people / people.sum())
    target = np.zeros(OLDEST)
    bounds = [*sorted(profile.ages), OLDEST]
    for first, last in pairwise(bounds):
        group = people[first:last]
        target[first:last] = profile.ages[first] * group / group.sum()
    return np.asarray(target / target.sum())


def free_ages(target: Reals, young: Reals, home: Houses) -> Reals:
    """Ages of adults without children in the file: what parents leave of the target."""
    parent = np.convolve(young, np.full(PARENT_SPAN, 1 / PARENT_SPAN))
    shifted = np.zeros(OLDEST)
    shifted[PARENT_MIN : PARENT_MIN + len(parent)] = parent
    adults = target.copy()
    adults[:ADULT] = 0
    adults *= (1 - home.child_share) / adults.sum()
    free = np.maximum(adults - shifted * home.family_share, 0)
    return np.asarray(free / free.sum())


def women(profile: Profile, home: Houses, free: Reals, share: Reals, young: Reals) -> tuple[Reals, Titles]:
    """Solve for the share of women among single people, and for the chance of each title."""
    rate = profile.rates
    minors = rate["title_child"] + rate["title_baby"]
    titled = (rate["title_woman"] + rate["title_man"]) / (1 - minors - rate["title_sister"])
    girls = (home.child_share - minors) * GIRLS
    needed = rate["title_woman"] / titled + rate["title_sister"] - girls
    wanted = (needed - home.couple_share - home.lone_share * LONE_MOTHERS) / home.single_share
    low, high = 0.05, 20.0
    odds = share / (1 - share)
    for _ in range(60):
        middle = (low * high) ** 0.5
        female = middle * odds / (1 + middle * odds)
        low, high = (middle, high) if (free * female).sum() < wanted else (low, middle)
    female = low * odds / (1 + low * odds)
    old = (free * female)[45:].sum() * home.single_share
    infants = home.youngest_share * young[:2].sum()
    titles = Titles(
        baby=rate["title_baby"] / infants,
        child=(rate["title_child"] + rate["title_baby"]) / home.child_share,
        sister=rate["title_sister"] / old,
        titled=titled,
    )
    return female, titles
