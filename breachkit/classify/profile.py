"""A column as its distinct values and how often each occurs: what recognition works on."""

from __future__ import annotations

import dataclasses

import polars as pl

SAMPLE = 2_000


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


def profile(table: str, column: str, position: int, cells: pl.Series) -> Profile:
    """Take one column apart into distinct values with counts, in order of first appearance.

    Examples
    --------
    >>> seen = profile("t", "sexe", 0, pl.Series(["F", " F", None, "", "M"]))
    >>> seen.rows, seen.filled, seen.distinct, seen.counts.to_list()
    (5, 3, 2, [2, 1])
    """
    stripped = cells.cast(pl.String).str.strip_chars().rename("v")
    frame = stripped.to_frame().filter((pl.col("v") != "") & pl.col("v").is_not_null())
    counted = frame.group_by("v", maintain_order=True).len("n")
    step = max(1, -(-counted.height // SAMPLE))
    sampled = counted.gather_every(step)
    return Profile(
        table, column, position, cells.len(), frame.height, counted.height, sampled["v"], sampled["n"]
    )
