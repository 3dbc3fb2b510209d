"""Human decisions: read from a file, a mapping or a map; kept over anything the tool finds."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl
import yaml

from breachkit import taxonomy
from breachkit.classify.fieldmap import FieldMap, article_of, field_frame
from breachkit.classify.telling import HUMAN, TOOL
from breachkit.errors import BreachkitError
from breachkit.facts import user_document

_KEPT = ("name_score", "value_score", "validator_score", "dictionary_score", "neighbour_score", "share")


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


def _of_item(key: str, value: Any) -> list[Decision]:
    if value is None or isinstance(value, str):
        return [_checked(Decision("", key, value))]
    if not isinstance(value, Mapping):
        raise BreachkitError(f"The decision for {key!r} is neither an attribute nor a mapping.")
    if set(value) <= {"attribute", "subject", "categories"}:
        given = value.get("categories")
        chosen = None if given is None else tuple(str(name) for name in given)
        return [_checked(Decision("", key, value.get("attribute"), value.get("subject"), chosen))]
    return [
        inner._replace(table=key) for column, item in value.items() for inner in _of_item(str(column), item)
    ]


def _checked(decision: Decision) -> Decision:
    if decision.attribute is not None and decision.attribute not in taxonomy.attribute_ids():
        raise BreachkitError.unknown("attribute", decision.attribute, taxonomy.attribute_ids())
    subjects = taxonomy.subjects()["id"].to_list()
    if decision.subject and decision.subject not in subjects:
        raise BreachkitError.unknown("subject", decision.subject, subjects)
    known = (*taxonomy.category_ids(), *taxonomy.context_ids())
    for category in decision.categories or ():
        if category not in known:
            raise BreachkitError.unknown("category", category, known)
    return decision


def apply(fields: pl.DataFrame, made: Iterable[Decision]) -> pl.DataFrame:
    """Put decisions over the rows they name; scores stay, so that the evidence can still be read."""
    chosen: dict[tuple[str, str], Decision] = {}
    for decision in made:
        _checked(decision)
        chosen[decision.table, decision.column] = decision
    rows = []
    for row in fields.iter_rows(named=True):
        table, column = row["table"], row["column"]
        found = next(
            (
                chosen[key]
                for key in ((table, column), ("", f"{table}.{column}"), ("", column))
                if key in chosen
            ),
            None,
        )
        rows.append(row if found is None else _decided(row, found))
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


def write(fields: FieldMap, path: Path) -> Path:
    """Write a map as YAML; human decisions of a file already there win over the tool's rows."""
    frame = fields.fields
    if path.exists():
        ours = {(row[0], row[1]) for row in frame.filter(pl.col("decided_by") == HUMAN).iter_rows()}
        theirs = [d for d in decisions_of(path) if (d.table, d.column) not in ours]
        frame = apply(frame, theirs)
    tables: dict[str, list[dict[str, Any]]] = {}
    for row in frame.iter_rows(named=True):
        tables.setdefault(row["table"], []).append(_entry(row))
    document = {"schema": fields.schema, "tables": tables}
    text = yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=100)
    path.write_text(
        "# decided_by: human keeps a row as it is; a changed attribute counts as human.\n" + text, "utf-8"
    )
    return path


def _entry(row: dict[str, Any]) -> dict[str, Any]:
    entry = {key: value for key, value in row.items() if key not in ("table", "article", *_KEPT)}
    entry["confidence"] = round(row["confidence"], 3)
    entry["scores"] = {name: None if row[name] is None else round(row[name], 4) for name in _KEPT}
    if row["decided_by"] == TOOL:
        entry["found"] = row["attribute"]
    return entry


def read_map(path: Path) -> FieldMap:
    """Read a ``fields.yaml``."""
    document = user_document(path)
    if not isinstance(document, Mapping) or not isinstance(document.get("tables"), Mapping):
        raise BreachkitError(f"{path} is not a field map.", hint="Make one with classify(leak).save(path).")
    rows = [
        _row(str(table), entry, path)
        for table, entries in document["tables"].items()
        for entry in entries or ()
    ]
    return FieldMap(field_frame(rows))


def _row(table: str, entry: Any, path: Path) -> dict[str, Any]:
    if not isinstance(entry, Mapping) or "column" not in entry:
        raise BreachkitError(f"{path}: an entry of table {table!r} has no column.")
    categories = [str(name) for name in entry.get("categories") or ()]
    attribute = entry.get("attribute")
    changed = "found" in entry and entry["found"] != attribute
    human = entry.get("decided_by") == HUMAN or changed or "decided_by" not in entry
    decision = _checked(
        Decision(table, str(entry["column"]), attribute, entry.get("subject"), tuple(categories))
    )
    scores = entry.get("scores") or {}
    return {
        "table": table,
        "column": decision.column,
        "position": int(entry.get("position", -1)),
        "attribute": attribute,
        "subject": decision.subject or "patient",
        "categories": categories,
        "confidence": 1.0 if human else float(entry.get("confidence", 0.0)),
        **{name: scores.get(name) for name in _KEPT},
        "article": article_of(attribute, categories),
        "reasons": [str(reason) for reason in entry.get("reasons") or ()],
        "example_shape": entry.get("example_shape"),
        "decided_by": HUMAN if human else TOOL,
    }
