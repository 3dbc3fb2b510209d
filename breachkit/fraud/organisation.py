"""What the leak costs the organisation: item by item, by a log-log model, and as other rules would say."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import polars as pl

from breachkit import facts
from breachkit.fraud.distributions import LogitNormal, Lognormal
from breachkit.fraud.streams import Array, normals, uniforms

ITEMS = ("letters", "emails", "calls", "forensics", "legal", "monitoring", "fine", "claims")


def _items() -> dict[str, dict[str, str]]:
    return {row["id"]: row for row in facts.table("fraud", "organisation").iter_rows(named=True)}


def _number(name: str) -> float:
    return float(_items()[name]["low"])


@dataclasses.dataclass(frozen=True)
class Notified:
    """Who is concerned: ``people``, those ``by_email``; the cap of a fine, if the turnover is known."""

    people: int
    by_email: int
    fine_cap: float = math.inf


def fine_cap(turnover: Mapping[str, float] | None) -> float:
    """Give the cap of GDPR art. 83(4): 10 M EUR or 2 % of the largest turnover given."""
    share = _number("cap_share") * max(turnover.values(), default=0.0) if turnover else 0.0
    return max(_number("cap_amount"), share)


def bottom_up(notified: Notified, claims: Array, seed: int, chunk: int) -> dict[str, Array]:
    """Draw each item in EUR; ``claims`` (take-up times award) comes from its scenario.

    Not counted, for want of a number: lost customers, and what an insurer pays back.
    """
    size = claims.size

    def draw(name: str) -> Array:
        row = _items()[name]
        low, high = float(row["low"]), float(row["high"])
        family = LogitNormal if row["driver"] == "share" else Lognormal
        return family.between(low, high).at(normals(size, seed, "organisation", chunk, name))

    people, some = notified.people, float(notified.people > 0)
    fined = uniforms(size, seed, "organisation", chunk, "fined") < draw("fine_chance")
    return {
        "letters": (people - notified.by_email) * draw("letter"),
        "emails": notified.by_email * draw("email"),
        "calls": people * draw("call_rate") * draw("call_minutes") / 60 * draw("call_wage"),
        "forensics": some * draw("forensics"),
        "legal": some * draw("legal"),
        "monitoring": people * draw("monitor_rate") * draw("monitor_cost"),
        "fine": np.where(fined, some * np.minimum(draw("fine"), notified.fine_cap), 0.0),
        "claims": claims,
    }


def loglog(people: int, size: int, seed: int, chunk: int) -> Array:
    """Draw the cost in EUR of 2014 by ``ln L = a + b ln R + sigma Z``: 5-95 % is its prediction interval."""
    if not people:
        return np.zeros(size)
    mu = _number("loglog_a") + _number("loglog_b") * math.log(people)
    usd = Lognormal(mu, _number("loglog_sigma")).at(normals(size, seed, "organisation", chunk, "loglog"))
    return usd * _number("eur_per_usd")


def mixture(items: Array, model: Array, seed: int, chunk: int) -> Array:
    """Believe each of the two one time in two."""
    return np.where(coin(items.size, seed, chunk), items, model)


def coin(size: int, seed: int, chunk: int) -> npt.NDArray[np.bool_]:
    """Choose the items (true) or the model, one time in two."""
    return uniforms(size, seed, "organisation", chunk, "which model") < 0.5


def in_range(people: int) -> bool:
    """Whether the log-log model was fitted on files of this size."""
    return _number("loglog_low") <= people <= _number("loglog_high")


def comparators(people: int) -> pl.DataFrame:
    """Show what published rules of thumb say for this many records, and whether they may.

    Columns: ``id, fr, en, cost, currency, in_range`` (null: no range published), ``verified, grade, source``.
    They are shown because they disagree, a hundredfold, on the same input; none enters a result.
    """
    rows = []
    for row in facts.table("fraud", "comparators").iter_rows(named=True):
        cost = _rule(row["form"], float(row["a"]), float(row["b"]), people)
        inside = float(row["low"]) <= people <= float(row["high"]) if row["low"] else None
        rows.append({"id": row["id"], "fr": row["fr"], "en": row["en"], "cost": cost, "in_range": inside} | {
            name: row[name] for name in ("currency", "verified", "grade", "source")
        })  # fmt: skip
    order = ("id", "fr", "en", "cost", "currency", "in_range", "verified", "grade", "source")
    return pl.DataFrame(rows, infer_schema_length=None).select(order)


def _rule(form: str, a: float, b: float, people: int) -> float:
    if form == "loglog":
        return math.exp(a + b * math.log(people)) if people else 0.0
    return a + b * people if people else 0.0
