"""Chunks of rows in order, made ahead on threads; any chunking gives the same rows."""

from __future__ import annotations

import contextvars
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise
from typing import TypeVar

import polars as pl

from breachkit import progress
from breachkit.synth import patients as wide
from breachkit.synth.cast import BLOCK
from breachkit.synth.damage import beside, doubled
from breachkit.synth.damage import damage as damaged
from breachkit.synth.plan import Plan
from breachkit.synth.register import TABLE

CHUNK = 8 * BLOCK
THREADS = min(2, os.cpu_count() or 1)
In = TypeVar("In")
Out = TypeVar("Out")


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

    def in_order() -> Iterator[wide.Chunk]:
        done: dict[str, int] = {}
        for (_, high), chunk in zip(ranges, ahead(made, ranges, threads), strict=True):
            facts, hurt = (_placed(frame, done) for frame in (chunk.facts, chunk.damage))
            yield replace(chunk, facts=facts, damage=hurt)
            for name, side in chunk.side.items():
                done[name] = done.get(name, 0) + side.height
            here.run(progress.report, "synth", high - first, last - first)

    return in_order()


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
