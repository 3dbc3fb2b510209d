"""The lognormal distribution, told as people tell it: nine times in ten between this and that."""

from __future__ import annotations

import dataclasses
import math
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from breachkit.errors import BreachkitError
from breachkit.fraud.streams import Array, stream


@dataclasses.dataclass(frozen=True)
class Lognormal:
    """``exp(mu + sigma Z)``, Z standard normal.

    Examples
    --------
    >>> loss = Lognormal.between(150, 8_000)
    >>> round(loss.mean), round(loss.median)
    (2274, 1095)
    """

    mu: float
    sigma: float

    @classmethod
    def between(cls, low: float, high: float, level: float = 0.9) -> Lognormal:
        """Fit the lognormal that lies between ``low`` and ``high`` with probability ``level``.

        ``mu = ln(low high) / 2``; ``sigma = ln(high / low) / (2 z)``, z = 1.6449 for 90 %.

        Raises
        ------
        BreachkitError
            Unless ``0 < low <= high`` and ``0 < level < 1``.
        """
        if not (0 < low <= high < math.inf and 0 < level < 1):
            raise BreachkitError(
                f"A lognormal needs 0 < low <= high and 0 < level < 1; got {low}, {high}, level {level}."
            )
        z = NormalDist().inv_cdf((1 + level) / 2)
        return cls(math.log(low * high) / 2, math.log(high / low) / (2 * z))

    @property
    def mean(self) -> float:
        """``exp(mu + sigma² / 2)``."""
        return math.exp(self.mu + self.sigma**2 / 2)

    @property
    def median(self) -> float:
        """``exp(mu)``."""
        return math.exp(self.mu)

    @property
    def variance(self) -> float:
        """``(exp(sigma²) - 1) mean²``."""
        return math.expm1(self.sigma**2) * self.mean**2

    @property
    def sd(self) -> float:
        """Standard deviation."""
        return math.sqrt(self.variance)

    @property
    def second_moment(self) -> float:
        """``E[X²] = exp(2 mu + 2 sigma²)``."""
        return math.exp(2 * self.mu + 2 * self.sigma**2)

    def at(self, z: npt.ArrayLike) -> Array:
        """Value at the standard normal ``z``."""
        return np.asarray(np.exp(self.mu + self.sigma * np.asarray(z)))

    def quantile(self, q: npt.ArrayLike) -> Array:
        """Value below which the share ``q`` lies."""
        from scipy.special import ndtri

        return self.at(ndtri(q))

    def cdf(self, x: npt.ArrayLike) -> Array:
        """Share that lies at or below ``x``."""
        from scipy.special import ndtr

        with np.errstate(divide="ignore"):
            logs = np.log(np.maximum(np.asarray(x, dtype=float), 0))
        if self.sigma == 0:
            return np.asarray(logs >= self.mu, dtype=np.float64)
        return np.asarray(ndtr((logs - self.mu) / self.sigma))

    def sample(self, size: int, seed: int = 1) -> Array:
        """Draw ``size`` values."""
        return self.at(stream(seed, "lognormal").standard_normal(size))
