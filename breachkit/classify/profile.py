"""A column as its distinct values and how often each occurs: what recognition works on."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

import numpy as np
import polars as pl

SAMPLE = 2_000
# Columns of a short table are counted together, so many cells at a time.
BLOCK_CELLS = 200_000


@dataclasses.dataclass(frozen=True, repr=False)
class Profile:
    """The distinct, stripped, non-empty values of one column, and a sample of them spread evenly.

    Verdicts on columns look at the sample; what records reveal (`label`) looks at every cell.
    """

    table: str
    column: str
    position: int
    rows: int
    filled: int
    distinct: int
    sample: pl.Series = dataclasses.field(repr=False)
    counts: pl.Series = dataclasses.field(repr=False)

    def share(self, matched: pl.Series) -> float:
        """Give the share of sampled rows whose value matched."""
        total = int(self.counts.sum())
        return float((self.counts * matched.fill_null(False).cast(pl.UInt32)).sum()) / total if total else 0.0


def profiles(table: str, data: pl.DataFrame, columns: Sequence[str]) -> Iterator[Profile]:
    """Take columns apart into distinct values with counts, in order of first appearance.

    Examples
    --------
    >>> data = pl.DataFrame({"sexe": ["F", " F", None, "", "M"], "age": ["1", "2", "3", "1", "1"]})
    >>> sexe, age = profiles("t", data, data.columns)
    >>> (sexe.rows, sexe.filled, sexe.distinct, sexe.counts.to_list()), age.counts.to_list()
    ((5, 3, 2, [2, 1]), [3, 1, 1])
    """
    width = max(1, BLOCK_CELLS // max(1, data.height))
    for first in range(0, len(columns), width):
        block = columns[first : first + width]
        counted = _counted(data, block)
        sizes = counted.group_by("c").agg(pl.len(), pl.col("n").sum())
        held = {column: (distinct, filled) for column, distinct, filled in sizes.iter_rows()}
        start = 0
        for place, column in enumerate(block):
            distinct, filled = held.get(place, (0, 0))
            step = max(1, -(-distinct // SAMPLE))
            value, count = (counted[name].slice(start, distinct).gather_every(step) for name in ("v", "n"))
            yield Profile(table, column, first + place, data.height, filled, distinct, value, count)
            start += distinct


def _counted(data: pl.DataFrame, block: Sequence[str]) -> pl.DataFrame:
    """Count the distinct values ``v`` of each column ``c`` of a block, column after column."""
    cells = pl.concat([data[column].cast(pl.String).str.strip_chars().rename("v") for column in block])
    if len(block) == 1:
        filled = cells.to_frame().filter(pl.col("v") != "")
        return filled.group_by("v", maintain_order=True).len("n").with_columns(c=pl.lit(0))
    whose = np.repeat(np.arange(len(block)), data.height)
    filled = pl.DataFrame({"c": whose, "v": cells}).filter(pl.col("v") != "")
    return filled.group_by("c", "v", maintain_order=True).len("n")
