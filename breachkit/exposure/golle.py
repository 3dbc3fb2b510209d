"""A model of the population as a product of marginals: how likely a person's values are to be nobody else's.

Golle 2006 (WPES); the individual score of Rocher et al. 2019 with independence in place of the copula: with p
the chance that an inhabitant has these values, a person is alone among N with chance (1-p)^(N-1).
"""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import ArrayLike, NDArray

from breachkit.exposure.cells import Cells
from breachkit.exposure.codes import Codes
from breachkit.exposure.marginals import chance
from breachkit.population import FRANCE

Share = tuple[float, float, float]


def alone(p: ArrayLike, inhabitants: float) -> NDArray[np.float64]:
    """Chance that nobody else of ``inhabitants`` has values of chance ``p``: (1-p)^(N-1).

    Examples
    --------
    One of two sexes, any of 36 525 days of birth, a postcode of 10 000 people, all alike:

    >>> round(float(alone(1 / (2 * 86 * 365.25), 10_000)), 2)
    0.85
    """
    chance = np.minimum(np.asarray(p, dtype=np.float64), 1 - 1e-15)
    return np.exp((inhabitants - 1) * np.log1p(-chance))


def correct_match(p: ArrayLike, inhabitants: float) -> NDArray[np.float64]:
    """Chance that a person found with these values is the right one: (1 - (1-p)^N) / (N p), mean of 1/F.

    Examples
    --------
    >>> correct_match([0.0, 1.0], 10).tolist()
    [1.0, 0.1]
    """
    chance = np.asarray(p, dtype=np.float64)
    safe = np.where(chance > 0, chance, 1.0)
    found = -np.expm1(inhabitants * np.log1p(-np.minimum(safe, 1 - 1e-15))) / (inhabitants * safe)
    return np.where(chance > 0, found, 1.0)


def of_france(values: pl.DataFrame, people: Codes) -> Share | None:
    """Mean chance of being alone in France: estimate over the people whose values the tables know, low, high.

    ``low`` and ``high`` count the others (no sex, no such postcode, a name too rare to be listed, a missing
    value) as never and always alone. ``None`` if there is no French table for a column, or nobody has known
    values.
    """
    p = chance(values)
    if p is None or p.null_count() == len(p):
        return None
    known = p.is_not_null().to_numpy()
    unique = alone(p.drop_nulls().to_numpy(), FRANCE)
    covered = float((unique * people[known]).sum())
    n, seen = float(people.sum()), float(people[known].sum())
    return covered / seen, covered / n, (covered + n - seen) / n


def of_register(values: pl.DataFrame, people: Codes, register: Cells) -> Share:
    """Mean chance of being alone if the register's columns were independent: estimate, low, high (equal).

    A value that the register lacks has chance 0. What the file tells beyond it is the columns' dependence.
    """
    p = np.ones(values.height)
    for name in values.columns:
        both = pl.concat([values.select(name), register.values.select(name)], how="vertical_relaxed")
        held = both[values.height :].with_columns(_n=pl.Series(register.people))
        shares = held.group_by(name).agg(pl.col("_n").sum() / register.n)
        found = both[: values.height].join(
            shares, on=name, how="left", nulls_equal=True, maintain_order="left"
        )
        p *= found["_n"].fill_null(0).to_numpy()
    mean = float((alone(p, register.n) * people).sum() / people.sum())
    return mean, mean, mean
