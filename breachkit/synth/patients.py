"""The wide table: one patient a row, with prescriber, sampler and insurer, as a laboratory exports it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import cast

import numpy as np
import polars as pl

from breachkit import identifiers
from breachkit.leak import FACT_SCHEMA, TRUE_DAMAGE_SCHEMA
from breachkit.synth import comments, credentials, laboratory
from breachkit.synth.cast import BEBE, ENFANT, SOEUR, TITLES, Cast
from breachkit.synth.lists import (
    BLOCK,
    FIRST_DAY,
    blood_groups,
    coded,
    counters,
    days,
    invented,
    phones,
    pick,
    streets,
)
from breachkit.synth.naming import surname
from breachkit.synth.plan import CHILD, EPOCH, TWIN, Plan
from breachkit.synth.staff import insurers, prescribers, samplers, zones
from breachkit.synth.vocabulary import vocabulary
from breachkit.synth.words import Flags, Ints, Words, below, chance

TABLE = "patients"
DAY0 = (FIRST_DAY - EPOCH).days


@dataclass(frozen=True)
class Chunk:
    """Some rows of the wide table and what is true of them."""

    frame: pl.DataFrame
    people: pl.DataFrame
    facts: pl.DataFrame
    lab: Ints
    damage: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=TRUE_DAMAGE_SCHEMA))
    side: dict[str, pl.DataFrame] = field(default_factory=dict)
    main: str = TABLE

    @property
    def tables(self) -> dict[str, pl.DataFrame]:
        """The wide table and the tables beside it."""
        return {self.main: self.frame} | self.side


def keep(values: pl.Series, flags: Flags) -> pl.Series:
    """Null where the flag is false."""
    return pl.select(pl.when(pl.Series(flags)).then(values)).to_series()


def where(at: Ints, flags: Flags) -> Ints:
    """A position, or -1 (null) where the flag is false."""
    return np.where(flags, at, -1)


def write(plan: Plan, people: Cast, start: int) -> Chunk:
    """Build the rows ``start``.. of the wide table for these people."""
    n = len(people.person)
    stop = start + n
    words = vocabulary()
    rates = plan.profile.rates
    file, phone, care, extra = (
        plan.source.words(key, start, stop) for key in ("file", "phone", "care", "extra")
    )
    base, top = _span(people.household)
    home = plan.source.words("address", base, top)
    at_home = people.household - base

    lab_count = plan.labs.height
    lab = plan.lab_draw.draw(file[0], file[1], people.department) - people.department * lab_count
    visit, created = visits(plan, people, file)
    numbers = nir(plan, people)
    columns: dict[str, pl.Series] = {}
    number = pl.Series(lab * 10_000_000 + np.arange(start, stop) + 100_000_001).cast(pl.String)
    columns["NUM_DOSSIER"] = number
    columns["CODE_LABO"] = pick(coded(plan.labs["code"].to_list()), lab)
    columns["NOM_LABO"] = pick(coded(plan.labs["name"].to_list()), lab)
    columns["TITRE"] = pick(coded([*TITLES[1:]]), people.title - 1)
    columns["SEXE"] = pick(coded(["M", "F"]), people.woman.astype(np.int64))
    columns["NOM_USUEL"] = surname(people.usual_name)
    changed = people.birth_name != people.usual_name
    columns["NOM_NAISSANCE"] = surname(people.birth_name) if changed.any() else columns["NOM_USUEL"]
    has_spouse = (people.spouse_name >= 0) & chance(extra[0], rates["spouse_name"])
    columns["NOM_CONJOINT"] = surname(where(people.spouse_name, has_spouse))
    columns["PRENOM"] = words.first_names.gather(people.first_name)
    columns["PRENOM_2"] = pick(
        words.first_names, where(people.second_name, chance(extra[1], rates["second_name"]))
    )
    columns["DATE_NAISSANCE"] = days().gather(people.birth_day - DAY0)
    born = chance(extra[2], rates["birth_place"])
    columns["COMMUNE_NAISSANCE"] = pick(_codes(plan, "name"), where(people.birth_place, born))
    columns["RANG_GEMELLAIRE"] = pick(
        coded(["1", "2"]), where(people.person * 0 + (people.role == TWIN), people.twin)
    )
    columns["NIR"] = keep(numbers, chance(extra[3], rates["nir"]))
    columns["QUALITE_BENEF"] = pick(
        coded(["ASSURE", "ENFANT"]), ((people.role == CHILD) | people.twin).astype(np.int64)
    )
    street, street_draw = streets()
    house = pl.Series(1 + below(home[0], 110)[at_home]).cast(pl.String)
    line = house + street.gather(street_draw.draw(home[1], home[2])[at_home])
    written = chance(extra[4], rates["address"])
    columns["ADRESSE"] = keep(line, written)
    lines, line_draw = invented("address_line")
    columns["COMPLEMENT_ADRESSE"] = pick(
        lines,
        where(line_draw.draw(home[3], home[4])[at_home], chance(home[5], rates["address_line"])[at_home]),
    )
    columns["CODE_POSTAL"] = pick(_codes(plan, "postcode"), where(people.place, written))
    columns["VILLE"] = pick(_codes(plan, "name"), where(people.place, written))
    columns["PAYS"] = pick(coded(["FRANCE"]), where(people.place * 0, chance(extra[5], 0.9)))
    zone = zones(plan)[people.place]
    landline = zone * BLOCK + below(home[6], BLOCK)[at_home]
    columns["TEL_FIXE"] = pick(phones(), where(landline, chance(home[7], rates["landline"])[at_home]))
    columns["TEL_MOBILE"] = pick(
        phones(), where(5 * BLOCK + below(phone[0], BLOCK), chance(phone[1], rates["mobile"]))
    )
    columns |= credentials.write(plan, people, columns["PRENOM"], start)
    columns["DATE_CREATION"] = days().gather(created - DAY0)
    columns["DATE_DERNIERE_VISITE"] = days().gather(visit - DAY0)
    columns["NB_VISITES"] = pick(counters(64), 1 + below(file[6], 12) * below(file[7], 5) // 4)
    typed = chance(extra[6], rates["blood_group"])
    groups, group_draw = blood_groups()
    columns["GROUPE_SANGUIN"] = pick(groups, where(group_draw.draw(care[6], care[7]), typed))
    jobs, job_draw = invented("occupation")
    employed = chance(extra[7], rates["occupation"]) & (people.age >= 16)
    columns["PROFESSION"] = pick(jobs, where(job_draw.draw(phone[2], phone[3]), employed))
    doctor = _prescriber(plan, people, care)
    columns |= _entity("MEDECIN", prescribers(plan)[0], where(doctor, chance(care[2], rates["prescriber"])))
    taker = below(care[3], plan.profile.samplers)
    columns |= _entity("PRELEVEUR", samplers(plan), where(taker, chance(care[4], rates["sampler"])))
    columns |= _insurance(plan, care[5], phone)
    written_p = comments.write(plan, "P", start, people.woman, people.age, people.person, TABLE)
    written_d = comments.write(plan, "D", start, people.woman, people.age, people.person, TABLE)
    columns["COMMENTAIRE_P"], columns["COMMENTAIRE_D"] = written_p.text, written_d.text
    operators, operator_draw = invented("operator")
    columns["UTILISATEUR_SAISIE"] = operators.gather(operator_draw.draw(phone[6], phone[7]))
    for spare in range(plan.profile.padding):
        rarely = chance(file[spare % 8], 0.001)
        columns[f"ZONE_{spare + 1:03d}"] = pick(coded(["X"]), where(lab * 0, rarely))
    columns["ETAT_DOSSIER"] = pick(coded(["A", "C", "S"]), below(file[5], 40) // 38 * (1 + below(file[4], 2)))
    frame = pl.DataFrame([series.alias(name) for name, series in columns.items()])
    facts = pl.concat([*_cell_facts(people, typed, start), written_p.facts, written_d.facts])
    truth = _truth(plan, people, numbers, lab, doctor, visit, start)
    facts = facts.sort("row", "column", "start")
    if plan.profile.tables == (TABLE,):
        return Chunk(frame, truth, facts, lab)
    care_ = laboratory.write(plan, people, frame, visit, created, start)
    return Chunk(frame, truth, pl.concat([facts, care_.facts]), lab, side=care_.tables)


def _span(household: Ints) -> tuple[int, int]:
    return (int(household.min()), int(household.max()) + 1) if len(household) else (0, 0)


@lru_cache(maxsize=24)
def _codes(plan: Plan, column: str) -> pl.Series:
    return coded(plan.places[column].to_list())


def nir(plan: Plan, people: Cast) -> pl.Series:
    """The NIR each row carries: the person's own, a child's insured parent's."""
    built = identifiers.nir.build(
        pick(coded(["M", "F"]), people.nir_woman.astype(np.int64)),
        pl.Series(people.nir_year),
        pl.Series(people.nir_month),
        _codes(plan, "department").gather(people.nir_place),
        pl.Series(people.nir_commune),
        pl.Series(people.nir_order),
    )
    return cast("pl.Series", built)


def visits(plan: Plan, people: Cast, words: Words) -> tuple[Ints, Ints]:
    """Last visit and creation of the record, both after birth and not after the reference date."""
    profile = plan.profile
    year = plan.visit_years[plan.visit_draw.draw(words[2], words[3])]
    last = profile.reference_date.timetuple().tm_yday
    length = np.where(year == profile.reference_date.year, last, 365)
    start = (year - 1970).astype("datetime64[Y]").astype("datetime64[D]").astype(np.int64)
    visit = start + below(words[4], length)
    visit = _weekday(visit)
    alive = plan.reference - people.birth_day
    visit = np.where(
        visit > people.birth_day, visit, people.birth_day + 1 + below(words[4], np.maximum(alive - 1, 1))
    )
    first = np.maximum(
        people.birth_day,
        (np.datetime64(f"{plan.visit_years[0]}-01-01") - np.datetime64("1970-01-01")).astype(int),
    )
    created = first + below(words[5], np.maximum(visit - first, 0) + 1)
    return visit, np.minimum(created, visit)


def _weekday(day: Ints) -> Ints:
    """No sample on a Sunday: taken the day before."""
    return np.asarray(day - ((day + 3) % 7 == 6))


def _prescriber(plan: Plan, people: Cast, words: Words) -> Ints:
    """A prescriber of the person's department, a few of them serving many people."""
    _, first, count = prescribers(plan)
    total = plan.profile.prescribers
    away = chance(words[0], plan.profile.rates["prescriber_elsewhere"])
    own = count[people.department]
    skewed = (words[1] * words[1]) >> np.uint64(32)
    near = first[people.department] + below(skewed, np.maximum(own, 1))
    return np.where(away | (own == 0), below(words[1], total), np.minimum(near, total - 1))


def _entity(prefix: str, frame: pl.DataFrame, at: Ints) -> dict[str, pl.Series]:
    return {f"{prefix}_{name}": pick(frame[name], at) for name in frame.columns}


def _insurance(plan: Plan, word: Words, words: Words) -> dict[str, pl.Series]:
    table_ = insurers(plan)
    share = plan.profile.rates
    _, draw = invented("insurer")
    at = draw.draw(words[4], words[5])
    insured = chance(word, share["insurer"])
    full = chance(word, share["insurer"] * share["insurer_address"])
    columns = {
        "ID_TIERS_PAYANT": pick(coded(table_["ID"].to_list()), where(at, insured)),
        "TIERS_PAYANT_NOM": pick(table_["NOM"], where(at, insured)),
    }
    for name in ("ADRESSE", "CODE_POSTAL", "VILLE", "TEL"):
        columns[f"TIERS_PAYANT_{name}"] = pick(table_[name], where(at, full))
    return columns


def _cell_facts(people: Cast, typed: Flags, start: int) -> list[pl.DataFrame]:
    """Facts that a whole cell says: nuns, minors, blood groups."""
    found = []
    for flags, column, category in (
        (people.title == SOEUR, "TITRE", "religion"),
        ((people.title == ENFANT) | (people.title == BEBE), "TITRE", "minor"),
        (typed, "GROUPE_SANGUIN", "blood_group"),
    ):
        at = np.flatnonzero(flags)
        found.append(
            pl.DataFrame({"row": start + at, "person_id": people.person[at]})
            .select(
                pl.lit(TABLE).alias("table"),
                pl.col("row").cast(pl.Int64),
                pl.lit(column).alias("column"),
                pl.lit(None, dtype=pl.Int64).alias("start"),
                pl.lit(None, dtype=pl.Int64).alias("end"),
                pl.col("person_id").cast(pl.Int64),
                pl.lit(category).alias("category"),
                pl.lit("asserted").alias("status"),
                pl.lit(None, dtype=pl.String).alias("half"),
            )
            .cast(FACT_SCHEMA)
        )
    return found


def _truth(
    plan: Plan, people: Cast, numbers: pl.Series, lab: Ints, doctor: Ints, visit: Ints, start: int
) -> pl.DataFrame:
    words = vocabulary()
    n = len(people.person)
    date = pl.Series(people.birth_day.astype("datetime64[D]"))
    return pl.DataFrame(
        {
            "table": pl.Series([TABLE]).new_from_index(0, n),
            "row": np.arange(start, start + n),
            "person_id": people.person,
            "household_id": people.household,
            "head_person_id": people.head_row,
            "child": (people.role == CHILD) | people.twin,
            "twin": people.twin,
            "sex": pick(coded(["M", "F"]), people.woman.astype(np.int64)),
            "birth_date": date,
            "birth_name": surname(people.birth_name),
            "usual_name": surname(people.usual_name),
            "first_name": words.first_names.gather(people.first_name),
            "postcode": pick(_codes(plan, "postcode"), people.place),
            "commune": pick(_codes(plan, "code"), people.place),
            "nir": numbers,
            "nir_of": people.insured_row,
            "laboratory": pick(coded(plan.labs["code"].to_list()), lab),
            "prescriber": doctor,
            "visit_date": pl.Series(visit.astype("datetime64[D]")),
        }
    )
