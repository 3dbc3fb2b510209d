"""The standard PERT distribution: a Beta stretched between a minimum and a maximum."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import numpy.typing as npt

from breachkit.errors import BreachkitError
from breachkit.fraud.streams import Array, stream


@dataclasses.dataclass(frozen=True)
class Pert:
    """Minimum, most likely, maximum; ``gamma`` says how strongly the mode pulls.

    ``alpha = 1 + gamma (mode - low) / (high - low)``, ``beta = 1 + gamma (high - mode) / (high - low)``
    (Vose 2008, *Risk Analysis*). Not for rates that span orders of magnitude: the mean of
    ``Pert(0.0001, 0.001, 0.02)`` is four times its mode. Use `LogitNormal` or `Lognormal` there.

    Raises
    ------
    BreachkitError
        Unless ``low <= mode <= high``, ``low < high`` and ``gamma >= 0``.

    Examples
    --------
    >>> pert = Pert(0, 0.1, 1)
    >>> round(pert.mean, 5), round(pert.sd, 5), round(float(pert.quantile(0.95)), 4)
    (0.23333, 0.15986, 0.5421)
    """

    low: float
    mode: float
    high: float
    gamma: float = 4.0

    def __post_init__(self) -> None:
        if not (self.low <= self.mode <= self.high and self.low < self.high and self.gamma >= 0):
            raise BreachkitError(
                f"PERT needs low <= mode <= high, low < high and gamma >= 0; got {self.low}, {self.mode}, "
                f"{self.high}, gamma {self.gamma}."
            )

    @property
    def alpha(self) -> float:
        """First shape of the Beta, at least 1: the density is finite everywhere."""
        return 1 + self.gamma * (self.mode - self.low) / (self.high - self.low)

    @property
    def beta(self) -> float:
        """Second shape of the Beta, at least 1."""
        return 1 + self.gamma * (self.high - self.mode) / (self.high - self.low)

    @property
    def mean(self) -> float:
        """``(low + gamma mode + high) / (gamma + 2)``."""
        return (self.low + self.gamma * self.mode + self.high) / (self.gamma + 2)

    @property
    def variance(self) -> float:
        """``(mean - low)(high - mean) / (gamma + 3)``."""
        return (self.mean - self.low) * (self.high - self.mean) / (self.gamma + 3)

    @property
    def sd(self) -> float:
        """Standard deviation."""
        return math.sqrt(self.variance)

    def quantile(self, q: npt.ArrayLike) -> Array:
        """Value below which the share ``q`` lies."""
        from scipy.special import betaincinv

        return np.asarray(self.low + (self.high - self.low) * betaincinv(self.alpha, self.beta, q))

    def cdf(self, x: npt.ArrayLike) -> Array:
        """Share that lies at or below ``x``."""
        from scipy.special import betainc

        inside = np.clip((np.asarray(x) - self.low) / (self.high - self.low), 0, 1)
        return np.asarray(betainc(self.alpha, self.beta, inside))

    def sample(self, size: int, seed: int = 1) -> Array:
        """Draw ``size`` values."""
        draws = stream(seed, "pert").beta(self.alpha, self.beta, size)
        draws *= self.high - self.low
        draws += self.low
        return draws
