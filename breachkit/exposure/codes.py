"""Columns as small integers: equal values, equal code; 0 is the missing value."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

Codes = NDArray[np.int64]
_ROOM = 2**62


def factorise(values: pl.Series) -> Codes:
    """Number the distinct values from 1 in their order; null is 0, NaN is a value of its own (the last).

    Examples
    --------
    >>> factorise(pl.Series(["b", None, "a", "b"])).tolist()
    [2, 0, 1, 2]
    """
    table = (
        pl.DataFrame({"value": values.unique()})
        .filter(pl.col("value").is_not_null())
        .sort("value")
        .with_columns(code=pl.int_range(1, pl.len() + 1, dtype=pl.Int64))
    )
    if not table.height:
        return np.zeros(len(values), dtype=np.int64)
    joined = values.to_frame("value").join(table, on="value", how="left", maintain_order="left")
    return joined["code"].fill_null(0).to_numpy()


def combine(columns: Sequence[Codes]) -> Codes:
    """Number the distinct combinations of several code columns: dense, from 0, in lexicographic order.

    Examples
    --------
    >>> combine([np.array([1, 1, 0]), np.array([5, 4, 4])]).tolist()
    [2, 1, 0]
    """
    key, size = columns[0], _cardinality(columns[0])
    for column in columns[1:]:
        width = _cardinality(column)
        if size * width >= _ROOM:
            key = np.unique(key, return_inverse=True)[1]
            size = _cardinality(key)
        key, size = key * width + column, size * width
    return np.unique(key, return_inverse=True)[1]


def _cardinality(column: Codes) -> int:
    return int(column.max()) + 1 if len(column) else 1
