"""What V victims lose together: the first 200 drawn one by one, the others as one Gamma amount."""

from __future__ import annotations

import dataclasses
import math

import numpy as np

from breachkit.fraud.distributions import Lognormal, common_factor
from breachkit.fraud.streams import Array, normals, stream, uniforms

ONE_BY_ONE = 200
BLOCK = 25


@dataclasses.dataclass(frozen=True)
class CommonLosses:
    """The same losses for every run: victim j of simulation i always loses the same.

    So a sum over more victims is never smaller. ``X = exp(mu + sigma (sqrt(rho) Y + sqrt(1 - rho) e))``:
    ``Y`` is shared by the victims of a simulation (we are unsure what such a fraud costs), ``e`` is each
    victim's own. Beyond 200 victims the rest follows a Gamma with the same mean and variance (at 200
    lognormal losses the sum is near enough: mean and variance are exact, the skew is a little low).
    """

    loss: Lognormal
    rho: float
    size: int
    seed: int
    name: tuple[object, ...]

    @property
    def level(self) -> Array:
        """The shared ``Y`` of each simulation."""
        return normals(self.size, self.seed, *self.name, "level")

    def total(self, victims: Array) -> Array:
        """Give the sum lost by ``victims`` people, simulation by simulation."""
        own = self.loss.sigma * math.sqrt(1 - self.rho)
        sums = np.zeros(self.size)
        for start in range(0, ONE_BY_ONE, BLOCK):
            active = np.flatnonzero(victims > start)
            if not active.size:
                break
            draws = self._block(start)[:, active] * np.float32(own)
            np.exp(draws, out=draws)
            np.cumsum(draws, axis=0, out=draws)
            last = np.minimum(victims[active] - start, BLOCK).astype(int) - 1
            sums[active] += draws[last, np.arange(active.size)]
        many = np.flatnonzero(victims > ONE_BY_ONE)
        if many.size:
            sums[many] += self._rest(victims[many] - ONE_BY_ONE, own, many)
        shared = self.loss.mu + common_factor(self.loss.sigma * self.level, 0.0, self.rho)
        return sums * np.exp(shared)

    def _block(self, start: int) -> np.ndarray:
        generator = stream(self.seed, *self.name, "own", start)
        return generator.standard_normal((BLOCK, self.size), dtype=np.float32)

    def _rest(self, victims: Array, own: float, where: np.ndarray) -> Array:
        from scipy.special import gammaincinv

        one = Lognormal(0.0, own)
        if one.variance == 0:
            return victims * one.mean
        scale = one.variance / one.mean
        u = uniforms(self.size, self.seed, *self.name, "rest")[where]
        return np.asarray(gammaincinv(victims * one.mean / scale, u) * scale)
