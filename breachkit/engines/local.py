"""Batch by batch on this machine, in bounded memory."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import mkdtemp

import polars as pl

from breachkit import progress
from breachkit.errors import BreachkitError

RowWise = Callable[[pl.DataFrame], pl.DataFrame]


def in_batches(frame: pl.LazyFrame, function: RowWise, *, size: int = 131_072) -> Iterator[pl.DataFrame]:
    """Apply a row-wise function to ``size`` rows at a time; the result does not depend on ``size``.

    Raises
    ------
    BreachkitError
        If ``size`` is not positive.

    Examples
    --------
    >>> frame = pl.LazyFrame({"n": [1, 2, 3]})
    >>> [part["n"].to_list() for part in in_batches(frame, lambda part: part * 2, size=2)]
    [[2, 4], [6]]
    """
    if size < 1:
        raise BreachkitError(f"A batch of {size} rows is none.", hint="Give a positive size.")
    rows = int(frame.select(pl.len()).collect().item())
    for start in range(0, rows, size):
        progress.report("batches", start, rows)
        yield function(frame.slice(start, size).collect())
    progress.report("batches", rows, rows)


def to_parquet(
    frame: pl.LazyFrame, function: RowWise, folder: str | Path, *, size: int = 131_072
) -> pl.LazyFrame:
    """Apply a row-wise function batch by batch into a new folder of Parquet parts, given as one frame.

    The folder takes its name only when all parts are written: a killed run leaves none.

    Raises
    ------
    BreachkitError
        If ``folder`` is there already.
    """
    target = Path(folder)
    if target.exists():
        raise BreachkitError(f"{target} is there already.", hint="Give a new folder.")
    fresh = Path(mkdtemp(dir=target.parent, prefix=f".{target.name}-"))
    try:
        for place, part in enumerate(in_batches(frame, function, size=size)):
            part.write_parquet(fresh / f"part-{place:05}.parquet", compression="zstd", compression_level=1)
        if not any(fresh.iterdir()):
            function(frame.head(0).collect()).write_parquet(fresh / "part-00000.parquet")
        fresh.replace(target)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return pl.scan_parquet(target / "part-*.parquet")
