"""The server and its safeguards as rows that an auditor can rewrite."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from breachkit.errors import BreachkitError
from breachkit.facts import GRADES, document, table, user_document
from breachkit.locale import Language, say

ELEMENTS = ("columns", "intelligibility", "stock", "public_hazard", "private_hazard", "detection")
NUMBERS = ("days", "initial_stock", "persistence", "correlation", "apply_scope")
RANGES = ("public_hazard", "private_hazard", "detection")


@dataclasses.dataclass(frozen=True)
class Range:
    """A positive number known to a 5 % to 95 % range."""

    low: float
    high: float
    unit: str = ""


@dataclasses.dataclass(frozen=True)
class Server:
    """The server over time, see ``server.yaml`` for the meaning of each number."""

    id: str
    label: Mapping[str, str]
    days: int
    initial_stock: float
    persistence: float
    correlation: float
    apply_scope: bool
    public_hazard: Range
    private_hazard: Range
    detection: Range


@dataclasses.dataclass(frozen=True)
class Safeguard:
    """What would have undone one failing: it edits one element of the server."""

    id: str
    undoes: str
    element: str
    label: Mapping[str, str]
    article: str
    left: Range | None
    dwell: Range | None
    works: float
    source: str
    grade: str

    def name(self, lang: Language) -> str:
        """Name the safeguard."""
        return self.label[lang]

    def failing(self, lang: Language) -> str:
        """Name the failing that it undoes: the case's own words, or the id that one's own file gives."""
        key = f"failing_{self.undoes}"
        return say("whatif", key, lang) if key in _known_failings() else self.undoes


@cache
def _known_failings() -> frozenset[str]:
    return frozenset(row["key"] for row in table("whatif", "messages").iter_rows(named=True))


def load_server(given: str | Path | Mapping[str, Any] | None = None) -> Server:
    """Read a server: the shipped one, a YAML file, or a mapping.

    Raises
    ------
    BreachkitError
        With file and field, for a missing or impossible number.

    Examples
    --------
    >>> load_server().days
    541
    """
    rows, name = _rows(given, "server")
    numbers = {field: _number(rows, field, name) for field in NUMBERS}
    ranges = {field: _range(_part(rows, field, name), f"{name}, field {field!r}") for field in RANGES}
    if numbers["days"] < 1 or numbers["days"] > 5_000:
        raise BreachkitError(f"{name}, field 'days': {numbers['days']:g}.", hint="Give 1 to 5,000 days.")
    for field in ("initial_stock", "persistence", "correlation"):
        if not 0 <= numbers[field] <= 1:
            raise BreachkitError(f"{name}, field {field!r}: {numbers[field]:g}.", hint="Give 0 to 1.")
    return Server(
        id=str(rows.get("id", "server")),
        label={lang: str(rows.get(lang, rows.get("id", "server"))) for lang in ("fr", "en")},
        days=int(numbers["days"]),
        initial_stock=numbers["initial_stock"],
        persistence=numbers["persistence"],
        correlation=numbers["correlation"],
        apply_scope=bool(numbers["apply_scope"]),
        **ranges,
    )


def load_safeguards(given: str | Path | Mapping[str, Any] | None = None) -> tuple[Safeguard, ...]:
    """Read the safeguards: the six shipped, a YAML file, or a mapping with ``safeguards``.

    Raises
    ------
    BreachkitError
        With file, row and field, for an unknown element, an empty source, a missing grade, a bad range.

    Examples
    --------
    >>> len(load_safeguards())
    6
    """
    document_, name = _rows(given, "safeguards")
    rows = document_.get("safeguards")
    if not isinstance(rows, list) or not 1 <= len(rows) <= 8:
        raise BreachkitError(
            f"{name}, field 'safeguards': not a list of 1 to 8 rows.", hint="Copy the shipped file."
        )
    found = tuple(_safeguard(row, f"{name}, row {at}") for at, row in enumerate(rows, start=1))
    for field in ("id", "element"):
        values = [getattr(one, field) for one in found]
        if len(set(values)) < len(values):
            raise BreachkitError(
                f"{name}, field {field!r}: a value stands twice.", hint="One row per element."
            )
    return found


def _safeguard(row: Any, where: str) -> Safeguard:
    if not isinstance(row, Mapping):
        raise BreachkitError(f"{where}: not a mapping.", hint="Copy a row of the shipped file.")
    for field in ("id", "undoes", "fr", "en", "article", "source"):
        if not row.get(field):
            raise BreachkitError(f"{where}, field {field!r}: missing.", hint="Every safeguard needs it.")
    for field, allowed in (("element", ELEMENTS), ("grade", GRADES)):
        if row.get(field) not in allowed:
            error = BreachkitError.unknown(field, row.get(field), allowed)
            raise BreachkitError(f"{where}, field {field!r}: {error.message}", hint=error.hint)
    shares = {field: _share(row, field, where) for field in ("coverage", "reliability")}
    left = row.get("left")
    if left is None and row["element"] != "columns":
        raise BreachkitError(f"{where}, field 'left': missing.", hint="Give low, high and unit.")
    return Safeguard(
        id=row["id"],
        undoes=row["undoes"],
        element=row["element"],
        label={"fr": row["fr"], "en": row["en"]},
        article=str(row["article"]),
        left=None if left is None else _range(left, f"{where}, field 'left'"),
        dwell=None if row.get("dwell") is None else _range(row["dwell"], f"{where}, field 'dwell'"),
        works=shares["coverage"] * shares["reliability"],
        source=row["source"],
        grade=row["grade"],
    )


def _rows(given: str | Path | Mapping[str, Any] | None, shipped: str) -> tuple[Mapping[str, Any], str]:
    if given is None:
        return document("whatif", shipped), f"{shipped}.yaml"
    if isinstance(given, Mapping):
        return given, shipped
    rows = user_document(Path(given))
    if not isinstance(rows, Mapping):
        raise BreachkitError(f"{Path(given).name}: not a mapping.", hint="Copy the shipped file and edit it.")
    return rows, Path(given).name


def _part(rows: Mapping[str, Any], field: str, name: str) -> Mapping[str, Any]:
    part = rows.get(field)
    if not isinstance(part, Mapping):
        raise BreachkitError(f"{name}, field {field!r}: missing.", hint="Copy the shipped file and edit it.")
    if not part.get("source") or part.get("grade") not in GRADES:
        raise BreachkitError(f"{name}, field {field!r}: no source or grade.", hint="Grades: A, B, C.")
    return part


def _number(rows: Mapping[str, Any], field: str, name: str) -> float:
    value = _part(rows, field, name).get("value")
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise BreachkitError(
            f"{name}, field {field!r}: {value!r} is not a number from 0.", hint="Give `value`."
        )
    return float(value)


def _share(row: Mapping[str, Any], field: str, where: str) -> float:
    value = row.get(field, 1.0)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise BreachkitError(f"{where}, field {field!r}: {value!r}.", hint="Give a share from 0 to 1.")
    return float(value)


def _range(part: Any, where: str) -> Range:
    low, high = (part.get(end) if isinstance(part, Mapping) else None for end in ("low", "high"))
    for end in (low, high):
        if isinstance(end, bool) or not isinstance(end, int | float) or end <= 0:
            raise BreachkitError(f"{where}: low and high must be above 0; found {low!r} and {high!r}.")
    if low > high:  # type: ignore[operator]
        raise BreachkitError(f"{where}: the 5 % end ({low:g}) is above the 95 % end ({high:g}).")
    return Range(float(low), float(high), str(part.get("unit", "")))  # type: ignore[arg-type]
