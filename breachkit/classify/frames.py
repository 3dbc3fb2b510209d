"""A table of any engine as text columns of Polars, whole or a slice at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import narwhals as nw
import polars as pl

from breachkit.errors import BreachkitError
from breachkit.leak import ROW

# The number of a record inside a batch: no column of a file is called so.
RECORD = "\0record"


def missing(value: Any) -> bool:
    """Whether a cell holds nothing: None, NaN, NaT, the NA of pandas.

    Examples
    --------
    >>> missing(None), missing(float("nan")), missing("")
    (True, True, False)
    """
    return value is None or type(value).__name__ in ("NAType", "NaTType") or bool(value != value)


def column_names(frame: Any) -> list[str]:
    """Give the column names of a table, its row number apart."""
    lazy = nw.from_native(frame).lazy()
    return [name for name in lazy.collect_schema().names() if name != ROW]


def as_text(frame: pl.DataFrame) -> pl.DataFrame:
    """Turn every column but the row number into text, and number the rows if nobody has.

    Examples
    --------
    >>> as_text(pl.DataFrame({"age": [7], "seen": [True]})).rows()
    [(0, '7', 'true')]
    """
    if ROW not in frame.columns:
        frame = frame.with_row_index(ROW)
    nested = [name for name, dtype in frame.schema.items() if dtype.is_nested() or dtype == pl.Binary]
    return frame.select(
        pl.col(ROW).cast(pl.Int64, strict=False),
        *(_text(name, name in nested) for name in frame.columns if name != ROW),
    )


def _text(name: str, nested: bool) -> pl.Expr:
    if nested:
        return pl.lit(None, dtype=pl.String).alias(name)
    return pl.col(name).cast(pl.String)


def whole(frame: Any) -> pl.DataFrame:
    """Bring a whole table into memory as text."""
    if isinstance(frame, pl.LazyFrame):
        return as_text(frame.collect())
    native: Any = nw.from_native(frame).lazy().collect("polars").to_native()
    if not isinstance(native, pl.DataFrame):
        raise BreachkitError(f"A table of type {type(frame).__name__} cannot be read.")
    return as_text(native)


def numbered(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Give the table back if its row numbers are whole and unique: findings point at rows by them.

    Raises
    ------
    BreachkitError
        If the same row number stands twice, or is missing.
    """
    if frame[ROW].null_count() or frame[ROW].n_unique() != frame.height:
        raise BreachkitError(
            f"Table {name!r} has row numbers ({ROW}) that are missing or stand twice.",
            hint=f"Drop the column {ROW}: rows are then numbered in their order.",
        )
    return frame


def batches(frame: pl.DataFrame, size: int) -> Iterator[pl.DataFrame]:
    """Cut a table into slices of ``size`` rows; an empty table gives one empty slice."""
    if not frame.height:
        yield frame
    for start in range(0, frame.height, size):
        yield frame.slice(start, size)
