"""How many copies of the file are in circulation, with and without the order that blocks its host.

A copy that was taken stays: blocking slows the growth, it gives nothing back.
"""

from __future__ import annotations

import math

import polars as pl

from breachkit.fraud.draws import Setting
from breachkit.fraud.hazard import day, origin
from breachkit.fraud.streams import Array, normals
from breachkit.fraud.summary import spread

HORIZON = (0, 7, 14, 30, 60, 90, 180, 365, 540)
SIMULATIONS = 4_000
SCHEMA = pl.Schema(
    {"day": pl.Int64, "blocking": pl.Boolean}
    | dict.fromkeys(("mean", "median", "q05", "q95", "q99", "tvar95"), pl.Float64)
)


def copies(setting: Setting) -> pl.DataFrame:
    """Count copies ``day`` days after publication, without the order and (if its day is known) with it.

    ``first places + copies a day * h / ln 2 * (1 - 2 ** (-t / h))``, h the half-life of the interest; after
    the order each further copy is prevented with the probability of its effect. No download was ever
    counted: the numbers are judgement (grade C) and show the shape, not the height. The order of 4 March
    2021 held for 18 months: 540 days.
    """
    start, order = (
        origin(setting.circumstances),
        day(getattr(setting.circumstances, "blocking_order_on", None)),
    )
    delay = (order - start).days if start is not None and order is not None else None
    rows = [{"day": at, "blocking": False, **spread(_stock(setting, at, None))} for at in HORIZON]
    if delay is not None:
        rows += [
            {"day": at, "blocking": True, **spread(_stock(setting, at, max(0, delay)))} for at in HORIZON
        ]
    return pl.DataFrame(rows, schema=SCHEMA)


def _stock(setting: Setting, at: int, delay: int | None) -> Array:
    def draw(name: str) -> Array:
        return normals(SIMULATIONS, setting.seed, "circulation", name)

    model = setting.book.model
    first = model["first_places"].amount.at(draw("first"))
    daily = model["copies_per_day"].amount.at(draw("daily"))
    half = model["interest_half_life"].amount.at(draw("half"))

    def taken(days: float) -> Array:
        return daily * _growth(days, half)

    if delay is None or at <= delay:
        return first + taken(at)
    effect = model["blocking_effect"].rate.at(draw("effect"))
    return first + taken(delay) + (1 - effect) * (taken(at) - taken(delay))


def _growth(days: float, half_life: Array) -> Array:
    """Vector form of `breachkit.fraud.hazard.growth`, in days."""
    return half_life / math.log(2) * (1 - 2 ** (-days / half_life))
