"""The `Leak` of what was generated: its tables, and the truth beside them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from breachkit.errors import BreachkitError
from breachkit.leak import ROW, Leak, Source, Truth
from breachkit.synth.patients import Chunk
from breachkit.synth.plan import Plan
from breachkit.synth.register import TABLE


def households(people: pl.DataFrame) -> pl.DataFrame:
    """One row per household in the file, and what its members share."""
    return people.group_by("household_id", maintain_order=True).agg(
        pl.len().cast(pl.Int64).alias("members"),
        pl.col("child").sum().cast(pl.Int64).alias("children"),
        pl.col("postcode", "commune").first(),
    )


def _texts(frame: Any) -> list[str]:
    return [name for name, kind in frame.collect_schema().items() if kind == pl.Enum]


def _as_text(frame: pl.LazyFrame) -> pl.LazyFrame:
    return frame.with_columns(pl.col(_texts(frame)).cast(pl.String))


def in_memory(compiled: Plan, chunks: list[Chunk], first: int) -> Leak:
    """Make the leak of chunks held in memory; the first row is number ``first`` of the main table."""
    if not chunks:
        raise BreachkitError("There is nothing to make: start equals stop.")
    people = pl.concat([chunk.people for chunk in chunks])
    truth = Truth(
        people=_as_text(people.lazy()),
        households=_as_text(households(people).lazy()),
        facts=pl.concat([chunk.facts for chunk in chunks]).lazy(),
        damage=pl.concat([chunk.damage for chunk in chunks]).lazy(),
    )
    tables = {}
    for name in chunks[0].tables:
        frame = pl.concat([chunk.tables[name] for chunk in chunks])
        offset = first if name == chunks[0].main else 0
        rows = pl.Series(ROW, np.arange(offset, offset + frame.height), dtype=pl.Int64)
        tables[name] = _as_text(frame.with_columns(rows).lazy())
    sources = tuple(Source(name, f"synthetic:{compiled.profile.name}", format="synthetic") for name in tables)
    return Leak(tables=tables, provenance=sources, truth=truth)


def on_disk(compiled: Plan, folder: Path, format_: str, first: int) -> Leak:
    """Make the leak of a folder that was written; its tables stay there, lazy."""

    def truth(name: str) -> pl.LazyFrame:
        return _as_text(pl.scan_parquet(folder / "truth" / f"{name}-*.parquet"))

    tables = {}
    for path in sorted(folder.iterdir()):
        if path.name == "truth" or path.suffix == ".json":
            continue
        offset = first if path.stem == TABLE else 0
        tables[path.stem] = _scan(path, format_, offset)
    origin = "cp1252" if format_ == "csv-cp1252" else "utf-8"
    sources = tuple(
        Source(name, f"synthetic:{compiled.profile.name}", format=format_, encoding=origin) for name in tables
    )
    known = Truth(truth("people"), truth("households"), truth("facts"), truth("damage"))
    return Leak(tables=tables, provenance=sources, truth=known)


def _scan(path: Path, format_: str, offset: int) -> pl.LazyFrame:
    if format_ == "parquet":
        lazy = pl.scan_parquet(path / "*.parquet" if path.is_dir() else path)
    elif format_ == "csv":
        lazy = pl.scan_csv(path, separator=";", infer_schema=False)
    else:
        lazy = pl.read_csv(path, separator=";", infer_schema=False, encoding="cp1252").lazy()
    return _as_text(lazy).with_row_index(ROW, offset=offset).with_columns(pl.col(ROW).cast(pl.Int64))
