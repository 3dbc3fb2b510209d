"""What the text classifier missed or invented, carried into the number of exposed people."""

from __future__ import annotations

import dataclasses
from importlib.resources import files

import numpy as np
import polars as pl

from breachkit import facts
from breachkit.fraud.distributions import BetaCounts
from breachkit.fraud.streams import Array, normals


@dataclasses.dataclass(frozen=True)
class Classifier:
    """Measured precision and recall of what is told sensitive, as counts; ``None``: not measured."""

    precision: BetaCounts | None = None
    recall: BetaCounts | None = None

    @property
    def measured(self) -> bool:
        """Whether both are known."""
        return self.precision is not None and self.recall is not None

    def factor(self, size: int, seed: int) -> Array:
        """Give draws of ``precision / recall``: true people per found one. Ones if not measured."""
        if self.precision is None or self.recall is None:
            return np.ones(size)
        precision = self.precision.at(normals(size, seed, "classifier", "precision"))
        recall = self.recall.at(normals(size, seed, "classifier", "recall"))
        return precision / np.maximum(recall, 1e-3)

    def correct(self, found: int, ceiling: int, factor: Array) -> Array:
        """Correct a count that rests on a sensitive finding: ``found * precision / recall``.

        People who meet the rest of the formula (``ceiling``) bound it; a count that does not rest on a
        sensitive finding (``found == ceiling``) stays.
        """
        if found >= ceiling:
            return np.full(factor.shape, float(found))
        return np.minimum(np.ceil(found * factor - 1e-9), ceiling)


def measured(categories: tuple[str, ...]) -> Classifier:
    """Read the classifier's measured quality over these categories, pooled by their numbers."""
    if not (files("breachkit") / "classify" / "performance.csv").is_file():
        return Classifier()
    rows = pooled(facts.table("classify", "performance"), categories)
    return rows if rows is not None else Classifier()


def pooled(table: pl.DataFrame, categories: tuple[str, ...]) -> Classifier | None:
    """Pool rows ``category, recall, precision, n`` into counts; ``None`` without a usable row."""
    if not {"category", "recall", "precision", "n"} <= set(table.columns):
        return None
    numbers = table.filter(pl.col("category").is_in([*categories])).select(
        pl.col("recall", "precision", "n").cast(pl.Float64, strict=False)
    )
    numbers = numbers.drop_nulls().filter(pl.col("n") > 0)
    weights = numbers["n"].to_numpy()
    total = float(weights.sum())
    if not total:
        return None
    precision, recall = (float(numbers[name].to_numpy() @ weights) for name in ("precision", "recall"))
    return Classifier(BetaCounts(precision, total), BetaCounts(recall, total))
