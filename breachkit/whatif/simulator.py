"""The server over time: files arrive and stay, intruders come by two paths, somebody closes it."""

from __future__ import annotations

import dataclasses
from functools import cached_property

import numpy as np
import numpy.typing as npt

from breachkit.fraud.streams import stream
from breachkit.whatif.description import Range, Safeguard, Server

Array = npt.NDArray[np.float64]
Z95 = 1.6448536269514722


@dataclasses.dataclass(frozen=True)
class Simulator:
    """Histories of one server, the same luck whatever safeguards are on (common random numbers).

    A day is the grain. On each path (public, private) an attempt comes with a daily hazard; it succeeds
    unless a safeguard stops it. The server is closed a detection time after the first *attempt*, whether it
    succeeded or not, so that stopping attempts never delays the alarm. An intrusion takes the files
    present that day; a
    persistent intruder comes back every day until the server is closed. In every single history a safeguard
    can only shrink the set of stolen files.

    Parameters
    ----------
    server, safeguards
        What is simulated.
    simulations, seed
        How many histories; the same seed gives the same ones.
    """

    server: Server
    safeguards: tuple[Safeguard, ...]
    simulations: int = 2_000
    seed: int = 1

    def stolen(self, on: frozenset[str]) -> Array:
        """Share of the files ever on the server that were taken, per history; ``on``: safeguards in place."""
        taken, _ = self._taken(on)
        arriving = (1 - self.server.initial_stock) * taken.mean(axis=1)
        return np.asarray(arriving + self.server.initial_stock * taken[:, 0], dtype=np.float64)

    def course(self, on: frozenset[str]) -> tuple[Array, Array, Array]:
        """Give, per day, mean shares: files present, readable files taken so far, servers still open."""
        day = np.arange(self.server.days)
        taken, following = self._taken(on)
        arrives = np.full(self.server.days, (1 - self.server.initial_stock) / self.server.days)
        arrives[0] += self.server.initial_stock
        taken &= self.readable(on)[:, None]
        weight = np.broadcast_to(arrives, taken.shape)[taken]
        stolen = np.bincount(following[taken], weights=weight, minlength=self.server.days) / self.simulations
        leaves = np.zeros((self.simulations, self.server.days + 1))
        last = np.minimum(day[None, :] + np.floor(self._retention(on))[:, None] + 1, self.server.days).astype(
            int
        )
        np.add.at(leaves, (np.arange(self.simulations)[:, None], last), arrives[None, :])
        present = np.cumsum(arrives)[None, :] - np.cumsum(leaves, axis=1)[:, :-1]
        still = day[None, :] < self._closed(on)[:, None]
        return (present * still).mean(axis=0), np.cumsum(stolen), still.mean(axis=0)

    def _closed(self, on: frozenset[str]) -> Array:
        ends = [first + self._days(on, path) for path, first in self._first.items()]
        return np.asarray(np.minimum.reduce(ends), dtype=np.float64)

    def _taken(self, on: frozenset[str]) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.int64]]:
        """Whether the files that arrive on each day are taken, and on which day they would be."""
        day = np.arange(self.server.days)
        success = self._success(on) & (day[None, :] < self._closed(on)[:, None])
        following = np.where(success, day, 10 * self.server.days)
        following = np.minimum.accumulate(following[:, ::-1], axis=1)[:, ::-1]
        return (following - day[None, :]) <= self._retention(on)[:, None], following

    def readable(self, on: frozenset[str]) -> npt.NDArray[np.bool_]:
        """Whether what was taken can be read, per history."""
        one = self._of("intelligibility")
        if one is None or one.id not in on:
            return np.ones(self.simulations, dtype=bool)
        return ~self._works(one) | (self._uniform("key") < np.minimum(self._left(one, one.left), 1.0))

    def minimised(self, on: frozenset[str]) -> npt.NDArray[np.bool_]:
        """Whether only what was needed had been extracted, per history."""
        one = self._of("columns")
        return (
            self._works(one) if one is not None and one.id in on else np.zeros(self.simulations, dtype=bool)
        )

    def days_to_closing(self, on: frozenset[str]) -> Array:
        """Days from the first attempt to the closing of the server, per history (NaN if nobody tried)."""
        first = np.minimum(self._first["public_hazard"], self._first["private_hazard"])
        closed = np.minimum(self._closed(on), self.server.days)
        return np.where(first < self.server.days, closed - first, np.nan)

    @cached_property
    def _first(self) -> dict[str, Array]:
        return {path: _first_true(tries) for path, tries in self._attempts.items()}

    @cached_property
    def _attempts(self) -> dict[str, npt.NDArray[np.bool_]]:
        tries = {}
        for path, hazard in (
            ("public_hazard", self.server.public_hazard),
            ("private_hazard", self.server.private_hazard),
        ):
            rate = 1 - np.exp(-_draw(hazard, self._normal(path)))
            tries[path] = self._grid(f"{path} attempts") < rate[:, None]
        return tries

    def _success(self, on: frozenset[str]) -> npt.NDArray[np.bool_]:
        won = np.zeros((self.simulations, self.server.days), dtype=bool)
        for path, tries in self._attempts.items():
            one = self._of(path)
            if one is None or one.id not in on:
                won |= tries
                continue
            passes = np.where(self._works(one), np.minimum(self._left(one, one.left), 1.0), 1.0)
            won |= tries & (self._grid(f"{path} luck") < passes[:, None])
        persistent = self._uniform("persistence") < self.server.persistence
        return np.where(persistent[:, None], np.logical_or.accumulate(won, axis=1), won)

    def _days(self, on: frozenset[str], path: str) -> Array:
        """Time from the first attempt on a path to closing."""
        days = _draw(self.server.detection, self._normal("detection"))
        watch = self._of("detection")
        if watch is not None and watch.id in on:
            days = np.where(self._works(watch), np.minimum(self._left(watch, watch.left), days), days)
        named = self._of(path)
        if named is not None and named.id in on and named.dwell is not None:
            days = days * np.where(self._works(named), np.minimum(self._left(named, named.dwell), 1.0), 1.0)
        return days

    def _retention(self, on: frozenset[str]) -> Array:
        one = self._of("stock")
        forever = np.full(self.simulations, float(self.server.days))
        if one is None or one.id not in on:
            return forever
        return np.where(self._works(one), np.minimum(self._left(one, one.left), forever), forever)

    def _of(self, element: str) -> Safeguard | None:
        return next((one for one in self.safeguards if one.element == element), None)

    def _works(self, one: Safeguard) -> npt.NDArray[np.bool_]:
        return self._uniform(f"works {one.element}") < one.works

    def _left(self, one: Safeguard, left: Range | None) -> Array:
        if left is None:
            return np.zeros(self.simulations)
        shared = self._normal("common error")
        rho = self.server.correlation
        return _draw(left, rho**0.5 * shared + (1 - rho) ** 0.5 * self._normal(f"left {one.element}"))

    def _uniform(self, name: str) -> Array:
        return stream(self.seed, "whatif", name).random(self.simulations)

    def _normal(self, name: str) -> Array:
        return stream(self.seed, "whatif", name, "normal").standard_normal(self.simulations)

    def _grid(self, name: str) -> npt.NDArray[np.float32]:
        return stream(self.seed, "whatif", name).random(
            (self.simulations, self.server.days), dtype=np.float32
        )


def _draw(given: Range, normal: Array) -> Array:
    middle, spread = np.log(given.low * given.high) / 2, np.log(given.high / given.low) / (2 * Z95)
    return np.asarray(np.exp(middle + spread * normal), dtype=np.float64)


def _first_true(tries: npt.NDArray[np.bool_]) -> Array:
    return np.where(tries.any(axis=1), tries.argmax(axis=1), np.inf).astype(np.float64)
