"""The binomial quantile, fast on whole arrays and never falling when people or probability rise.

Inverting one common uniform makes two runs comparable draw by draw: fewer people exposed can never
give more victims. That needs a quantile that is monotone in n and in p everywhere, which a mixture of
an exact and an approximate formula is not by itself.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from breachkit.fraud.streams import Array

SWITCH = 100.0  # expected victims up to which the quantile is exact
# Above the switch the Cornish-Fisher expansion is off by less than this; adding it keeps the quantile at
# or above the exact one, hence monotone across the switch (tests/fraud/test_binomial.py).
GUARD = 0.005
EXTREME = 5.0


def binomial_quantile(u: npt.ArrayLike, n: npt.ArrayLike, p: npt.ArrayLike) -> Array:
    """Give the smallest k with P(Binomial(n, p) <= k) >= u, element by element.

    Exact while ``n p <= 100``; above, the third-order Cornish-Fisher expansion (Cornish and Fisher
    1938) with a guard of 0.005 victims, at most one above the exact quantile. For p up to 1/2 the result
    never falls when ``n`` or ``p`` rises.

    Parameters
    ----------
    u
        Uniforms in (0, 1).
    n
        Trials (people), whole numbers.
    p
        Probabilities.

    Examples
    --------
    >>> [float(k) for k in binomial_quantile([0.05, 0.5, 0.95], 1000, 0.01)]
    [5.0, 10.0, 15.0]
    """
    u, n, p = (
        np.array(a, dtype=np.float64)
        for a in np.broadcast_arrays(np.asarray(u, float), np.asarray(n, float), np.asarray(p, float))
    )
    victims = np.zeros(u.shape)
    flipped = p > 0.5  # count the spared instead: their number is the small one
    few = (n > 0) & (p > 0) & np.where(flipped, False, n * p <= SWITCH)
    certain = p >= 1
    many = (n > 0) & (p > 0) & ~few & ~certain
    victims[few] = _exact(u[few], n[few], p[few])
    victims[many] = _expansion(u[many], n[many], p[many])
    victims[certain] = n[certain]
    return np.clip(victims, 0, n)


def _exact(u: Array, n: Array, p: Array) -> Array:
    """Walk the distribution upwards until it holds ``u``; those done leave the walk."""
    victims = np.zeros(u.shape)
    alive = np.arange(u.size)
    odds = p / (1 - p)
    mass = np.exp(n * np.log1p(-p))
    left = u - mass
    k = 0
    while True:
        on = (left > 0) & (k < n)
        if not on.all():
            alive, left, mass, odds, n = alive[on], left[on], mass[on], odds[on], n[on]
        if not alive.size:
            return victims
        mass = mass * (n - k) / (k + 1) * odds
        left = left - mass
        k += 1
        victims[alive] = k
        if k > SWITCH + 20 * SWITCH**0.5:  # beyond u = 1 - 1e-16: rounding only
            return victims


def _expansion(u: Array, n: Array, p: Array) -> Array:
    from scipy.special import ndtri

    z = np.clip(ndtri(u), -EXTREME, EXTREME)
    q = 1 - p
    sd = np.sqrt(n * p * q)
    skew = (1 - 2 * p) / 6 * (z**2 - 1)
    kurtosis = ((1 - 6 * p * q) * (z**3 - 3 * z) / 24 - (1 - 2 * p) ** 2 * (2 * z**3 - 5 * z) / 36) / sd
    # Continuity correction of a lattice distribution: the variance of rounding, 1/12.
    lattice = -z / (24 * sd)
    return np.asarray(np.ceil(n * p + sd * z + skew + kurtosis + lattice + GUARD - 0.5))
