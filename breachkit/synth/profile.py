"""Profiles: what a synthetic leak looks like, as YAML; checked before anything is drawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from breachkit.errors import BreachkitError
from breachkit.facts import document, user_document

SHIPPED = ("leak-2021", "lab-full", "national")
TABLES = ("patients", "visits", "prescriptions", "acts", "results")


@dataclass(frozen=True, eq=False)
class Profile:
    """One kind of leak: its tables, its rates, its places, ages, households."""

    name: str
    tables: tuple[str, ...]
    reference_date: dt.date
    rates: Mapping[str, float]
    departments: Mapping[str, float]
    laboratories: int
    prescribers: int
    samplers: int
    ages: Mapping[int, float]
    visit_years: Mapping[int, float]
    households: tuple[tuple[str, float], ...]
    married_name: Mapping[int, float]
    padding: int = 0


def profiles() -> tuple[str, ...]:
    """Names of the shipped profiles."""
    return SHIPPED


def load(profile: str | Path) -> Profile:
    """Load a shipped profile by name, or a profile file by its path.

    Raises
    ------
    BreachkitError
        If the name is unknown, a field is missing or unknown, a value has no source, a rate is
        not in 0..1.
    """
    if isinstance(profile, str) and profile in SHIPPED:
        return _shipped(profile)
    path = Path(profile)
    if path.suffix in (".yaml", ".yml"):
        return build(_inherit(user_document(path)), str(path))
    raise BreachkitError.unknown("profile", profile, SHIPPED)


@cache
def _shipped(name: str) -> Profile:
    return build(_inherit(document("synth", f"profiles/{name}")), name)


def _inherit(given: Any) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise BreachkitError("A profile is a YAML mapping.", hint="Start from the shipped leak-2021.yaml.")
    parent = given.get("extends")
    if parent is None:
        return given
    if parent not in SHIPPED:
        raise BreachkitError.unknown("profile in 'extends'", parent, SHIPPED)
    base = _inherit(document("synth", f"profiles/{parent}"))
    merged = base | {key: value for key, value in given.items() if key != "extends"}
    merged["rates"] = base.get("rates", {}) | (given.get("rates") or {})
    return merged


def build(raw: Mapping[str, Any], where: str) -> Profile:
    """Check one profile document, field by field."""
    required = (*FIELDS, "name", "tables", "rates", "households")
    for key in raw:
        if key not in (*required, "about", "padding"):
            raise BreachkitError.unknown(f"field in profile {where}", key, required)
    for key in required:
        if key not in raw:
            raise BreachkitError(f"Profile {where}: {key} is missing.")
    for table in raw["tables"]:
        if table not in TABLES:
            raise BreachkitError.unknown(f"table in profile {where}", table, TABLES)
    rates = {key: _rate(where, key, value) for key, value in raw["rates"].items()}
    known = _shipped("leak-2021").rates if where != "leak-2021" else rates
    for key in rates:
        if key not in known:
            raise BreachkitError.unknown(f"column or rate in profile {where}", key, known)
    fields = {key: _sourced(where, key, raw[key]) for key in FIELDS}
    for key in ("laboratories", "prescribers", "samplers"):
        if isinstance(fields[key], bool) or not isinstance(fields[key], int) or fields[key] < 1:
            raise BreachkitError(f"Profile {where}: {key} must be a whole number of at least 1.")
    for key in ("departments", "ages", "visit_years", "married_name"):
        for label, share in fields[key].items():
            _in_range(where, f"{key}.{label}", share)
    houses = _sourced(where, "households", raw["households"])
    return Profile(
        name=str(raw["name"]),
        tables=tuple(raw["tables"]),
        rates=rates,
        households=tuple((house["places"], float(house["weight"])) for house in houses),
        padding=_count(where, "padding", raw.get("padding", 0)),
        **fields,
    )


FIELDS = (
    "reference_date",
    "departments",
    "laboratories",
    "prescribers",
    "samplers",
    "ages",
    "visit_years",
    "married_name",
)


def _sourced(where: str, key: str, entry: Any) -> Any:
    if not isinstance(entry, Mapping) or not {"value", "source", "licence", "grade"} <= set(entry):
        raise BreachkitError(
            f"Profile {where}: {key} needs value, source, licence and grade.",
            hint="Write source: assumption where there is none.",
        )
    return entry["value"]


def _rate(where: str, key: str, entry: Any) -> float:
    return _in_range(where, f"rates.{key}", _sourced(where, f"rates.{key}", entry))


def _in_range(where: str, key: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise BreachkitError(f"Profile {where}: {key} must be a share between 0 and 1.")
    return float(value)


def _count(where: str, key: str, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 500:
        raise BreachkitError(f"Profile {where}: {key} must be a whole number between 0 and 500.")
    return value


def directory() -> Path:
    """Where the shipped profiles lie (to copy one)."""
    return Path(str(files("breachkit") / "synth" / "profiles"))
