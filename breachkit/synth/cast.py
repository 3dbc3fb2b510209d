"""Who the rows are: households, ages, sexes, names, places, as plain numbers.

Rows are dealt from blocks of 4,096 people, shuffled by an odd multiplier, so that a household is scattered
over its block and a row range needs no more than the blocks it touches.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from breachkit.synth.ages import (
    ADULT,
    GIRLS,
    LONE_MOTHERS,
    OLDEST,
    PARENT_MIN,
    PARENT_SPAN,
    PARTNER_MIN,
    PARTNER_SPAN,
)
from breachkit.synth.houses import CHILD, HEAD, PARTNER, PLACES, SINGLE, TWIN
from breachkit.synth.naming import RARE_NAMES
from breachkit.synth.plan import Plan
from breachkit.synth.vocabulary import first_group, vocabulary
from breachkit.synth.words import Draws, Flags, Ints, Words, below, chance

BLOCK = 4096
MULTIPLIER = 1741
YEAR = 365.2425
MALE, FEMALE = 0, 1
TITLES = ("", "M", "MME", "ENFANT", "BEBE", "SOEUR")
NO_TITLE, MONSIEUR, MADAME, ENFANT, BEBE, SOEUR = range(6)


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
    age, birth_day = _births(plan, role, kid, head, home_word, own)
    lone = _lone(role, head, size, n)
    woman = _sexes(plan, role, age, lone, home_word, own)
    year, month, day = _calendar(birth_day)
    named = _names(plan, role, head, woman, age, year, names, own)
    place = plan.place_draw.draw(home_word[4], home_word[5])
    department = plan.place_department[place]
    births = source.words("birth", low, high)
    twin = role == TWIN
    birth_place = _birth_places(plan, department, births)
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
        "title": _titles(plan, role, kid, woman, age, own[6]),
        "insured_row": insured,
        "nir_woman": woman[insured],
        "nir_year": year[insured],
        "nir_month": month[insured],
        "nir_place": birth_place[insured],
        "nir_commune": below(births[4][insured], 80),
        "nir_order": below(births[5][insured], 999),
    }


def _calendar(birth_day: Ints) -> tuple[Ints, Ints, Ints]:
    """Year, month and day of days counted from 1970."""
    date = birth_day.astype("datetime64[D]")
    month = date.astype("datetime64[M]")
    year = date.astype("datetime64[Y]").astype(np.int64) + 1970
    return year, month.astype(np.int64) % 12 + 1, (date - month).astype(np.int64) + 1


def _birth_places(plan: Plan, department: Ints, births: Draws) -> Ints:
    """Where people are born: in the department they live in, or anywhere that has safe numbers."""
    near = chance(births[0], plan.profile.rates["born_near"]) & plan.birth_known[department]
    here = plan.birth_near.draw(births[1], births[2], department)
    return np.where(near, here, plan.birth_draw.draw(births[1], births[2]))


def _births(plan: Plan, role: Ints, kid: Ints, head: Ints, home: Draws, own: Draws) -> tuple[Ints, Ints]:
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


def _names(
    plan: Plan, role: Ints, head: Ints, woman: Flags, age: Ints, year: Ints, names: Draws, own: Draws
) -> dict[str, Ints]:
    """Surnames (numbers past the list are rare names), first names; -1 where there is none."""
    words = vocabulary()
    listed = words.surname_alias.draw(names[0], names[1])
    rare = len(words.surnames) + below(names[1], RARE_NAMES)
    own_name = np.where(chance(names[2], plan.profile.rates["rare_surname"]), rare, listed)
    has_partner = np.zeros(len(role), dtype=bool)
    has_partner[head[role == PARTNER]] = True
    other = np.where(role == HEAD, head + 1, head)
    coupled = has_partner[head] & ((role == HEAD) | (role == PARTNER))
    father = np.where(has_partner[head] & woman[head], head + 1, head)
    birth = np.where((role == CHILD) | (role == TWIN), own_name[father], own_name)
    adult = age >= 18
    married = adult & chance(names[3], plan.married_by_age[age])
    away = words.surname_alias.draw(names[4], names[5])
    spouse = np.where(coupled, own_name[np.minimum(other, len(role) - 1)], away)
    usual = np.where(woman & married & (role != CHILD), spouse, birth)
    group = first_group(woman, year)
    first = words.first_ids[words.first_alias.draw(names[6], names[7], group)]
    second = words.first_ids[words.first_alias.draw(own[4], own[5], group)]
    return {
        "birth_name": birth,
        "usual_name": usual,
        "spouse_name": np.where(married | coupled, spouse, -1),
        "first_name": np.where(_namesakes(role, head, first), second, first),
        "second_name": second,
    }


def _namesakes(role: Ints, head: Ints, first: Ints) -> Flags:
    """Twins who drew the first name of the twin before them: no parents would."""
    same = np.zeros(len(role), dtype=bool)
    twins = (role[1:] == TWIN) & (role[:-1] == TWIN) & (head[1:] == head[:-1])
    same[1:] = twins & (first[1:] == first[:-1])
    return same


def _titles(plan: Plan, role: Ints, kid: Ints, woman: Flags, age: Ints, word: Words) -> Ints:
    odds = plan.titles
    young = (role == CHILD) | (role == TWIN)
    infant = young & (kid == 0) & (age < 2)
    title = np.where(woman, MADAME, MONSIEUR)
    title = np.where(chance(word, 1 - odds.titled), NO_TITLE, title)
    minor = young & chance(word, odds.child)
    title = np.where(minor, ENFANT, title)
    baby = infant & chance(word, odds.baby)
    title = np.where(baby, BEBE, title)
    nun = (role == SINGLE) & woman & (age >= 45) & chance(np.uint64(2**32 - 1) - word, odds.sister)
    return np.where(nun, SOEUR, title)
