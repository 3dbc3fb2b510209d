"""Losses of a year: a Poisson number of events, each with its own lognormal cost."""

from __future__ import annotations

import dataclasses
import math

import numpy as np

from breachkit.errors import BreachkitError
from breachkit.fraud.distributions.lognormal import Lognormal
from breachkit.fraud.streams import Array, stream

BLOCK = 2_000_000  # events drawn at a time: bounds memory


@dataclasses.dataclass(frozen=True)
class CompoundPoisson:
    """``S = X1 + ... + XN``, N Poisson(rate), X independent draws of ``severity``.

    Every event has its own cost: one draw for all events of a year inflates the spread (2.8 times at
    10 events a year for sigma 1.2).
    """

    rate: float
    severity: Lognormal

    def __post_init__(self) -> None:
        if not 0 <= self.rate < math.inf:
            raise BreachkitError(f"A frequency must be 0 or more; got {self.rate}.")

    @property
    def mean(self) -> float:
        """``rate E[X]``."""
        return self.rate * self.severity.mean

    @property
    def variance(self) -> float:
        """``rate E[X²]``."""
        return self.rate * self.severity.second_moment

    @property
    def sd(self) -> float:
        """Standard deviation."""
        return math.sqrt(self.variance)

    @property
    def none(self) -> float:
        """Probability of a year without any event."""
        return math.exp(-self.rate)

    def sample(self, years: int = 100_000, seed: int = 1) -> Array:
        """Draw the losses of ``years`` independent years."""
        generator = stream(seed, "compound")
        events = generator.poisson(self.rate, years)
        step = max(1, int(BLOCK / (self.rate + 1)))
        if step >= years:
            return self._sums(events, generator)
        parts = [self._sums(events[at : at + step], generator) for at in range(0, years, step)]
        return np.concatenate(parts)

    def _sums(self, events: np.ndarray, generator: np.random.Generator) -> Array:
        total = int(events.sum())
        costs = generator.standard_normal(total)
        costs *= self.severity.sigma
        costs += self.severity.mu
        np.exp(costs, out=costs)
        year = np.repeat(np.arange(events.size), events)
        return np.asarray(np.bincount(year, weights=costs, minlength=events.size), dtype=np.float64)

    def exceedance(self, amount: float, years: int = 100_000, seed: int = 1) -> float:
        """Share of years whose losses pass ``amount``, from ``years`` simulated ones."""
        return float(np.mean(self.sample(years, seed) > amount))


def annual_loss(frequency: float, interval: tuple[float, float], level: float = 0.9) -> CompoundPoisson:
    """Describe a year's losses by a frequency and the interval of one event's cost.

    Parameters
    ----------
    frequency
        Expected events a year.
    interval
        Cost of one event: low and high ends of its central interval.
    level
        Probability that the interval holds.

    Examples
    --------
    >>> loss = annual_loss(0.1, (1e5, 1e6))
    >>> round(loss.mean), round(loss.none, 3)
    (40400, 0.905)
    >>> loss.exceedance(500_000) < 0.05
    True
    """
    return CompoundPoisson(frequency, Lognormal.between(*interval, level=level))
