"""Frames handed in: pandas, Polars, PyArrow, DuckDB, PySpark; each keeps its engine."""

from __future__ import annotations

from typing import Any

import narwhals as nw
import polars as pl

from breachkit.errors import BreachkitError
from breachkit.leak import ROW, Source
from breachkit.sources import columnar
from breachkit.sources.part import Ledger, Options, Part, numbered


def read(frame: Any, name: str, _options: Options) -> Part:
    """Make every column of a frame text and number its rows.

    Raises
    ------
    BreachkitError
        If it is not a frame that narwhals knows.
    """
    ledger = Ledger()
    source = Source(table=name, origin=type(frame).__module__.partition(".")[0], format="frame", header=True)
    if isinstance(frame, pl.DataFrame | pl.LazyFrame):
        made = columnar.as_text(frame.lazy(), ledger)
        return Part(name, numbered(made), source, ledger)
    try:
        native = nw.from_native(frame)
    except TypeError:
        raise BreachkitError(
            f"Cannot read an object of type {type(frame).__name__}.",
            hint="Give a path, a database URI, or a pandas, Polars, PyArrow, DuckDB or Spark frame.",
        ) from None
    text = native.select(nw.all().cast(nw.String()))
    if isinstance(text, nw.DataFrame):
        text = text.with_row_index(ROW).with_columns(nw.col(ROW).cast(nw.Int64()))
    return Part(name, text.to_native(), source, ledger)
