"""From groups of records to `People`: the rows of some persons at a time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import polars as pl
from numpy.typing import NDArray

from breachkit.people.candidates import Source
from breachkit.people.disagreements import spoken
from breachkit.people.grouping import ALONE, DECIDED, Integers, Persons
from breachkit.people.merging import merge
from breachkit.people.people import CONFLICT_SCHEMA, MEMBER_SCHEMA, SINGLE, VISIT_SCHEMA, People
from breachkit.people.prescribers import NOBODY, Prescribers
from breachkit.people.rules import Rules
from breachkit.people.shelf import Shelf

DECISION = "decision"
HEAD = ("person_id", "n_records", "merge_rule", "merge_confidence")


def gather(
    source: Source,
    ids: Integers,
    grouped: Persons,
    doctors: Prescribers,
    refused: pl.DataFrame,
    rules: Rules,
    shelf: Shelf,
) -> People:
    """Merge the rows of each person, a range of persons at a time, and put the result together."""
    schema = None
    for start in range(0, max(source.rows, 1), source.size):
        who = pl.Series("person_id", grouped.person[start : start + source.size], dtype=pl.Int64)
        record = pl.Series("record_id", ids[start : start + source.size], dtype=pl.Int64)
        shelf.put("members", pl.DataFrame([who, record]))
    for first, last, rows in _ranges(source, grouped.person, shelf):
        merged, disputed = merge(rows)
        place = pl.Series(grouped.weakest[first:last], dtype=pl.Int64)
        doctor = pl.Series("prescriber_id", doctors.latest[first:last], dtype=pl.Int64)
        people = merged.with_columns(
            *_evidence(place, rules), pl.when(doctor != NOBODY).then(doctor).alias("prescriber_id")
        ).select(*HEAD, pl.exclude(HEAD))
        schema = people.schema
        shelf.put("people", people)
        visits = rows.select("person_id", "visit_date", "laboratory").drop_nulls("visit_date")
        shelf.put("visits", visits.unique().sort(pl.all()))
        between = refused[slice(*np.searchsorted(refused["person_id"].to_numpy(), (first, last)))]
        conflicts = pl.concat([disputed.select(CONFLICT_SCHEMA.names()), spoken(between, rules)])
        shelf.put("conflicts", conflicts.sort("person_id", "column", "rule"))
    assert schema is not None
    return People(
        frame=shelf.lazy("people", schema),
        prescribers=doctors.doctors.lazy(),
        visits=shelf.lazy("visits", VISIT_SCHEMA),
        conflicts=shelf.lazy("conflicts", CONFLICT_SCHEMA),
        members=shelf.lazy("members", MEMBER_SCHEMA),
    )


def _ranges(
    source: Source, person: NDArray[np.int32], shelf: Shelf
) -> Iterator[tuple[int, int, pl.DataFrame]]:
    """Yield first person, the one after the last, and their rows, about ``source.size`` rows at a time."""
    if source.rows <= source.size:
        people = int(person.max(initial=-1)) + 1
        yield 0, people, source.frame.collect().with_columns(pl.Series("person_id", person, dtype=pl.Int64))
        return
    held = np.cumsum(np.bincount(person))
    ends = np.unique(np.searchsorted(held, np.arange(source.size, source.rows + source.size, source.size)))
    bounds = np.unique(np.r_[0, np.minimum(ends + 1, held.size)])
    del held
    for start in range(0, source.rows, source.size):
        part = source.frame.slice(start, source.size).collect()
        who = person[start : start + part.height]
        part = part.with_columns(
            pl.Series("person_id", who, dtype=pl.Int64),
            _range=pl.Series(np.searchsorted(bounds, who, side="right") - 1),
        )
        for (place,), piece in part.partition_by("_range", as_dict=True, include_key=False).items():
            shelf.put(f"rows-{place}", piece)
    for place, (first, last) in enumerate(pairwise(bounds.tolist())):
        rows = pl.concat(list(shelf.pieces(f"rows-{place}")))
        shelf.drop(f"rows-{place}")
        yield first, last, rows


def _evidence(place: pl.Series, rules: Rules) -> list[pl.Series]:
    """Give each person the weakest rule that had to hold, and its confidence."""
    name = {ALONE: SINGLE, DECIDED: DECISION} | {i: rule.id for i, rule in enumerate(rules.rules)}
    trust = {ALONE: 1.0, DECIDED: 1.0} | {i: rule.confidence for i, rule in enumerate(rules.rules)}
    return [
        place.replace_strict(name, return_dtype=pl.String).alias("merge_rule"),
        place.replace_strict(trust, return_dtype=pl.Float64).alias("merge_confidence"),
    ]
