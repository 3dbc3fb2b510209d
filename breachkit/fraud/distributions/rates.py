"""Probabilities that are themselves uncertain: from an interval, or from counts."""

from __future__ import annotations

import dataclasses
import math
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from breachkit.errors import BreachkitError
from breachkit.fraud.streams import Array, stream


def _logit(p: float) -> float:
    return math.log(p) - math.log1p(-p)


@dataclasses.dataclass(frozen=True)
class LogitNormal:
    """A probability whose log odds are normal; for small ones, a lognormal that never passes 1.

    Examples
    --------
    >>> rate = LogitNormal.between(1e-4, 8e-3)
    >>> float(rate.quantile(0.5).round(5)), float(rate.quantile(0.95).round(6))
    (0.0009, 0.008)
    """

    mu: float
    sigma: float

    @classmethod
    def between(cls, low: float, high: float, level: float = 0.9) -> LogitNormal:
        """Fit the one that lies between ``low`` and ``high`` with probability ``level``.

        Raises
        ------
        BreachkitError
            Unless ``0 < low <= high < 1`` and ``0 < level < 1``.
        """
        if not (0 < low <= high < 1 and 0 < level < 1):
            raise BreachkitError(
                f"A probability needs 0 < low <= high < 1, 0 < level < 1; got {low}, {high}, level {level}."
            )
        z = NormalDist().inv_cdf((1 + level) / 2)
        return cls((_logit(low) + _logit(high)) / 2, (_logit(high) - _logit(low)) / (2 * z))

    def at(self, z: npt.ArrayLike) -> Array:
        """Probability at the standard normal ``z``."""
        from scipy.special import expit

        return np.asarray(expit(self.mu + self.sigma * np.asarray(z)))

    def quantile(self, q: npt.ArrayLike) -> Array:
        """Probability below which the share ``q`` lies."""
        from scipy.special import ndtri

        return self.at(ndtri(q))

    def cdf(self, x: npt.ArrayLike) -> Array:
        """Share that lies at or below ``x``."""
        from scipy.special import logit, ndtr

        return np.asarray(ndtr((logit(x) - self.mu) / self.sigma))

    @property
    def mean(self) -> float:
        """Mean, by Gauss-Hermite quadrature: there is no closed form."""
        nodes, weights = np.polynomial.hermite_e.hermegauss(96)
        return float(weights @ self.at(nodes) / math.sqrt(2 * math.pi))

    def sample(self, size: int, seed: int = 1) -> Array:
        """Draw ``size`` probabilities."""
        return self.at(stream(seed, "logit-normal").standard_normal(size))


@dataclasses.dataclass(frozen=True)
class BetaCounts:
    """A probability learnt from ``k`` among ``n``: Beta(k + 1/2, n - k + 1/2) (Jeffreys 1946).

    Examples
    --------
    Twenty paid among the 20,765 people extorted after Vastaamo (Finland):

    >>> paid = BetaCounts(20, 20_765)
    >>> [float(q.round(5)) for q in paid.quantile([0.025, 0.975])]
    [0.00061, 0.00146]
    """

    k: float
    n: float

    def __post_init__(self) -> None:
        if not 0 <= self.k <= self.n:
            raise BreachkitError(f"Counts need 0 <= k <= n; got k {self.k}, n {self.n}.")

    @property
    def alpha(self) -> float:
        """``k + 1/2``."""
        return self.k + 0.5

    @property
    def beta(self) -> float:
        """``n - k + 1/2``."""
        return self.n - self.k + 0.5

    @property
    def mean(self) -> float:
        """``alpha / (alpha + beta)``."""
        return self.alpha / (self.alpha + self.beta)

    @property
    def variance(self) -> float:
        """``alpha beta / ((alpha + beta)² (alpha + beta + 1))``."""
        total = self.alpha + self.beta
        return self.alpha * self.beta / (total**2 * (total + 1))

    def quantile(self, q: npt.ArrayLike) -> Array:
        """Probability below which the share ``q`` lies."""
        from scipy.special import betaincinv

        return np.asarray(betaincinv(self.alpha, self.beta, q))

    def cdf(self, x: npt.ArrayLike) -> Array:
        """Share that lies at or below ``x``."""
        from scipy.special import betainc

        return np.asarray(betainc(self.alpha, self.beta, x))

    def at(self, z: npt.ArrayLike) -> Array:
        """Probability at the standard normal ``z``, read from a table fine to 1/50 of a deviation."""
        from scipy.special import ndtr

        grid = np.linspace(-6, 6, 601)
        return np.asarray(np.interp(np.asarray(z), grid, self.quantile(ndtr(grid))))

    def sample(self, size: int, seed: int = 1) -> Array:
        """Draw ``size`` probabilities."""
        return stream(seed, "beta").beta(self.alpha, self.beta, size)
