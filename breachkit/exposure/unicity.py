"""Unicity of visit histories: how few known visits single a person out."""

from __future__ import annotations

import numpy as np
import polars as pl

POINTS = (1, 2, 3, 4)
SCHEMA = {
    "points": pl.Int64,
    "people": pl.Int64,
    "singled_out": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
}


def wilson(hits: float, n: int, z: float = 1.959963984540054) -> tuple[float, float]:
    """Give the Wilson score interval of a share (95 % by default).

    Examples
    --------
    >>> low, high = wilson(8, 10)
    >>> round(low, 3), round(high, 3)
    (0.49, 0.943)
    """
    if not n:
        return float("nan"), float("nan")
    share = hits / n
    middle = share + z * z / (2 * n)
    half = z * (share * (1 - share) / n + z * z / (4 * n * n)) ** 0.5
    return max(0.0, (middle - half) / (1 + z * z / n)), min(1.0, (middle + half) / (1 + z * z / n))


def visit_unicity(
    visits: pl.LazyFrame, *, sample: int = 2_000, draws: int = 20, seed: int = 1
) -> pl.DataFrame:
    """Share of people whom ``points`` of their own visits (date, laboratory), drawn at random, single out.

    Returns ``points, people, singled_out, low, high``: ``people`` is the number sampled among those with at
    least so many distinct visits, the interval is Wilson's over them (draws of one person are not
    independent, so they add none). Empty when the leak holds no visits.

    Source: de Montjoye et al. 2013 (Scientific Reports 3:1376), unicity.

    Limits: an adversary is taken to know date and laboratory exactly.
    """
    known = (
        visits.drop_nulls(["person_id", "visit_date"])
        .select("person_id", "visit_date", "laboratory")
        .unique()
    )
    table = known.sort("person_id", "visit_date", "laboratory").collect()
    if not table.height:
        return pl.DataFrame(schema=SCHEMA)
    point = (
        table.select(pl.struct("visit_date", "laboratory").rank("dense"))
        .to_series()
        .to_numpy()
        .astype(np.int64)
    )
    person = table["person_id"].to_numpy()
    by_point = np.argsort(point, kind="stable")
    at_point = person[by_point]
    edges = np.searchsorted(point[by_point], np.arange(point.max() + 2))
    starts = np.flatnonzero(np.r_[True, person[1:] != person[:-1]])
    lengths = np.diff(np.r_[starts, person.size])
    rows = []
    for points in POINTS:
        eligible = np.flatnonzero(lengths >= points)
        if not eligible.size:
            continue
        random = np.random.Generator(np.random.Philox(key=[seed, points]))
        chosen = eligible[random.permutation(eligible.size)[:sample]]
        hits = 0.0
        for who in chosen:
            own = point[starts[who] : starts[who] + lengths[who]]
            times = 1 if own.size == points else draws
            hits += (
                sum(
                    _alone([at_point[edges[p] : edges[p + 1]] for p in random.permutation(own)[:points]])
                    for _ in range(times)
                )
                / times
            )
        low, high = wilson(hits, chosen.size)
        rows.append((points, int(chosen.size), hits / chosen.size, low, high))
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def _alone(crowds: list[np.ndarray]) -> bool:
    """Whether only one person was at all the points."""
    crowds.sort(key=len)
    left = crowds[0]
    for crowd in crowds[1:]:
        left = np.intersect1d(left, crowd, assume_unique=True)
    return left.size == 1
