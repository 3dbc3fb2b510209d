"""Partition by partition on Spark: Arrow in, Arrow out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl

from breachkit.engines.local import RowWise
from breachkit.errors import MissingExtraError


def on_spark(frame: Any, function: RowWise, schema: str) -> Any:
    """Apply a row-wise function to each partition of a Spark frame.

    Parameters
    ----------
    frame
        A ``pyspark.sql.DataFrame``.
    function
        Polars frame in, polars frame out; it must be importable on the workers, breachkit with it.
    schema
        The result's columns as a Spark DDL string, such as ``"record_id long, hiv tinyint"``.

    Returns
    -------
    pyspark.sql.DataFrame
        Lazy. The order of rows is Spark's: carry an identifier.

    Raises
    ------
    MissingExtraError
        If pyspark or pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        import pyspark  # noqa: F401
    except ImportError:
        raise MissingExtraError("Spark", "spark") from None

    def apply(batches: Iterator[Any]) -> Iterator[Any]:
        for batch in batches:
            part = pl.DataFrame(pl.from_arrow(pa.Table.from_batches([batch])))
            # Spark reads the oldest Arrow string layout only.
            yield from function(part).to_arrow(compat_level=pl.CompatLevel.oldest()).to_batches()

    return frame.mapInArrow(apply, schema)
