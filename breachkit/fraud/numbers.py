"""A number of the scenario book: its range, its source, its grade; and what is wrong with a bad one."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from typing import Any

from breachkit.errors import BreachkitError
from breachkit.facts import GRADES
from breachkit.fraud.distributions import BetaCounts, LogitNormal, Lognormal


@dataclasses.dataclass(frozen=True)
class Place:
    """Where a number stands: file, row, field. Every error says it."""

    file: str
    row: str = ""
    field: str = ""

    def at(self, field: str) -> Place:
        """Go one field deeper."""
        return dataclasses.replace(self, field=f"{self.field}.{field}" if self.field else field)

    def error(self, problem: str, hint: str = "") -> BreachkitError:
        """Build the error that names this place."""
        parts = [self.file, self.row, f"field {self.field}" if self.field else ""]
        return BreachkitError(f"{', '.join(part for part in parts if part)}: {problem}", hint=hint)

    def mapping(self, value: object) -> Mapping[str, Any]:
        """Insist on a mapping."""
        if not isinstance(value, Mapping):
            raise self.error("this must be a mapping of fields.")
        return value

    def number(self, value: object) -> float:
        """Insist on a finite number; YAML reads ``1e-5`` as text, so text is tried too."""
        try:
            if isinstance(value, bool):
                raise TypeError
            number = float(value)  # type: ignore[arg-type]
        except (TypeError, ValueError):
            raise self.error("a number is missing here.", "Write for example 0.001.") from None
        if not math.isfinite(number):
            raise self.error("the number is not finite.")
        return number


@dataclasses.dataclass(frozen=True)
class Evidence:
    """Where a number comes from, what it may be used for, how good it is (A, B or C)."""

    source: str
    licence: str
    grade: str

    @classmethod
    def read(cls, row: Mapping[str, Any], place: Place) -> Evidence:
        """Read the three; each must be there."""
        for field in ("source", "licence", "grade"):
            if not str(row.get(field) or "").strip():
                raise place.at(field).error("every number needs it.", "Grades: A, B, C.")
        if row["grade"] not in GRADES:
            raise place.at("grade").error("unknown grade.", f"Grades: {', '.join(GRADES)}.")
        return cls(str(row["source"]), str(row["licence"]), str(row["grade"]))


@dataclasses.dataclass(frozen=True)
class Range:
    """A 5 % to 95 % interval, or counts ``k`` among ``n``, with its evidence."""

    low: float
    high: float
    evidence: Evidence
    k: float | None = None
    n: float | None = None

    @property
    def rate(self) -> LogitNormal | BetaCounts:
        """The uncertain probability."""
        if self.k is not None and self.n is not None:
            return BetaCounts(self.k, self.n)
        return LogitNormal.between(self.low, self.high)

    @property
    def amount(self) -> Lognormal:
        """The uncertain amount."""
        return Lognormal.between(self.low, self.high)

    def numbers(self) -> dict[str, float]:
        """The bare numbers, by field."""
        if self.k is not None and self.n is not None:
            return {"k": self.k, "n": self.n}
        return {"low": self.low, "high": self.high}


def probability(value: object, place: Place) -> Range:
    """Read a probability: ``low`` and ``high`` strictly inside 0..1, or ``k`` among ``n``."""
    row = place.mapping(value)
    if "k" in row or "n" in row:
        k, n = (place.at(field).number(row.get(field)) for field in ("k", "n"))
        if not 0 <= k <= n or n == 0:
            raise place.at("k").error("counts need 0 <= k <= n and n above 0.")
        low, high = (float(q) for q in BetaCounts(k, n).quantile([0.05, 0.95]))
        return Range(low, high, Evidence.read(row, place), k, n)
    low, high = _ordered(row, place)
    for field, bound in (("low", low), ("high", high)):
        if not 0 < bound < 1:
            raise place.at(field).error(f"a probability lies above 0 and below 1; this is {bound:g}.")
    return Range(low, high, Evidence.read(row, place))


def amount(value: object, place: Place) -> Range:
    """Read an amount: ``low`` and ``high`` above 0."""
    row = place.mapping(value)
    low, high = _ordered(row, place)
    for field, bound in (("low", low), ("high", high)):
        if bound <= 0:
            raise place.at(field).error(f"an amount is above 0; this is {bound:g}.")
    return Range(low, high, Evidence.read(row, place))


def _ordered(row: Mapping[str, Any], place: Place) -> tuple[float, float]:
    low, high = (place.at(field).number(row.get(field)) for field in ("low", "high"))
    if low > high:
        raise place.at("low").error(f"the 5 % value {low:g} is above the 95 % value {high:g}.")
    return low, high
