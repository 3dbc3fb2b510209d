"""The scenario book: what each fraud needs, how likely, how costly, who bears it, what cuts it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from breachkit import facts
from breachkit.errors import BreachkitError
from breachkit.fraud.formula import Formula, parse
from breachkit.fraud.numbers import Evidence, Place, Range, amount, probability
from breachkit.fraud.rows import Cut, Scenario, Tier, read_scenario
from breachkit.locale import Language

SHIPPED = "fraud/scenarios.yaml"
CHANGE_SCHEMA = pl.Schema({"row": pl.String, "field": pl.String, "shipped": pl.Float64, "used": pl.Float64})
__all__ = ["Cut", "Scenario", "ScenarioBook", "Tier", "load"]


@dataclasses.dataclass(frozen=True, eq=False)
class ScenarioBook:
    """Scenarios and the model's own numbers, validated.

    ``changed`` lists every number that differs from the shipped book (``row, field, shipped, used``,
    null where one of the two has none).
    """

    scenarios: tuple[Scenario, ...]
    aliases: Mapping[str, Formula]
    sensitive_level: int
    sensitive_categories: tuple[str, ...]
    model: Mapping[str, Range]
    numbers: Mapping[tuple[str, str], float]
    origin: str

    def __repr__(self) -> str:
        return f"ScenarioBook({len(self.scenarios)} scenarios from {self.origin})"

    def __getitem__(self, scenario: str) -> Scenario:
        """Find one scenario by its id."""
        for candidate in self.scenarios:
            if candidate.id == scenario:
                return candidate
        raise BreachkitError.unknown("scenario", scenario, [row.id for row in self.scenarios])

    def value(self, name: str) -> float:
        """Give one of the model's fixed numbers."""
        return self.model[name].low

    def leaves(self, formula: Formula) -> Formula:
        """Spell a formula out over attributes, categories, ``sensitive`` and ``any``."""
        return formula.expand(self.aliases)

    @property
    def changed(self) -> pl.DataFrame:
        """Numbers that differ from the shipped ones."""
        shipped = _shipped().numbers
        keys = [key for key in {**shipped, **self.numbers} if shipped.get(key) != self.numbers.get(key)]
        rows = [(*key, shipped.get(key), self.numbers.get(key)) for key in keys]
        return pl.DataFrame(rows, schema=CHANGE_SCHEMA, orient="row")

    def to_frame(self, lang: Language = "fr") -> pl.DataFrame:
        """Give one row per number: row, field, low, high, grade, source, licence."""
        return pl.DataFrame(
            [
                (row.label[lang], field, number.low, number.high, *dataclasses.astuple(number.evidence))
                for row in self.scenarios
                for field, number in row.ranges().items()
            ],
            schema=["scenario", "field", "low", "high", "source", "licence", "grade"],
            orient="row",
        ).select("scenario", "field", "low", "high", "grade", "source", "licence")


def load(source: object = None) -> ScenarioBook:
    """Read a scenario book.

    Parameters
    ----------
    source
        ``None`` for the shipped twelve; a path to an edited copy; a mapping with the same fields; or a
        list of ids, to keep only these of the shipped ones.

    Raises
    ------
    BreachkitError
        For a bad row: the message names file, row and field.

    Examples
    --------
    >>> book = load()
    >>> len(book.scenarios), book.changed.height
    (12, 0)
    >>> book["extortion"].label["en"]
    'Extortion over an illness'
    """
    match source:
        case ScenarioBook():
            return source
        case None:
            return _shipped()
        case Mapping():
            return _read(source, "scenarios")
        case str() | Path():
            return _read(facts.user_document(Path(source)), str(source))
        case Sequence() if all(isinstance(name, str) for name in source):
            book = _shipped()
            return dataclasses.replace(book, scenarios=tuple(book[name] for name in source))
    raise BreachkitError("Scenarios come as a path, a mapping or a list of ids.")


@cache
def _shipped() -> ScenarioBook:
    return _read(facts.document("fraud", "scenarios"), SHIPPED)


def _read(document: object, file: str) -> ScenarioBook:
    top = Place(file).mapping(document)
    for field in ("names", "sensitive", "model", "scenarios"):
        if field not in top:
            raise Place(file, field=field).error("this part is missing.", "Start from the shipped file.")
    aliases = _aliases(top["names"], file)
    level, categories = _sensitive(top["sensitive"], file)
    known = {*known_names(), *aliases}
    rows = _rows(top["scenarios"], Place(file, field="scenarios"))
    scenarios = tuple(read_scenario(row, _row_place(file, at, row), known) for at, row in enumerate(rows, 1))
    _unique([row.id for row in scenarios], file)
    model = _model(top["model"], file)
    missing = set(_shipped().model if file != SHIPPED else ()) - set(model)
    if missing:
        raise Place(file, field="model").error(f"missing: {', '.join(sorted(missing))}.")
    numbers = {(row.id, field): number for row in scenarios for field, number in row.numbers().items()} | {
        (f"model {name}", field): n for name, item in model.items() for field, n in item.numbers().items()
    }
    numbers["sensitive", "level"] = level
    return ScenarioBook(scenarios, aliases, level, categories, model, numbers, file)


def known_names() -> frozenset[str]:
    """Names a formula may use: attributes, categories and contexts of the taxonomy, and four more."""
    tables = ("attributes", "categories", "contexts")
    ids = {row for name in tables for row in facts.table("taxonomy", name)["id"]}
    return frozenset(ids | {"sensitive", "any", "guessable_password", "laboratory"})


def _row_place(file: str, at: int, row: object) -> Place:
    name = row.get("id", "?") if isinstance(row, Mapping) else "?"
    return Place(file, f"scenario {at} ({name})")


def _rows(value: object, place: Place) -> list[Mapping[str, Any]]:
    if not isinstance(value, list) or not value:
        raise place.error("a list of rows is needed here.")
    return [Place(place.file, f"row {at}", place.field).mapping(row) for at, row in enumerate(value, 1)]


def _unique(ids: list[str], file: str) -> None:
    twice = sorted({name for name in ids if ids.count(name) > 1})
    if twice:
        raise Place(file, field="id").error(f"used twice: {', '.join(twice)}.")


def _aliases(value: object, file: str) -> dict[str, Formula]:
    place = Place(file, field="names")
    known, aliases = known_names(), dict[str, Formula]()
    for name, text in place.mapping(value).items():
        formula = parse(text, f"{file}, names, field {name}")
        unknown = sorted(formula.names() - known - set(aliases))
        if unknown:
            raise place.at(str(name)).error(f"unknown name {unknown[0]!r}.")
        aliases[str(name)] = formula.expand(aliases)
    return aliases


def _sensitive(value: object, file: str) -> tuple[int, tuple[str, ...]]:
    place = Place(file, field="sensitive")
    row = place.mapping(value)
    Evidence.read(row, place)
    level = place.at("level").number(row.get("level"))
    if level not in range(1, 8):
        raise place.at("level").error("a status level is a whole number from 1 to 7.")
    categories = row.get("categories")
    if not isinstance(categories, list):
        raise place.at("categories").error("a list of categories is needed here.")
    known = set(facts.table("taxonomy", "categories")["id"])
    unknown = [name for name in categories if name not in known]
    if unknown:
        raise place.at("categories").error(f"unknown category {unknown[0]!r}.")
    return int(level), tuple(categories)


_SHARES = {"rho", "loss_rho", "award_rho", "blocking_effect"}


def _model(value: object, file: str) -> dict[str, Range]:
    model: dict[str, Range] = {}
    for at, row in enumerate(_rows(value, Place(file, field="model")), 1):
        place = Place(file, f"model row {at} ({row.get('id', '?')})")
        if "value" in row:
            number = place.at("value").number(row["value"])
            if number < 0 or (row.get("id") in _SHARES and number > 1):
                raise place.at("value").error(f"out of range: {number:g}.")
            model[str(row.get("id"))] = Range(number, number, Evidence.read(row, place))
        else:
            read = probability if row.get("id") in _SHARES else amount
            model[str(row.get("id"))] = read(row, place)
    return model
