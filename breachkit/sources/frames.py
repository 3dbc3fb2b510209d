"""Frames handed in: pandas, Polars, PyArrow, DuckDB, PySpark; each keeps its engine."""

from __future__ import annotations

from typing import Any

import narwhals as nw
import polars as pl

from breachkit.errors import BreachkitError
from breachkit.leak import ROW, Source
from breachkit.sources import columnar, header
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
    if nw.dependencies.is_pandas_dataframe(frame):
        return Part(name, _pandas(frame, ledger), source, ledger)
    if nw.dependencies.is_pyarrow_table(frame):
        frame = frame.rename_columns(_names(frame.column_names, ledger))
    try:
        native = nw.from_native(frame)
    except nw.exceptions.DuplicateError:
        raise BreachkitError(
            "The frame has two columns of the same name.", hint="Rename one of them first."
        ) from None
    except TypeError:
        raise BreachkitError(
            f"Cannot read an object of type {type(frame).__name__}.",
            hint="Give a path, a database URI, or a pandas, Polars, PyArrow, DuckDB or Spark frame.",
        ) from None
    made = _numbered(native, ledger)
    return Part(name, made, source, ledger)


def _numbered(native: Any, ledger: Ledger) -> Any:
    """Cast to text and number the rows, each engine in its own way; row order is the engine's own."""
    if ROW in native.collect_schema().names():
        native = native.rename({ROW: f"{ROW}_2"})
        ledger.note("renamed_column", "renamed")
    text = native.select(nw.all().cast(nw.String()))
    if native.implementation.is_duckdb():
        return text.to_native().project(f"row_number() OVER () - 1 AS {ROW}, *")
    if native.implementation.is_pyspark():
        from pyspark.sql import functions

        spark = text.to_native()
        return spark.select(functions.monotonically_increasing_id().alias(ROW), *spark.columns)
    if isinstance(text, nw.LazyFrame):
        return text.with_row_index(ROW, order_by=text.collect_schema().names()).to_native()
    return text.with_row_index(ROW).with_columns(nw.col(ROW).cast(nw.Int64())).to_native()


def _names(found: list[str], ledger: Ledger) -> list[str]:
    names, _ = header.names(found, len(found))
    if changed := sum(name != old for name, old in zip(names, found, strict=True)):
        ledger.note("renamed_column", "renamed", count=changed)
    return names


def _pandas(frame: Any, ledger: Ledger) -> Any:
    """Cast a pandas frame: missing stays missing, whole floats lose their ``.0``, dates are ISO."""
    import pandas as pd

    names = _names([str(name) for name in frame.columns], ledger)
    series = (pd.Series(_strings(frame.iloc[:, i]), dtype="str") for i in range(frame.shape[1]))
    made = pd.DataFrame(dict(zip(names, series, strict=True)))
    made.insert(0, ROW, pd.RangeIndex(len(frame)).astype("int64"))
    return made


def _strings(column: Any) -> list[str | None]:
    missing = column.isna().tolist()
    values = column.tolist()
    return [None if gone else _cell(value) for value, gone in zip(values, missing, strict=True)]


def _cell(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    if hasattr(value, "isoformat"):
        return str(value.isoformat(sep=" ") if hasattr(value, "hour") and hasattr(value, "year") else value)
    return str(value).lower() if isinstance(value, bool) else str(value)
