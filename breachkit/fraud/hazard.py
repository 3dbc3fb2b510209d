"""How the danger fades, and what a measure taken on some day still saves."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence

import numpy as np

from breachkit.fraud.scenarios import Cut
from breachkit.fraud.streams import Array

DAYS = 365.25


def growth(years: float, half_life: float | None) -> float:
    """Give the cumulated hazard after ``years``, in units of the first moment's yearly hazard.

    ``half_life / ln 2 * (1 - 2 ** (-years / half_life))``; just ``years`` if it does not fade.

    Examples
    --------
    >>> [round(growth(years, 1), 3) for years in (1, 3, 5)]
    [0.721, 1.262, 1.398]
    """
    if half_life is None:
        return years
    return -math.expm1(-math.log(2) * years / half_life) * half_life / math.log(2)


def reach(
    first_year: Array, half_life: float | None, years: float, cuts: Sequence[tuple[float, Array]] = ()
) -> Array:
    """Turn a first-year probability into the probability within ``years``.

    Parameters
    ----------
    first_year
        Probability over twelve months, without measures.
    half_life
        Years after which the yearly hazard has halved.
    years
        Horizon.
    cuts
        ``(delay in years, share of the remaining hazard removed)``; several multiply.

    Examples
    --------
    >>> float(reach(np.array([0.01]), 1.0, 1.0)[0].round(6))
    0.01
    >>> float(reach(np.array([0.01]), 1.0, 1.0, [(0.0, np.array([1.0]))])[0])
    0.0
    """
    left = np.ones_like(first_year)
    total = np.zeros_like(first_year)
    at = 0.0
    for delay, share in sorted(cuts, key=lambda cut: cut[0]):
        until = min(max(delay, 0.0), years)
        total = total + left * (growth(until, half_life) - growth(at, half_life))
        left, at = left * (1 - share), until
    total = total + left * (growth(years, half_life) - growth(at, half_life))
    hazard = -np.log1p(-first_year) / growth(1.0, half_life)
    return np.asarray(-np.expm1(-hazard * total))


def day(value: object) -> dt.date | None:
    """Take the day of a date or a moment."""
    if isinstance(value, dt.datetime):
        return value.date()
    return value if isinstance(value, dt.date) else None


def origin(circumstances: object) -> dt.date | None:
    """Give the day from which criminals have the file: published, else ended, else started."""
    days = (day(getattr(circumstances, name, None)) for name in ("published_on", "ended_on", "started_on"))
    return next((found for found in days if found is not None), None)


def delays(cuts: Sequence[Cut], circumstances: object) -> list[tuple[Cut, float]]:
    """Give the cuts whose day is known, with years since the file is out."""
    start = origin(circumstances)
    known = [(cut, day(getattr(circumstances, cut.starts, None))) for cut in cuts]
    if start is None:
        return []
    return [(cut, max(0.0, (when - start).days / DAYS)) for cut, when in known if when is not None]
