"""Visits, prescriptions, acts and results of ``lab-full``: what people have decides what is asked and found.

A person's conditions follow age and sex (``conditions.csv``) and what the comment says; each visit has a
prescription with the treatments in progress (``treatments.csv``), and asks for acts (``panels.csv``) with
a chance that depends on age, sex and conditions, and each result falls around a mean that does too.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from statistics import NormalDist

import numpy as np
import polars as pl

from breachkit import taxonomy
from breachkit.facts import table
from breachkit.leak import FACT_SCHEMA
from breachkit.synth import columns
from breachkit.synth.cast import Cast
from breachkit.synth.conditions import conditions, matches, treatments
from breachkit.synth.lists import FIRST_DAY, coded, days, pick
from breachkit.synth.plan import EPOCH, Plan
from breachkit.synth.register import Register
from breachkit.synth.words import PER_ROW, Draws, Flags, Ints, below, chance

SLOTS = 4
STEPS = 1024
DAY0 = (FIRST_DAY - EPOCH).days
SAID = ("Négatif", "Positif")


@dataclass(frozen=True)
class Care:
    """The tables beside the patients, the facts in them (rows counted from this chunk's first).

    ``bearer`` says which row of the chunk each row of each table belongs to.
    """

    tables: dict[str, pl.DataFrame]
    facts: pl.DataFrame
    bearer: dict[str, Ints]


@cache
def _normal() -> np.ndarray:
    return np.array([NormalDist().inv_cdf((i + 0.5) / STEPS) for i in range(STEPS)])


def write(register: Register) -> Care:
    """Build visits, acts and results of these people."""
    plan, people, start, n = register.plan, register.people, register.start, len(register)
    visit, created = register.dates
    patients = columns.frame(register, ("NUM_DOSSIER", "CODE_LABO", "MEDECIN_RPPS"))
    has = conditions(register)
    words = plan.source.words("visits", start, start + n)
    count = 1 + below(words[0], np.where(people.age < 45, 3, SLOTS))
    who = np.repeat(np.arange(n), count)
    slot = np.arange(len(who)) - np.repeat(np.cumsum(count) - count, count)
    back = np.cumsum([30 + below(words[i], 300) for i in range(1, SLOTS)], axis=0)
    gap = np.vstack([np.zeros(n, dtype=np.int64), back])[slot, who]
    day = np.maximum(visit[who] - gap, created[who])
    record = patients["NUM_DOSSIER"].gather(who)
    number = record + "-" + pl.Series(slot + 1).cast(pl.String)
    visits = pl.DataFrame(
        {
            "NUM_VISITE": number,
            "NUM_DOSSIER": record,
            "DATE_VISITE": days().gather(day - DAY0),
            "CODE_LABO": patients["CODE_LABO"].gather(who),
            "MEDECIN_RPPS": patients["MEDECIN_RPPS"].gather(who),
        }
    )
    asked, panel, word = _asked(plan, people, has, who, slot, start)
    done = _tables(visits, asked, panel, word, has, people, who, day)
    at, drug = _prescribed(treatments(register, has), who)
    issued = np.maximum(day - below(words[4], 20)[who], created[who])
    prescriptions = _prescriptions(visits, at, drug, issued)
    codes = table("synth", "treatments")["atc"].to_list()
    facts = _facts("prescriptions", "CODE_ATC", "atc", codes, drug, people.person[who[at]])
    every = {"visits": visits, "prescriptions": prescriptions, **done.tables}
    bearer = {"visits": who, "prescriptions": who[at], **done.bearer}
    wanted = [name for name in plan.profile.tables if name in every]
    said = pl.concat([facts, done.facts]).filter(pl.col("table").is_in(wanted))
    return Care({name: every[name] for name in wanted}, said, {name: bearer[name] for name in wanted})


def _prescribed(taken: list[Flags], who: Ints) -> tuple[Ints, Ints]:
    """Visits and the treatments written on their prescription, -1 where there is none."""
    drug, person = np.nonzero(np.stack(taken)[:, who])
    none = np.setdiff1d(np.arange(len(who)), person)
    at = np.concatenate([person, none])
    drugs = np.concatenate([drug, np.full(len(none), -1)])
    order = np.lexsort((drugs, at))
    return at[order], drugs[order]


def _prescriptions(visits: pl.DataFrame, at: Ints, drug: Ints, issued: Ints) -> pl.DataFrame:
    rows = table("synth", "treatments")
    common = visits.select("NUM_VISITE", "NUM_DOSSIER", "MEDECIN_RPPS")[at]
    return common.select(
        ("ORD-" + pl.col("NUM_VISITE")).alias("NUM_ORDONNANCE"),
        "NUM_VISITE",
        "NUM_DOSSIER",
        "MEDECIN_RPPS",
        pick(coded(rows["atc"].to_list()), drug).alias("CODE_ATC"),
        pick(coded(rows["label"].to_list()), drug).alias("TRAITEMENT"),
        pick(days(), issued[at] - DAY0).alias("DATE_ORDONNANCE"),
    )


def _asked(
    plan: Plan, people: Cast, has: dict[str, Flags], who: Ints, slot: Ints, start: int
) -> tuple[Ints, Ints, np.ndarray]:
    """Which visit asks for which panel, in visit order, and how deep each chance was hit (0..1)."""
    n = len(people.person)
    rows = table("synth", "panels").to_dicts()
    at, panels, depths = [], [], []
    drawn: dict[int, Draws] = {}
    for number, row in enumerate(rows):
        fits = matches(row, people.woman, people.age)
        ill = has.get(row["condition"], np.zeros(n, dtype=bool))
        share = np.where(fits, np.where(ill, float(row["share_if"]), float(row["share"])), 0.0)
        if number % PER_ROW == 0:
            drawn = {
                s: plan.source.words(f"acts/{s}/{number // PER_ROW}", start, start + n) for s in range(SLOTS)
            }
        word = np.stack([drawn[s][number % PER_ROW] for s in range(SLOTS)])[slot, who]
        hit = np.flatnonzero(chance(word, share[who]))
        at.append(hit)
        panels.append(np.full(len(hit), number))
        depths.append(word[hit] / (share[who][hit] * 2**32))
    visit, panel, depth = np.concatenate(at), np.concatenate(panels), np.concatenate(depths)
    order = np.lexsort((panel, visit))
    return visit[order], panel[order], np.clip(depth[order], 0, 1 - 1e-9)


def _tables(
    visits: pl.DataFrame,
    at: Ints,
    panel: Ints,
    depth: np.ndarray,
    has: dict[str, Flags],
    people: Cast,
    who: Ints,
    day: Ints,
) -> Care:
    rows = table("synth", "panels")
    common = visits.select("NUM_VISITE", "NUM_DOSSIER")[at]
    date = days().gather(day[at] - DAY0)
    labels = coded(rows["label"].to_list())
    acts = common.with_columns(
        pick(coded(rows["act"].to_list()), panel).alias("CODE_ACTE"),
        pick(labels, panel).alias("LIBELLE_ACTE"),
        date.alias("DATE_ACTE"),
    )
    codes = coded([code or "?" for code in rows["loinc"]])
    known = np.array([bool(code) for code in rows["loinc"]])
    results = common.with_columns(
        pick(codes, np.where(known[panel], panel, -1)).alias("CODE_LOINC"),
        pick(labels, panel).alias("LIBELLE_ANALYSE"),
        _values(panel, depth, has, people, who[at]).alias("VALEUR"),
        *(
            pick(
                coded([v or "?" for v in rows[key]]), np.where((rows[key] != "").to_numpy()[panel], panel, -1)
            ).alias(name)
            for key, name in (("unit", "UNITE"), ("low", "BORNE_MIN"), ("high", "BORNE_MAX"))
        ),
        date.alias("DATE_RESULTAT"),
    )
    person = people.person[who[at]]
    facts = [_facts("acts", "CODE_ACTE", "nabm", rows["act"].to_list(), panel, person)]
    facts.append(_facts("results", "CODE_LOINC", "loinc", rows["loinc"].to_list(), panel, person))
    bearer = {"acts": who[at], "results": who[at]}
    return Care({"acts": acts, "results": results}, pl.concat(facts), bearer)


def _values(panel: Ints, depth: np.ndarray, has: dict[str, Flags], people: Cast, who: Ints) -> pl.Series:
    """Result values as text: numbers around the person's mean, or a word for a qualitative test."""
    z = _normal()[(depth * STEPS).astype(np.int64)]
    text = np.full(len(panel), None, dtype=object)
    for number, row in enumerate(table("synth", "panels").to_dicts()):
        mine = np.flatnonzero(panel == number)
        ill = has.get(row["condition"], np.zeros(len(people.person), dtype=bool))[who[mine]]
        places = int(row["decimals"])
        if places == -1:
            values = [SAID[int(sick)] for sick in ill]
        elif places == -2:
            values = [f"1/{int(900 + 800 * abs(x))}" for x in z[mine]]
        else:
            mean = np.where(ill, float(row["mean_if"]), float(row["mean"]))
            spread = np.where(ill, float(row["sd_if"]), float(row["sd"]))
            found = np.maximum(mean + spread * z[mine], 0)
            values = [f"{x:.{places}f}".replace(".", ",") for x in found.tolist()]
        text[mine] = values
    return pl.Series("VALEUR", text.tolist(), dtype=pl.String)


def _facts(name: str, column: str, system: str, codes: list[str], panel: Ints, person: Ints) -> pl.DataFrame:
    """What each code says, by the taxonomy's own table."""
    said = [
        (number, found.category, found.status)
        for number, code in enumerate(codes)
        if code
        for found in taxonomy.code_category(system, code)
    ]
    meaning = pl.DataFrame(
        said, schema={"panel": pl.Int64, "category": pl.String, "status": pl.String}, orient="row"
    )
    rows = pl.DataFrame({"panel": panel, "person_id": person}).with_row_index("row")
    found = rows.join(meaning, on="panel", how="inner", maintain_order="left")
    empty = pl.lit(None)
    return found.select(
        pl.lit(name).alias("table"),
        "row",
        pl.lit(column).alias("column"),
        empty.alias("start"),
        empty.alias("end"),
        "person_id",
        "category",
        "status",
        empty.alias("half"),
    ).cast(FACT_SCHEMA)
