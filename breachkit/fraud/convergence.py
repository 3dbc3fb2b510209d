"""Are there enough simulations? The 95 % interval of the reported 95 % quantile tells."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import polars as pl

from breachkit.fraud.streams import Array

TARGET = 0.02
MOST = 1_000_000
SCHEMA = pl.Schema(
    {
        "quantity": pl.String,
        "q95": pl.Float64,
        "low": pl.Float64,
        "high": pl.Float64,
        "half_width": pl.Float64,
        "within_target": pl.Boolean,
    }
)


def p95_interval(draws: Array) -> tuple[float, float, float]:
    """Give the 95 % quantile and its 95 % interval from order statistics: no shape is assumed.

    Ranks ``0.95 M ± 1.96 sqrt(0.95 * 0.05 M)`` (David and Nagaraja 2003, *Order Statistics*, 7.1).

    Examples
    --------
    >>> q95, low, high = p95_interval(np.arange(1.0, 10_001.0))
    >>> low < q95 < high
    True
    """
    size = draws.size
    spread = 1.96 * math.sqrt(0.95 * 0.05 * size)
    ranks = [max(0, math.floor(0.95 * size - spread) - 1), min(size - 1, math.ceil(0.95 * size + spread) - 1)]
    part = np.partition(draws, ranks)
    return float(np.quantile(draws, 0.95)), float(part[ranks[0]]), float(part[ranks[1]])


def check(quantities: Mapping[str, Array], target: float = TARGET) -> pl.DataFrame:
    """Check each quantity: ``half_width`` is relative to the quantile; zero quantiles are exact."""
    rows = []
    for name, draws in quantities.items():
        q95, low, high = p95_interval(draws)
        half = (high - low) / 2 / q95 if q95 else 0.0
        rows.append((name, q95, low, high, half, half <= target))
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def needed(simulations: int, half_width: float, target: float = TARGET) -> float:
    """Estimate how many simulations reach the target: the interval narrows as their square root.

    Examples
    --------
    >>> needed(10_000, 0.04)
    40000.0
    """
    return simulations * (half_width / target) ** 2
