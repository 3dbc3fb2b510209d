"""From simulations to the numbers that are reported."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import polars as pl

from breachkit.fraud.streams import Array

QUANTILES = {"median": 0.5, "q05": 0.05, "q95": 0.95, "q99": 0.99}


def spread(draws: Array) -> dict[str, float]:
    """Give mean, median, 5 %, 95 %, 99 % and the tail value at risk beyond 95 %.

    ``tvar95`` is the mean of the worst 5 % of the simulations.

    Examples
    --------
    >>> spread(np.arange(1.0, 101.0))["tvar95"]
    98.0
    """
    values = np.quantile(draws, [*QUANTILES.values()])
    named = dict(zip(QUANTILES, map(float, values), strict=True))
    worst = max(1, round(0.05 * draws.size))
    tail = np.partition(draws, draws.size - worst)[draws.size - worst :]
    return {"mean": float(draws.mean()), **named, "tvar95": float(tail.mean())}


def summaries(quantities: Mapping[str, Array], key: str) -> pl.DataFrame:
    """Give one row per quantity: ``key``, then `spread`."""
    return pl.DataFrame([{key: name, **spread(draws)} for name, draws in quantities.items()])


def exceedance(quantities: Mapping[str, Array], points: int = 60) -> pl.DataFrame:
    """Give the exceedance curves: ``ledger, amount, probability`` that the loss passes the amount."""
    parts = []
    for name, draws in quantities.items():
        ordered = np.sort(draws)
        positive = ordered[ordered > 0]
        if not positive.size:
            continue
        low, high = positive[int(0.001 * positive.size)], ordered[-1]
        amounts = np.geomspace(low, high, points)
        above = 1 - np.searchsorted(ordered, amounts, side="right") / ordered.size
        parts.append(pl.DataFrame({"ledger": name, "amount": amounts, "probability": above}))
    schema = {"ledger": pl.String, "amount": pl.Float64, "probability": pl.Float64}
    return pl.concat(parts) if parts else pl.DataFrame(schema=schema)


def tornado(inputs: Mapping[str, Array], ledgers: Mapping[str, Array]) -> pl.DataFrame:
    """Rank which input drives the spread of each ledger.

    ``rank_correlation`` is Spearman's; ``low`` and ``high`` are the ledger's mean where the input lies in
    its lowest and highest fifth.
    """
    rows = []
    varied = {name: draws for name, draws in inputs.items() if draws.size > 4 and np.ptp(draws) > 0}
    for ledger, loss in ledgers.items():
        if np.ptp(loss) == 0:
            continue
        ranks = _ranks(loss)
        for name, draws in varied.items():
            order = np.argsort(draws, kind="stable")
            fifth = loss.size // 5
            low, high = loss[order[:fifth]].mean(), loss[order[-fifth:]].mean()
            rho = float(np.corrcoef(_ranks(draws), ranks)[0, 1])
            rows.append((ledger, name, rho, float(low), float(high)))
    schema = ["ledger", "input", "rank_correlation", "low", "high"]
    types = [pl.String, pl.String, pl.Float64, pl.Float64, pl.Float64]
    frame = pl.DataFrame(rows, schema=dict(zip(schema, types, strict=True)), orient="row")
    return frame.sort("ledger", (pl.col("high") - pl.col("low")).abs(), descending=[False, True])


def _ranks(draws: Array) -> Array:
    from scipy.stats import rankdata

    return np.asarray(rankdata(draws), dtype=np.float64)
