"""What one seed and one profile fix for all rows: alias tables, calibrated shares, entities."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import polars as pl

from breachkit.facts import table
from breachkit.synth.ages import ADULT, Reals, Titles, by_age, free_ages, pyramid, target_ages, women
from breachkit.synth.houses import Houses, houses
from breachkit.synth.profile import Profile
from breachkit.synth.vocabulary import vocabulary
from breachkit.synth.words import Alias, Flags, Ints, Source, alias

BIG_CITIES = ("13", "31", "69", "75")
EPOCH = dt.date(1970, 1, 1)


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
    people, female = pyramid()
    target = target_ages(profile, people)
    infants = target[:ADULT] / target[:ADULT].sum()
    free = free_ages(target, infants, home)
    woman_by_age, titles = women(profile, home, free, female, infants)
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
        married_by_age=by_age(dict(profile.married_name)),
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
