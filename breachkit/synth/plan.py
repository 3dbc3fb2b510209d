"""What one seed and one profile fix for all rows: alias tables, calibrated shares, entities."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import polars as pl

from breachkit.facts import table
from breachkit.synth.profile import Profile
from breachkit.synth.vocabulary import vocabulary
from breachkit.synth.words import Alias, Flags, Ints, Source, alias

SINGLE, HEAD, PARTNER, CHILD, TWIN = range(5)
ROLES = {"S": SINGLE, "H": HEAD, "P": PARTNER, "C": CHILD, "T": TWIN}
PLACES = 8
OLDEST = 105
ADULT = 15
PARENT_MIN, PARENT_SPAN = 20, 20
PARTNER_MIN, PARTNER_SPAN = -3, 8
LONE_MOTHERS = 0.82
GIRLS = 0.488
BIG_CITIES = ("13", "31", "69", "75")
EPOCH = dt.date(1970, 1, 1)
Reals = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Houses:
    """Household patterns over eight places: role of each place, place of its head, order of its children."""

    draw: Alias
    role: Ints
    head: Ints
    order: Ints
    size: Ints
    child_share: float
    youngest_share: float
    family_share: float
    lone_share: float
    couple_share: float
    single_share: float


@dataclass(frozen=True)
class Titles:
    """Chance of each title given what a person is, so that the published counts come out."""

    baby: float
    child: float
    sister: float
    titled: float


@dataclass(frozen=True, eq=False)
class Plan:
    """Everything the columns need besides the words of each row."""

    profile: Profile
    source: Source
    reference: int
    houses: Houses
    adult_ages: Alias
    child_ages: Alias
    woman_by_age: Reals
    married_by_age: Reals
    titles: Titles
    places: pl.DataFrame
    place_draw: Alias
    place_department: Ints
    birth_draw: Alias
    birth_near: Alias
    birth_known: Flags
    departments: tuple[str, ...]
    lab_draw: Alias
    labs: pl.DataFrame
    visit_draw: Alias
    visit_years: Ints


def houses(profile: Profile) -> Houses:
    """Read the household patterns of a profile."""
    patterns = [pattern.split() for pattern, _ in profile.households]
    weights = np.array([weight for _, weight in profile.households])
    weights = weights / weights.sum()
    shape = (len(patterns), PLACES)
    role, head, order, size = (np.zeros(shape, dtype=np.int64) for _ in range(4))
    count = dict.fromkeys(("child", "youngest", "family", "lone", "couple", "single"), 0.0)
    for i, (pattern, weight) in enumerate(zip(patterns, weights, strict=True)):
        at = 0
        for house in pattern:
            children = 0
            for offset, letter in enumerate(house):
                role[i, at + offset] = ROLES[letter]
                head[i, at + offset] = at
                size[i, at + offset] = len(house)
                if letter in "CT":
                    order[i, at + offset] = 0 if letter == "T" else children
                    count["youngest"] += weight * (order[i, at + offset] == 0)
                    children += 1
            count["child"] += weight * children
            adults = len(house) - children
            if children:
                count["family"] += weight * adults
                count["lone" if adults == 1 else "couple"] += weight
            elif adults == 2:
                count["couple"] += weight
            else:
                count["single"] += weight
            at += len(house)
    shares = {f"{key}_share": float(value) / PLACES for key, value in count.items()}
    return Houses(alias(weights), role, head, order, size, **shares)


def _pyramid() -> tuple[Reals, Reals]:
    """People and share of women at each single year of age, flat within the five-year groups."""
    people, women = np.zeros(OLDEST), np.zeros(OLDEST)
    for row in table("synth", "pyramid").iter_rows(named=True):
        first = int(row["age_group"].rstrip("+").split("-")[0])
        people[first : first + 5] = int(row["total"]) / 5
        women[first : first + 5] = int(row["women"]) / int(row["total"])
    return people, women


def _by_age(steps: dict[int, float]) -> Reals:
    values = np.zeros(OLDEST)
    for first, value in sorted(steps.items()):
        values[first:] = value
    return values


def _target_ages(profile: Profile, people: Reals) -> Reals:
    """Share of patients at each age: the profile's mix between groups, the pyramid within."""
    if not profile.ages:
        return np.asarray(people / people.sum())
    target = np.zeros(OLDEST)
    bounds = [*sorted(profile.ages), OLDEST]
    for first, last in pairwise(bounds):
        group = people[first:last]
        target[first:last] = profile.ages[first] * group / group.sum()
    return np.asarray(target / target.sum())


def _free_ages(target: Reals, young: Reals, home: Houses) -> Reals:
    """Ages of adults without children in the file: what parents leave of the target."""
    parent = np.convolve(young, np.full(PARENT_SPAN, 1 / PARENT_SPAN))
    shifted = np.zeros(OLDEST)
    shifted[PARENT_MIN : PARENT_MIN + len(parent)] = parent
    adults = target.copy()
    adults[:ADULT] = 0
    adults *= (1 - home.child_share) / adults.sum()
    free = np.maximum(adults - shifted * home.family_share, 0)
    return np.asarray(free / free.sum())


def _women(profile: Profile, home: Houses, free: Reals, share: Reals, young: Reals) -> tuple[Reals, Titles]:
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
        women = middle * odds / (1 + middle * odds)
        low, high = (middle, high) if (free * women).sum() < wanted else (low, middle)
    women = low * odds / (1 + low * odds)
    old = (free * women)[45:].sum() * home.single_share
    infants = home.youngest_share * young[:2].sum()
    titles = Titles(
        baby=rate["title_baby"] / infants,
        child=(rate["title_child"] + rate["title_baby"]) / home.child_share,
        sister=rate["title_sister"] / old,
        titled=titled,
    )
    return women, titles


def _places(profile: Profile) -> pl.DataFrame:
    """Commune-postcode pairs with the share of residents each has in this profile."""
    france = vocabulary().places.with_columns(
        pl.col("population").truediv(pl.col("population").sum()).alias("national"),
        pl.col("population").truediv(pl.col("population").sum().over("department")).alias("within"),
    )
    if not profile.departments:
        return france.with_columns(pl.col("national").alias("weight"))
    total = sum(profile.departments.values())
    away = profile.rates["resident_elsewhere"]
    known = {key: value / total for key, value in profile.departments.items()}
    share = pl.col("department").replace_strict(known, default=0.0, return_dtype=pl.Float64)
    return france.with_columns(
        (share * pl.col("within") * (1 - away) + pl.col("national") * away).alias("weight")
    )


def _laboratories(profile: Profile, departments: tuple[str, ...]) -> tuple[pl.DataFrame, Alias]:
    """Invented laboratories, spread over the departments by share; each department draws from its own."""
    shares = profile.departments or dict.fromkeys(departments, 1 / len(departments))
    total = sum(shares.values())
    names = table("synth", "invented").filter(pl.col("kind") == "laboratory")["text"].to_list()
    ranked = sorted(shares, key=lambda key: -shares[key])
    seats = dict.fromkeys(ranked[: profile.laboratories], 1)
    while sum(seats.values()) < profile.laboratories:
        neediest = max(ranked, key=lambda key: shares[key] / total / (seats.get(key, 0) + 0.5))
        seats[neediest] = seats.get(neediest, 0) + 1
    rows = [(department, i) for department, n in seats.items() for i in range(n)]
    frame = pl.DataFrame(
        {
            "code": [f"LB{i + 1:02d}" for i in range(len(rows))],
            "name": [f"LABORATOIRE {names[i % len(names)]}" for i in range(len(rows))],
            "department": [department for department, _ in rows],
        }
    )
    size = np.array([1 / (i + 1.5) for _, i in rows])
    home = frame["department"].to_list()
    tables = []
    for department in departments:
        own = np.array([place == department for place in home])
        tables.append(np.where(own, size, 0.0) if own.any() else np.ones(len(rows)))
    return frame, alias(*tables)


@lru_cache(maxsize=8)
def plan(profile: Profile, seed: int) -> Plan:
    """Compile a profile for one seed."""
    source = Source(seed, profile.name)
    home = houses(profile)
    people, women = _pyramid()
    target = _target_ages(profile, people)
    infants = target[:ADULT] / target[:ADULT].sum()
    free = _free_ages(target, infants, home)
    woman_by_age, titles = _women(profile, home, free, women, infants)
    places = _places(profile)
    departments = tuple(sorted(set(places["department"].to_list())))
    position = {name: i for i, name in enumerate(departments)}
    place_department = np.array([position[name] for name in places["department"]], dtype=np.int64)
    usual = ~places["department"].is_in(BIG_CITIES) & (places["department"].str.len_chars() == 2)
    births = (places["national"] * usual).to_numpy()
    near = alias(*(places["national"].to_numpy()[place_department == i] for i in range(len(departments))))
    labs, lab_draw = _laboratories(profile, departments)
    years = sorted(profile.visit_years)
    return Plan(
        profile=profile,
        source=source,
        reference=(profile.reference_date - EPOCH).days,
        houses=home,
        adult_ages=alias(free),
        child_ages=alias(infants),
        woman_by_age=woman_by_age,
        married_by_age=_by_age(dict(profile.married_name)),
        titles=titles,
        places=places,
        place_draw=alias(places["weight"].to_numpy()),
        place_department=place_department,
        birth_draw=alias(births),
        birth_near=near,
        birth_known=np.array([births[place_department == i].any() for i in range(len(departments))]),
        departments=departments,
        lab_draw=lab_draw,
        labs=labs,
        visit_draw=alias([profile.visit_years[year] for year in years]),
        visit_years=np.array(years, dtype=np.int64),
    )
