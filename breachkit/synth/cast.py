"""Who the rows are: households, ages, sexes, places, as plain numbers.

Rows are dealt from blocks of 4,096 people, shuffled by an odd multiplier, so that a household is scattered
over its block and a row range needs no more than the blocks it touches.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from breachkit.synth.ages import GIRLS, LONE_MOTHERS, OLDEST
from breachkit.synth.appellations import names_of, titles_of
from breachkit.synth.births import birth_places, births_of, calendar
from breachkit.synth.houses import CHILD, HEAD, PARTNER, PLACES, SINGLE, TWIN
from breachkit.synth.plan import Plan
from breachkit.synth.words import Draws, Flags, Ints, below, chance

BLOCK = 4096
MULTIPLIER = 1741


@dataclass(frozen=True)
class Cast:
    """One array per attribute, one element per row."""

    person: Ints
    household: Ints
    head_row: Ints
    role: Ints
    twin: Flags
    woman: Flags
    age: Ints
    birth_day: Ints
    year: Ints
    month: Ints
    day: Ints
    birth_name: Ints
    usual_name: Ints
    spouse_name: Ints
    first_name: Ints
    second_name: Ints
    place: Ints
    department: Ints
    birth_place: Ints
    title: Ints
    insured_row: Ints
    nir_woman: Flags
    nir_year: Ints
    nir_month: Ints
    nir_place: Ints
    nir_commune: Ints
    nir_order: Ints

    def take(self, rows: Ints) -> Cast:
        """The same attributes for chosen positions."""
        return Cast(**{field.name: getattr(self, field.name)[rows] for field in fields(self)})


def entity(row: Ints) -> Ints:
    """Which place of its block a row holds."""
    return (row & ~(BLOCK - 1)) | ((row * MULTIPLIER + 977) & (BLOCK - 1))


def block_range(start: int, stop: int) -> tuple[int, int]:
    """The whole blocks that hold ``start``..``stop``."""
    return start // BLOCK * BLOCK, -(-stop // BLOCK) * BLOCK


def cast(plan: Plan, start: int, stop: int) -> Cast:
    """Draw the people of a row range."""
    low, high = block_range(start, stop)
    rows = np.arange(low, high, dtype=np.int64)
    order = entity(rows) - low
    people = _people(plan, low, high)
    inverse = np.empty_like(order)
    inverse[order] = rows
    for key in ("head_row", "insured_row"):
        people[key] = inverse[people[key]]
    picked = order[start - low : stop - low]
    return Cast(
        person=rows[start - low : stop - low], **{key: value[picked] for key, value in people.items()}
    )


def _people(plan: Plan, low: int, high: int) -> dict[str, np.ndarray]:
    """Attributes in entity order for whole blocks."""
    n = high - low
    source, homes = plan.source, plan.houses
    cluster = source.words("household", low // PLACES, high // PLACES)
    pattern = homes.draw.draw(cluster[0], cluster[1]).repeat(PLACES)
    slot = np.tile(np.arange(PLACES), n // PLACES)
    role, kid = homes.role[pattern, slot], homes.order[pattern, slot]
    size = homes.size[pattern, slot]
    base = np.arange(n) - slot
    head = base + homes.head[pattern, slot]
    home, own, names = (source.words(key, low, high) for key in ("home", "person", "name"))

    home_word = home.take(head)
    age, birth_day = births_of(plan, role, kid, head, home_word, own)
    lone = _lone(role, head, size, n)
    woman = _sexes(plan, role, age, lone, home_word, own)
    year, month, day = calendar(birth_day)
    named = names_of(plan, role, head, woman, age, year, names, own)
    place = plan.place_draw.draw(home_word[4], home_word[5])
    department = plan.place_department[place]
    births = source.words("birth", low, high)
    twin = role == TWIN
    birth_place = birth_places(plan, department, births)
    birth_place = np.where(twin, birth_place[np.minimum(head + 2, n - 1)], birth_place)
    insured = np.where((role == CHILD) | twin, head, np.arange(n))
    return {
        "household": low + head,
        "head_row": head,
        "role": role,
        "twin": twin,
        "woman": woman,
        "age": age,
        "birth_day": birth_day,
        "year": year,
        "month": month,
        "day": day,
        **named,
        "place": place,
        "department": department,
        "birth_place": birth_place,
        "title": titles_of(plan, role, kid, woman, age, own[6]),
        "insured_row": insured,
        "nir_woman": woman[insured],
        "nir_year": year[insured],
        "nir_month": month[insured],
        "nir_place": birth_place[insured],
        "nir_commune": below(births[4][insured], 80),
        "nir_order": below(births[5][insured], 999),
    }


def _lone(role: Ints, head: Ints, size: Ints, n: int) -> Flags:
    """Whether a person's household has one adult only."""
    paired = np.zeros(n, dtype=bool)
    paired[head[role == PARTNER]] = True
    return ~paired[head] & (size > 1)


def _sexes(plan: Plan, role: Ints, age: Ints, lone: Flags, home: Draws, own: Draws) -> Flags:
    alone = chance(own[3], plan.woman_by_age[np.clip(age, 0, OLDEST - 1)])
    leads = chance(home[7], np.where(lone, LONE_MOTHERS, 0.5))
    child = chance(own[3], GIRLS)
    adult = np.where(role == SINGLE, alone, np.where(role == HEAD, leads, ~leads))
    return np.where((role == CHILD) | (role == TWIN), child, adult)
