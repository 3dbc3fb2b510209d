"""Human decisions: read from a file, a mapping or a map; kept over anything the tool finds."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from breachkit import taxonomy
from breachkit.classify.dictionary import MOST, left_aside
from breachkit.classify.entries import DECIDED, listed, must_fit, place_of
from breachkit.classify.fieldmap import FieldMap, article_of, field_frame
from breachkit.classify.telling import HUMAN
from breachkit.errors import BreachkitError


class Decision(NamedTuple):
    """What a person decided of one column; ``table`` "" means any table, ``None`` leaves a thing alone."""

    table: str
    column: str
    attribute: str | None
    subject: str | None = None
    categories: tuple[str, ...] | None = None


def decisions_of(source: Any) -> list[Decision]:
    """Read decisions from ``None``, a path, a `FieldMap` or a mapping.

    A mapping is ``{"column": "attribute"}``, ``{"table.column": {...}}`` or ``{"table": {"column": ...}}``;
    each ``{...}`` may hold ``attribute``, ``subject``, ``categories``.

    Examples
    --------
    >>> decisions_of({"xk7": "login"})
    [Decision(table='', column='xk7', attribute='login', subject=None, categories=None)]
    """
    if source is None:
        return []
    if isinstance(source, FieldMap):
        return _of_frame(source.fields)
    if isinstance(source, str | os.PathLike):
        from breachkit.classify.mapfile import read_map

        return _of_frame(read_map(Path(source)).fields)
    if isinstance(source, Mapping):
        return [decision for key, value in source.items() for decision in _of_item(str(key), value)]
    raise BreachkitError(
        f"Decisions cannot be a {type(source).__name__}.", hint="Pass a path, a mapping or a FieldMap."
    )


def _of_frame(fields: pl.DataFrame) -> list[Decision]:
    rows = fields.filter(pl.col("decided_by") == HUMAN).iter_rows(named=True)
    return [
        Decision(row["table"], row["column"], row["attribute"], row["subject"], tuple(row["categories"]))
        for row in rows
    ]


def _of_item(key: str, value: Any, table: str | None = None) -> list[Decision]:
    if value is None or isinstance(value, str):
        return [checked(Decision(table or "", key, value))]
    place = place_of(table or "", key)
    if not isinstance(value, Mapping):
        raise BreachkitError(
            f"The decision for {place} is neither an attribute nor a mapping.",
            hint="Give an attribute, or a mapping of attribute, subject, categories.",
        )
    if set(value) <= DECIDED.keys():
        must_fit(value, DECIDED, place)
        given = value.get("categories")
        chosen = None if given is None else listed(given)
        return [checked(Decision(table or "", key, value.get("attribute"), value.get("subject"), chosen))]
    if table is not None:
        raise BreachkitError(
            f"The decision for {place} has keys other than {', '.join(DECIDED)}.",
            hint="Nest no deeper than table, column, decision.",
        )
    return [inner for column, item in value.items() for inner in _of_item(str(column), item, key)]


def checked(decision: Decision, source: str = "") -> Decision:
    """Give a decision back if all it names is in the taxonomy; ``source`` begins the message if not."""
    place = source + place_of(decision.table, decision.column)
    subjects = taxonomy.subjects()["id"].to_list()
    known = (*taxonomy.category_ids(), *taxonomy.context_ids())
    asked: list[tuple[str, Any, Iterable[str]]] = [
        ("attribute", decision.attribute, taxonomy.attribute_ids()),
        ("subject", decision.subject or None, subjects),
        *(("category", category, known) for category in decision.categories or ()),
    ]
    for what, given, choices in asked:
        if given is not None and given not in choices:
            raise BreachkitError.unknown(f"{what} of {place}:", str(given)[:MOST], choices)
    return decision


def apply(fields: pl.DataFrame, made: Iterable[Decision]) -> pl.DataFrame:
    """Put decisions over the rows they name; scores stay, so that the evidence can still be read.

    Decisions on columns that are not there are left aside with a warning.
    """
    chosen: dict[tuple[str, str], Decision] = {}
    for decision in made:
        checked(decision)
        chosen[decision.table, decision.column] = decision
    rows, missing = [], set(chosen)
    for row in fields.iter_rows(named=True):
        table, column = row["table"], row["column"]
        keys = [key for key in ((table, column), ("", f"{table}.{column}"), ("", column)) if key in chosen]
        rows.append(_decided(row, chosen[keys[0]]) if keys else row)
        missing.difference_update(keys)
    left_aside("Decisions", [".".join(filter(None, key)) for key in chosen if key in missing])
    return field_frame(rows)


def _decided(row: dict[str, Any], decision: Decision) -> dict[str, Any]:
    categories = row["categories"] if decision.categories is None else list(decision.categories)
    return row | {
        "attribute": decision.attribute,
        "subject": decision.subject or row["subject"] or "patient",
        "categories": categories,
        "confidence": 1.0,
        "article": article_of(decision.attribute, categories),
        "decided_by": HUMAN,
    }
