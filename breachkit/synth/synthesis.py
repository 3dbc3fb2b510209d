"""`synthesize`: a leak and its truth."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl

from breachkit import progress
from breachkit.errors import BreachkitError
from breachkit.leak import ROW, TRUE_DAMAGE_SCHEMA, Leak, Source, Truth
from breachkit.synth import patients as wide
from breachkit.synth.cast import cast
from breachkit.synth.plan import Plan, plan
from breachkit.synth.profile import load

CHUNK = 65_536
FORMATS = ("parquet", "csv", "csv-cp1252")
DAMAGES = ("none", "light", "heavy")


def synthesize(
    profile: str | Path = "leak-2021",
    patients: int = 491_840,
    seed: int = 2021,
    *,
    start: int = 0,
    stop: int | None = None,
    out: str | Path | None = None,
    format: str = "parquet",
    damage: str = "none",
) -> Leak:
    """Make a synthetic leak whose truth is known.

    Examples
    --------
    >>> leak = synthesize(patients=20)
    >>> leak.truth is not None
    True
    """
    first, last = _range(patients, start, stop)
    if format not in FORMATS:
        raise BreachkitError.unknown("format", format, FORMATS)
    if damage not in DAMAGES:
        raise BreachkitError.unknown("damage", damage, DAMAGES)
    compiled = plan(load(profile), seed)
    chunks = list(generate(compiled, first, last))
    frame = pl.concat([chunk.frame for chunk in chunks])
    people = pl.concat([chunk.people for chunk in chunks])
    facts = pl.concat([chunk.facts for chunk in chunks])
    truth = Truth(
        people=people.lazy(),
        households=households(people).lazy(),
        facts=facts.lazy(),
        damage=pl.DataFrame(schema=TRUE_DAMAGE_SCHEMA).lazy(),
    )
    source = Source(wide.TABLE, f"synthetic:{compiled.profile.name}", format="synthetic")
    return Leak(tables={wide.TABLE: as_text(frame, first)}, provenance=(source,), truth=truth)


def generate(compiled: Plan, first: int, last: int, size: int = CHUNK) -> Iterator[wide.Chunk]:
    """Give the rows ``first``..``last`` in chunks of ``size``, with progress."""
    for low in range(first, last, size):
        high = min(low + size, last)
        yield wide.write(compiled, cast(compiled, low, high), low)
        progress.report("synth", high - first, last - first)


def as_text(frame: pl.DataFrame, first: int) -> pl.LazyFrame:
    """All text, with the row number."""
    rows = pl.Series(ROW, np.arange(first, first + frame.height))
    names = frame.columns
    return frame.with_columns(rows).lazy().select(pl.col(names).cast(pl.String), pl.col(ROW))


def households(people: pl.DataFrame) -> pl.DataFrame:
    """One row per household in the file, and what its members share."""
    return people.group_by("household_id", maintain_order=True).agg(
        pl.len().alias("members"),
        pl.col("child").sum().cast(pl.Int64).alias("children"),
        pl.col("postcode", "commune").first(),
    )


def _range(patients: int, start: int, stop: int | None) -> tuple[int, int]:
    for name, value in (
        ("patients", patients),
        ("start", start),
        ("stop", patients if stop is None else stop),
    ):
        if isinstance(value, bool) or not isinstance(value, int | np.integer):
            raise BreachkitError(f"{name} must be a whole number.")
    last = patients if stop is None else stop
    if patients <= 0:
        raise BreachkitError(f"patients must be at least 1, not {patients}.")
    if not 0 <= start <= last <= patients:
        raise BreachkitError(
            f"start and stop must hold 0 <= start <= stop <= patients; got {start}, {last}, {patients}."
        )
    return int(start), int(last)
