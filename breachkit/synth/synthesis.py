"""`synthesize`: a leak and its truth."""

from __future__ import annotations

import contextvars
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from breachkit import __version__, progress
from breachkit.errors import BreachkitError
from breachkit.leak import ROW, Leak, Source, Truth
from breachkit.synth import output
from breachkit.synth import patients as wide
from breachkit.synth.cast import BLOCK
from breachkit.synth.damage import LEVELS, doubled
from breachkit.synth.damage import damage as damaged
from breachkit.synth.plan import Plan, plan
from breachkit.synth.profile import load

CHUNK = 8 * BLOCK


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

    Every value is a function of (seed, profile, column, row) alone: any row range, chunk size or number of
    processes gives the same rows. Identifiers belong to nobody; names, places and dates may match a living
    person by chance.

    Parameters
    ----------
    profile
        ``leak-2021`` (one wide table with sparse comments, the file of 2021 again), ``lab-full`` (patients,
        visits, acts, results), ``national`` (all France), or the path of a profile in YAML.
    patients
        Rows of the whole leak.
    seed
        Any whole number.
    start, stop
        Make only these rows of it.
    out
        Folder to stream to, chunk by chunk; without it the leak stays in memory.
    format
        ``parquet``, ``csv`` (utf-8) or ``csv-cp1252`` (CRLF), both with ``;``.
    damage
        ``none``, ``light`` or ``heavy``.

    Returns
    -------
    Leak
        With ``.truth``: people, households, sensitive facts, damaged cells.

    Raises
    ------
    BreachkitError
        If an argument or a field of the profile is not what it may be, or the folder cannot be written.

    Examples
    --------
    >>> leak = synthesize(patients=20)
    >>> leak.tables["patients"].collect().height, leak.truth.people.collect().height
    (20, 20)
    """
    first, last = _range(patients, start, stop)
    if isinstance(seed, bool) or not isinstance(seed, int | np.integer):
        raise BreachkitError("seed must be a whole number.")
    if format not in output.FORMATS:
        raise BreachkitError.unknown("format", format, output.FORMATS)
    if damage not in LEVELS:
        raise BreachkitError.unknown("damage", damage, LEVELS)
    compiled = plan(load(profile), int(seed))
    chunks = generate(compiled, first, last, damage=damage)
    if out is None:
        return _in_memory(compiled, list(chunks), first)
    facts = {
        "profile": compiled.profile.name,
        "seed": int(seed),
        "patients": int(patients),
        "start": first,
        "stop": last,
        "damage": damage,
        "version": __version__,
        "main": wide.TABLE,
    }
    folder = output.store(chunks, Path(out), format, facts, households)
    return _on_disk(compiled, folder, format, first)


def generate(
    compiled: Plan, first: int, last: int, *, damage: str = "none", size: int = CHUNK
) -> Iterator[wide.Chunk]:
    """Give the rows ``first``..``last`` in chunks that end on multiples of ``size``, with progress."""
    here = contextvars.copy_context()

    def chunks() -> Iterator[wide.Chunk]:
        low = first
        done: dict[str, int] = {}
        while low < last:
            high = min((low // size + 1) * size, last)
            people = doubled(compiled, damage, low, high)
            chunk = wide.write(compiled, people, low)
            frame, hurt = damaged(compiled, damage, wide.TABLE, chunk.frame, chunk.lab, people, low)
            lost = hurt.filter(pl.col("noise") == "cut_line").select("row", "column")
            kept = chunk.facts.join(lost, on=["row", "column"], how="anti", maintain_order="left")
            yield replace(chunk, frame=frame, facts=_placed(kept, done), damage=hurt)
            for name, side in chunk.side.items():
                done[name] = done.get(name, 0) + side.height
            here.run(progress.report, "synth", high - first, last - first)
            low = high

    return chunks()


def _placed(facts: pl.DataFrame, done: dict[str, int]) -> pl.DataFrame:
    """Count the rows of side tables on from the chunks before."""
    if not done:
        return facts
    shift = pl.col("table").replace_strict(done, default=0, return_dtype=pl.Int64)
    return facts.with_columns(pl.col("row") + shift)


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


def _in_memory(compiled: Plan, chunks: list[wide.Chunk], first: int) -> Leak:
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


def _on_disk(compiled: Plan, folder: Path, format_: str, first: int) -> Leak:
    def truth(name: str) -> pl.LazyFrame:
        return _as_text(pl.scan_parquet(folder / "truth" / f"{name}-*.parquet"))

    tables = {}
    for path in sorted(folder.iterdir()):
        if path.name == "truth" or path.suffix == ".json":
            continue
        offset = first if path.stem == wide.TABLE else 0
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


def _range(patients: int, start: int, stop: int | None) -> tuple[int, int]:
    last = patients if stop is None else stop
    for name, value in (("patients", patients), ("start", start), ("stop", last)):
        if isinstance(value, bool) or not isinstance(value, int | np.integer):
            raise BreachkitError(f"{name} must be a whole number.")
    if patients <= 0:
        raise BreachkitError(f"patients must be at least 1, not {patients}.")
    if not 0 <= start <= last <= patients:
        raise BreachkitError(
            f"start and stop must keep 0 <= start <= stop <= patients; got {start}, {last}, {patients}."
        )
    return int(start), int(last)
