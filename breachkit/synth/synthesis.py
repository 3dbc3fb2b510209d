"""`synthesize`: a leak and its truth."""

from __future__ import annotations

import contextvars
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import polars as pl

from breachkit import __version__, progress
from breachkit.errors import BreachkitError
from breachkit.leak import ROW, Leak, Source, Truth
from breachkit.synth import output
from breachkit.synth import patients as wide
from breachkit.synth.cast import BLOCK
from breachkit.synth.columns import chosen
from breachkit.synth.damage import LEVELS, beside, doubled
from breachkit.synth.damage import damage as damaged
from breachkit.synth.plan import Plan, plan
from breachkit.synth.profile import load
from breachkit.synth.register import TABLE

CHUNK = 8 * BLOCK
THREADS = min(2, os.cpu_count() or 1)
In = TypeVar("In")
Out = TypeVar("Out")


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
    columns: Iterable[str] | None = None,
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
    columns
        Only these columns of the wide table, in its own order; their values are those of the whole table, and
        nothing is computed that they do not need. Facts and damage of other columns leave the truth.

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
    >>> synthesize(patients=20, columns=["NIR", "SEXE"]).tables["patients"].collect_schema().names()
    ['SEXE', 'NIR', '_row']
    """
    first, last = _range(patients, start, stop)
    if isinstance(seed, bool) or not isinstance(seed, int | np.integer):
        raise BreachkitError("seed must be a whole number.")
    if format not in output.FORMATS:
        raise BreachkitError.unknown("format", format, output.FORMATS)
    if damage not in LEVELS:
        raise BreachkitError.unknown("damage", damage, LEVELS)
    compiled = plan(load(profile), int(seed))
    names = None if columns is None else chosen(compiled, columns)
    chunks = generate(compiled, first, last, damage=damage, columns=names)
    if out is None:
        return _in_memory(compiled, list(chunks), first)
    facts: dict[str, Any] = {
        "profile": compiled.profile.name,
        "seed": int(seed),
        "patients": int(patients),
        "start": first,
        "stop": last,
        "damage": damage,
        "version": __version__,
        "main": TABLE,
    }
    if names is not None:
        facts["columns"] = names
    folder = output.store(chunks, Path(out), format, facts, households)
    return _on_disk(compiled, folder, format, first)


def generate(
    compiled: Plan,
    first: int,
    last: int,
    *,
    damage: str = "none",
    size: int = CHUNK,
    columns: tuple[str, ...] | None = None,
    known: bool = True,
    threads: int = THREADS,
) -> Iterator[wide.Chunk]:
    """Give the rows ``first``..``last`` in chunks that end on multiples of ``size``, with progress.

    Chunks are made ahead on ``threads`` threads and given in order; ``known=False`` leaves the truth out.
    """
    here = contextvars.copy_context()
    edges = [first, *range((first // size + 1) * size, last, size), last]
    ranges = list(pairwise(edges)) if first < last else []

    def made(bounds: tuple[int, int]) -> wide.Chunk:
        return _chunk(compiled, *bounds, damage, columns, known)

    def chunks() -> Iterator[wide.Chunk]:
        done: dict[str, int] = {}
        for (_, high), chunk in zip(ranges, ahead(made, ranges, threads), strict=True):
            facts, hurt = (_placed(frame, done) for frame in (chunk.facts, chunk.damage))
            yield replace(chunk, facts=facts, damage=hurt)
            for name, side in chunk.side.items():
                done[name] = done.get(name, 0) + side.height
            here.run(progress.report, "synth", high - first, last - first)

    return chunks()


def ahead(make: Callable[[In], Out], given: Sequence[In], threads: int) -> Iterator[Out]:
    """Give ``make`` of each, in order, made ahead on some threads; at most one more than they are waits.

    The first is made alone: it fills the caches that the others share.
    """
    if threads < 2 or len(given) < 3:
        yield from map(make, given)
        return
    yield make(given[0])
    with ThreadPoolExecutor(threads) as pool:
        waiting: deque[Future[Out]] = deque()
        try:
            for each in given[1:]:
                waiting.append(pool.submit(make, each))
                if len(waiting) > threads:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)


def _chunk(
    compiled: Plan, low: int, high: int, level: str, columns: tuple[str, ...] | None, known: bool
) -> wide.Chunk:
    """Make one range of rows; damage sees the whole row, whatever the columns asked for."""
    people = doubled(compiled, level, low, high)
    if level == "none":
        return wide.write(compiled, people, low, columns=columns, known=known)
    chunk = wide.write(compiled, people, low, known=known)
    frame, hurt = damaged(compiled, level, TABLE, chunk.frame, chunk.lab, people, low)
    side = {}
    for name, table in chunk.side.items():
        side[name], more = beside(compiled, level, name, table, chunk.lab, chunk.bearer[name], low)
        hurt = pl.concat([hurt, more])
    lost = hurt.filter(pl.col("noise") == "cut_line").select("table", "row", "column")
    facts = chunk.facts.join(lost, on=["table", "row", "column"], how="anti", maintain_order="left")
    if columns is not None:
        frame = frame.select(columns)
        here = (pl.col("table") != TABLE) | pl.col("column").is_in([*columns, ""])
        facts, hurt = facts.filter(here), hurt.filter(here)
    return replace(chunk, frame=frame, side=side, facts=facts, damage=hurt)


def _placed(rows: pl.DataFrame, done: dict[str, int]) -> pl.DataFrame:
    """Count the rows of side tables on from the chunks before."""
    if not done:
        return rows
    shift = pl.col("table").replace_strict(done, default=0, return_dtype=pl.Int64)
    return rows.with_columns(pl.col("row") + shift)


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
