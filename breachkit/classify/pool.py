"""The samples of many columns laid end to end, so that each question is asked once for all of them.

A table of 10,000 columns would otherwise run every detector 10,000 times. Values stay apart by column: an
answer is one Boolean per pooled value, and `Pool.shares` sums it up column by column.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from breachkit.classify.profile import Profile
from breachkit.classify.shapes import shape_expr

LARGEST = 250_000

Flags = NDArray[np.bool_]


@dataclasses.dataclass(frozen=True, repr=False)
class Pool:
    """The sampled values of some filled columns, end to end; ``starts`` and ``stops`` bound each column."""

    columns: tuple[Profile, ...]
    values: pl.Series
    counts: NDArray[np.int64]
    starts: NDArray[np.int64]
    stops: NDArray[np.int64]

    def part(self, column: int) -> slice:
        """Give the place of one column's values."""
        return slice(int(self.starts[column]), int(self.stops[column]))

    def shares(self, flags: Flags) -> NDArray[np.float64]:
        """Give, for each column, the share of its sampled rows whose value is flagged."""
        return self._sums(flags * self.counts) / self._sums(self.counts)

    def any(self, flags: Flags) -> Flags:
        """Say for each column whether any value is flagged."""
        return self._sums(flags.astype(np.int64)) > 0

    def _sums(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        summed: NDArray[np.int64] = np.add.reduceat(numbers, self.starts)
        return summed

    def shapes(self) -> list[str]:
        """Give the pure shape that most rows of each column share; ties go to the smaller text."""
        frame = pl.DataFrame(
            {
                "c": np.repeat(np.arange(len(self.columns)), self.stops - self.starts),
                "v": self.values,
                "n": self.counts,
            }
        )
        counted = frame.group_by("c", shape_expr(pl.col("v")).alias("shape")).agg(pl.col("n").sum())
        best = counted.sort(["c", "n", "shape"], descending=[False, True, False])
        return best.unique("c", keep="first", maintain_order=True)["shape"].to_list()


def flags(answer: pl.Series) -> Flags:
    """Give a Boolean Series as numpy, null as false."""
    found: Flags = answer.fill_null(False).to_numpy().astype(np.bool_)
    return found


def pools(seen: Sequence[Profile]) -> Iterator[Pool]:
    """Lay filled columns end to end, a bounded number of values at a time.

    Examples
    --------
    >>> from breachkit.classify.profile import profiles
    >>> data = pl.DataFrame({"a": ["x", "x", "1"], "b": ["2", None, None]})
    >>> pool = next(pools(list(profiles("t", data, data.columns))))
    >>> pool.shares(flags(pool.values.str.contains("[0-9]"))).round(2).tolist(), pool.shapes()
    ([0.33, 1.0], ['a', '9'])
    """
    group: list[Profile] = []
    size = 0
    for column in seen:
        if not column.filled:
            continue
        if group and size + column.sample.len() > LARGEST:
            yield _pool(group)
            group, size = [], 0
        group.append(column)
        size += column.sample.len()
    if group:
        yield _pool(group)


def _pool(group: list[Profile]) -> Pool:
    stops = np.cumsum([column.sample.len() for column in group], dtype=np.int64)
    starts = np.concatenate([np.zeros(1, dtype=np.int64), stops[:-1]])
    counts: Any = np.concatenate([column.counts.to_numpy() for column in group]).astype(np.int64)
    values = pl.concat([column.sample for column in group]).rename("v")
    return Pool(tuple(group), values, counts, starts, stops)
