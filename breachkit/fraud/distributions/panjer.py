"""The exact distribution of a compound Poisson sum over whole amounts (Panjer 1981)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from breachkit.errors import BreachkitError
from breachkit.fraud.streams import Array


def panjer(rate: float, severity: Mapping[int, float], size: int) -> Array:
    """Give P(S = 0), ..., P(S = size - 1) for S the sum of a Poisson(rate) number of amounts.

    ``g(0) = exp(-rate (1 - f(0)))``, ``g(s) = rate / s * sum_j j f(j) g(s - j)`` (ASTIN Bulletin 12).

    Parameters
    ----------
    rate
        Expected number of events; up to about 700 (below that ``exp(-rate)`` is not zero).
    severity
        Probability of each whole amount.
    size
        How many probabilities.

    Raises
    ------
    BreachkitError
        If an amount is negative, the probabilities do not sum to 1, or the rate is out of range.

    Examples
    --------
    >>> [float(p) for p in panjer(2, {1: 0.5, 2: 0.3, 5: 0.2}, 4).round(6)]
    [0.135335, 0.135335, 0.148869, 0.103757]
    """
    if not 0 <= rate <= 700:
        raise BreachkitError(f"Panjer needs a rate in 0..700; got {rate}.")
    if any(amount < 0 for amount in severity) or any(p < 0 for p in severity.values()):
        raise BreachkitError("Panjer needs amounts and probabilities of 0 or more.")
    if abs(sum(severity.values()) - 1) > 1e-9:
        raise BreachkitError(f"The probabilities sum to {sum(severity.values()):.6g}, not to 1.")
    amounts = np.array([amount for amount in severity if amount > 0], dtype=int)
    weights = np.array([amount * severity[amount] for amount in severity if amount > 0])
    g = np.zeros(size)
    if size:
        g[0] = np.exp(-rate * (1 - severity.get(0, 0.0)))
    for s in range(1, size):
        near = amounts <= s
        g[s] = rate / s * float(weights[near] @ g[s - amounts[near]])
    return g
