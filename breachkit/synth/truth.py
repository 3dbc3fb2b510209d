"""What is true of the rows of the wide table: who they are, and what whole cells reveal."""

from __future__ import annotations

import numpy as np
import polars as pl

from breachkit.leak import FACT_SCHEMA
from breachkit.synth.appellations import BEBE, ENFANT, SOEUR
from breachkit.synth.houses import CHILD
from breachkit.synth.lists import short_list, taken
from breachkit.synth.naming import first_names, surnames
from breachkit.synth.register import TABLE, Register, laboratory_list, place_list


def facts(r: Register, columns: tuple[str, ...]) -> pl.DataFrame:
    """Every sensitive fact in these columns: titles, blood groups, spans of comments."""
    people = r.people
    cells = {
        ("TITRE", "religion"): people.title == SOEUR,
        ("TITRE", "minor"): (people.title == ENFANT) | (people.title == BEBE),
        ("GROUPE_SANGUIN", "blood_group"): r.typed,
    }
    found = [
        _whole_cells(r, np.flatnonzero(flags), column, category)
        for (column, category), flags in cells.items()
        if column in columns
    ]
    found += [r.comments[key].facts for key in ("P", "D") if f"COMMENTAIRE_{key}" in columns]
    return pl.concat([pl.DataFrame(schema=FACT_SCHEMA), *found]).sort("row", "column", "start")


def _whole_cells(r: Register, at: np.ndarray, column: str, category: str) -> pl.DataFrame:
    rows = pl.DataFrame({"row": r.start + at, "person_id": r.people.person[at]})
    said = {"table": TABLE, "column": column, "category": category, "status": "asserted"}
    empty = ("start", "end", "half")
    return (
        rows.with_columns(**{key: pl.lit(value) for key, value in said.items()})
        .with_columns(pl.lit(None).alias(name) for name in empty)
        .select(FACT_SCHEMA.names())
        .cast(FACT_SCHEMA)
    )


def people(r: Register) -> pl.DataFrame:
    """One row per row of the table: the person, the household, the true attributes."""
    who = r.people
    n = len(r)
    columns: dict[str, pl.Expr | pl.Series] = {
        "table": pl.Series([TABLE]).new_from_index(0, n),
        "row": pl.Series(np.arange(r.start, r.stop)),
        "person_id": pl.Series(who.person),
        "household_id": pl.Series(who.household),
        "head_person_id": pl.Series(who.head_row),
        "child": pl.Series((who.role == CHILD) | who.twin),
        "twin": pl.Series(who.twin),
        "sex": taken(short_list("M", "F"), who.woman.astype(np.int64)),
        "birth_date": pl.Series(who.birth_day.astype(np.int32)).cast(pl.Date),
        "birth_name": taken(surnames(), who.birth_name),
        "usual_name": taken(surnames(), who.usual_name),
        "first_name": taken(first_names(), who.first_name),
        "postcode": taken(place_list(r.plan, "postcode"), who.place),
        "commune": taken(place_list(r.plan, "code"), who.place),
        "nir": r.nir,
        "nir_of": pl.Series(who.insured_row),
        "laboratory": taken(laboratory_list(r.plan, "code"), r.lab),
        "prescriber": pl.Series(r.doctor),
        "visit_date": pl.Series(r.dates[0].astype(np.int32)).cast(pl.Date),
    }
    return pl.select(
        (value if isinstance(value, pl.Expr) else pl.lit(value)).alias(name)
        for name, value in columns.items()
    )
