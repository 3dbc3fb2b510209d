"""Columns that point at the patients of another table: their values are that table's identifiers."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from breachkit.classify.profile import Profile

ENOUGH = 50
MOST = 0.95
VISIT_SUFFIX = r"-\d{1,3}$"


def links(columns: Sequence[Profile], keys: Sequence[tuple[str, pl.Series]]) -> list[int]:
    """Say which columns hold the patient identifiers of another table, or visit numbers made of them.

    Parameters
    ----------
    columns
        Columns that nothing else explains.
    keys
        Table and distinct values of each patient identifier found.

    Examples
    --------
    >>> from breachkit.classify.profile import profiles
    >>> ids = pl.Series([f"28000{i:04d}" for i in range(100)])
    >>> acts = pl.DataFrame({"column_1": ids + "-1", "column_2": ids})
    >>> links(list(profiles("acts", acts, acts.columns)), [("p", ids)])
    [0, 1]
    """
    return [
        place
        for place, column in enumerate(columns)
        if column.distinct >= ENOUGH
        and any(_points(column, values) for table, values in keys if table != column.table)
    ]


def _points(column: Profile, values: pl.Series) -> bool:
    known = values.implode()
    bare = column.sample.str.replace(VISIT_SUFFIX, "")
    return column.share(column.sample.is_in(known) | bare.is_in(known)) >= MOST
