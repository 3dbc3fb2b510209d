"""Risk of each record of a weighted sample: the chance to be re-identified, after Benedetti and Franconi."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals as nw
import numpy as np
import polars as pl
from numpy.typing import ArrayLike, NDArray

from breachkit.errors import BreachkitError
from breachkit.exposure.cells import chosen, collected, lazy, plain
from breachkit.exposure.codes import combine, factorise

#: From this class size on the series is summed here: its terms fall below 1e-16 within `TERMS`.
LARGE, TERMS = 50, 60


def posterior_risk(f: ArrayLike, p: ArrayLike) -> NDArray[np.float64]:
    """Mean of 1/F when a class has ``f`` people in the sample, each drawn with probability ``p``.

    The exact figure of Benedetti and Franconi (1998; Polettini 2003), F negative binomial:
    ``(p^f / f) 2F1(f, f; f+1; 1-p)``, computed in the equal form ``(p / f) 2F1(1, 1; f+1; 1-p)``, which
    neither overflows nor cancels. ``p`` = 1 gives 1/f.

    Examples
    --------
    A sample unique that stands for ten people: p/(1-p) ln(1/p).

    >>> round(float(posterior_risk(1, 0.1)), 6)
    0.255843
    """
    from scipy.special import hyp2f1

    sizes, drawn = np.broadcast_arrays(np.asarray(f, dtype=np.float64), np.asarray(p, dtype=np.float64))
    small = np.minimum(sizes, LARGE)
    exact = hyp2f1(1.0, 1.0, small + 1.0, 1.0 - drawn)
    series, term = np.ones_like(sizes), np.ones_like(sizes)
    for k in range(TERMS):
        term = term * (k + 1) / (sizes + 1 + k) * (1 - drawn)
        series = series + term
    return np.asarray(drawn / sizes * np.where(sizes < LARGE, exact, series))


def individual_risk(frame: Any, quasi_identifiers: str | Sequence[str], weights: str) -> Any:
    """Give the chance that each record is re-identified, in a sample with weights.

    Parameters
    ----------
    frame
        One row per person of the sample; pandas in, pandas out, anything else gives Polars.
    quasi_identifiers
        Columns that someone else may know; a missing value is a value of its own.
    weights
        Column of sampling weights: how many inhabitants each person stands for, at least about 1.

    Returns
    -------
    frame
        One row per row of ``frame``, in its order: ``f`` (people of the sample with these values),
        ``population`` (sum of their weights, estimate of F, at least f), ``risk`` (mean of 1/F given f).

    Raises
    ------
    BreachkitError
        For unknown columns, and for weights that are missing, not numbers, or not above 0.

    Notes
    -----
    Limits: weights are taken as independent of being unique, classes with f = 1 carry most of the
    error, and one who does not know that a person is in the sample is assumed.

    Examples
    --------
    >>> sample = pl.DataFrame({"sex": ["F", "F", "M"], "weight": [10.0, 30.0, 20.0]})
    >>> individual_risk(sample, "sex", "weight").select("f", "population", pl.col("risk").round(4)).rows()
    [(2, 40.0, 0.0443), (2, 40.0, 0.0443), (1, 20.0, 0.1577)]
    """
    table = lazy(frame)
    names = chosen(table, quasi_identifiers)
    given = chosen(table, weights, "weights column")[0]
    if given in names:
        raise BreachkitError("The weights column is also a quasi-identifier.", hint="Name it once.")
    if not table.collect_schema()[given].is_numeric():
        raise BreachkitError(f"The weights column {given!r} is not numeric.", hint="Cast it to a number.")
    held = collected(plain(table, [*names, given]))
    weight = held[given].cast(pl.Float64).to_numpy()
    if not bool((np.isfinite(weight) & (weight > 0)).all()):
        bad = int((~(np.isfinite(weight) & (weight > 0))).sum())
        raise BreachkitError(
            f"{bad} weights are missing, infinite or not above 0.", hint="Every person stands for someone."
        )
    groups = combine([factorise(held[name]) for name in names])
    sizes = np.bincount(groups)
    inhabitants = np.maximum(np.bincount(groups, weights=weight), sizes)
    risk = posterior_risk(sizes, sizes / inhabitants) if len(sizes) else np.zeros(0)
    columns = {"f": sizes[groups], "population": inhabitants[groups], "risk": risk[groups]}
    if nw.dependencies.is_pandas_dataframe(frame):
        import pandas as pd

        return pd.DataFrame(columns, index=frame.index)
    schema = {"f": pl.Int64, "population": pl.Float64, "risk": pl.Float64}
    return pl.DataFrame(columns, schema=schema)
