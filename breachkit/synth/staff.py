"""Prescribers, samplers and insurers: entities with identifiers of their own, one table per seed."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import polars as pl

from breachkit import identifiers
from breachkit.facts import table
from breachkit.synth.lists import ended, invented, phones, pick, streets
from breachkit.synth.naming import plain, surname
from breachkit.synth.plan import Plan
from breachkit.synth.vocabulary import first_group, vocabulary
from breachkit.synth.words import Ints, alias, below, chance


@lru_cache(maxsize=8)
def prescribers(plan: Plan) -> tuple[pl.DataFrame, Ints, Ints]:
    """The prescribers, sorted by department, with the first and the number of each department."""
    n = plan.profile.prescribers
    home = _homes(plan, n)
    frame = _people(plan, "prescriber", n, home)
    words = plan.source.words("prescriber/file", 0, n)
    serial = (np.arange(n) * 7_919 + 13) % 1_000_000
    label, draw = invented("specialty")
    speciality = pick(label, draw.draw(words[1], words[2]))
    local = plain(frame["PRENOM"]) + "." + plain(frame["NOM"]) + "-cabinet"
    email = identifiers.email.build(local, pl.Series(below(words[4], 5)))
    written = chance(words[3], plan.profile.rates["prescriber_email"])
    frame = frame.with_columns(
        CODE=pl.Series([f"M{i + 1:05d}" for i in range(n)]),
        RPPS=identifiers.build("rpps", pl.Series(serial)),
        SPECIALITE=speciality,
        EMAIL=pl.select(pl.when(pl.Series(written)).then(email)).to_series(),
    )
    counts = np.bincount(plan.place_department[home], minlength=len(plan.departments)).astype(np.int64)
    return frame, np.concatenate([[0], np.cumsum(counts)[:-1]]).astype(np.int64), counts


@lru_cache(maxsize=8)
def samplers(plan: Plan) -> pl.DataFrame:
    """Nurses and technicians who take the samples."""
    n = plan.profile.samplers
    words = plan.source.words("sampler/home", 0, n)
    home = plan.place_draw.draw(words[0], words[1])
    return _people(plan, "sampler", n, home).with_columns(CODE=pl.Series([f"P{i + 1:04d}" for i in range(n)]))


@lru_cache(maxsize=24)
def entities(plan: Plan, kind: str) -> dict[str, pl.Series]:
    """The columns of prescribers, samplers or insurers, each as a dictionary that ends with a null."""
    if kind == "prescriber":
        frame = prescribers(plan)[0]
    else:
        frame = samplers(plan) if kind == "sampler" else insurers(plan)
    return {name: _dictionary(frame[name]) for name in frame.columns}


def _dictionary(values: pl.Series) -> pl.Series:
    text = values.cast(pl.String)
    return ended(text.cast(pl.Enum(text.drop_nulls().unique(maintain_order=True))))


@lru_cache(maxsize=8)
def insurers(plan: Plan) -> pl.DataFrame:
    """Invented supplementary insurers, numbered from 999."""
    names = invented("insurer")[0].drop_nulls()
    n = len(names)
    words = plan.source.words("insurer/home", 0, n)
    home = plan.place_draw.draw(words[0], words[1])
    return pl.DataFrame({"NOM": names, "ID": [f"999{i * 37 + 1000:05d}" for i in range(n)]}).with_columns(
        _address(plan, "insurer", n, home)
    )


def _homes(plan: Plan, n: int) -> Ints:
    """Where prescribers practise: departments by published share, communes by population; sorted."""
    words = plan.source.words("prescriber/home", 0, n)
    shares = plan.profile.departments
    places = plan.places
    if shares:
        away = plan.profile.rates["prescriber_elsewhere"]
        total = sum(shares.values())
        share = pl.col("department").replace_strict(
            {key: value / total for key, value in shares.items()}, default=0.0, return_dtype=pl.Float64
        )
        near = pl.col("department").is_in(["28", "29", "37", "44", "50", "61", "72", "76"]).cast(pl.Float64)
        weight = share * pl.col("within") * (1 - away) + near * pl.col("national") * away
    else:
        weight = pl.col("national")
    draw = alias(places.select(weight).to_series().to_numpy())
    return np.sort(draw.draw(words[0], words[1]))


def _people(plan: Plan, kind: str, n: int, home: Ints) -> pl.DataFrame:
    words = plan.source.words(f"{kind}/person", 0, n)
    names = vocabulary()
    woman = chance(words[0], 0.5)
    born = 1950 + below(words[1], 40)
    number = names.surname_alias.draw(words[2], words[3])
    first = names.first_ids[names.first_alias.draw(words[4], words[5], first_group(woman, born))]
    return pl.DataFrame({"NOM": surname(number), "PRENOM": names.first_names.gather(first)}).with_columns(
        _address(plan, kind, n, home)
    )


def _address(plan: Plan, kind: str, n: int, home: Ints) -> list[pl.Series]:
    words = plan.source.words(f"{kind}/address", 0, n)
    street, draw = streets()
    number = pl.Series(1 + below(words[0], 90)).cast(pl.String)
    zone = zones(plan)[home]
    return [
        (number + street.gather(draw.draw(words[1], words[2]))).rename("ADRESSE"),
        plan.places["postcode"].gather(home).rename("CODE_POSTAL"),
        plan.places["name"].gather(home).rename("VILLE"),
        phones().gather(zone * 10_000 + below(words[3], 10_000)).rename("TEL"),
    ]


@lru_cache(maxsize=8)
def zones(plan: Plan) -> Ints:
    """The landline zone (0 for 01 ... 4 for 05) of each place, by department."""
    zone = {
        row["department"]: int(row["zone"]) - 1 for row in table("synth", "phone_zones").iter_rows(named=True)
    }
    return np.array([zone.get(name, 4) for name in plan.places["department"]], dtype=np.int64)
