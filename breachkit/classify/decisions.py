"""Human decisions: read from a file, a mapping or a map; kept over anything the tool finds."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl
import yaml

from breachkit import taxonomy
from breachkit.classify.dictionary import MOST, left_aside, shown
from breachkit.classify.fieldmap import FieldMap, article_of, field_frame
from breachkit.classify.telling import HUMAN, TOOL
from breachkit.errors import BreachkitError
from breachkit.facts import user_document

_KEPT = ("name_score", "value_score", "validator_score", "dictionary_score", "neighbour_score", "share")


class _Kind(NamedTuple):
    """What may stand under a key of an entry: a test, and its words."""

    fits: Callable[[Any], bool]
    what: str


def _text(value: Any) -> bool:
    return isinstance(value, str) and not re.search("[\ud800-\udfff]", value)


def _share(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1


def _listed(value: Any) -> tuple[Any, ...]:
    """Give what a list holds; a text alone is a list of one."""
    if value is None:
        return ()
    return tuple(value) if isinstance(value, list | tuple | set | frozenset) else (value,)


_NAME = _Kind(lambda value: _text(value) or type(value) is int, "a text, in quotes if need be")
_WORD = _Kind(lambda value: value is None or _text(value), "a text, in quotes if need be")
_WORDS = _Kind(lambda value: all(map(_text, _listed(value))), "a list of texts")
_PLACE = _Kind(lambda value: type(value) is int and -1 <= value < 2**31, "a whole number")
_WHO = _Kind(lambda value: value in (HUMAN, TOOL), f"{HUMAN} or {TOOL}")
_SCALES = _Kind(lambda value: value is None or isinstance(value, Mapping), "a mapping of numbers")
_DECIDED = {"attribute": _WORD, "subject": _WORD, "categories": _WORDS}
_ENTRY = {
    **_DECIDED,
    "table": _WORD,
    "column": _NAME,
    "position": _PLACE,
    "confidence": _Kind(_share, "a number from 0 to 1"),
    "scores": _SCALES,
    "reasons": _WORDS,
    "example_shape": _WORD,
    "decided_by": _WHO,
    "found": _WORD,
}
_SCORES = dict.fromkeys(_KEPT, _Kind(lambda value: value is None or _share(value), "a number from 0 to 1"))


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


def _of_item(key: str, value: Any, table: str | None = None) -> list[Decision]:
    if value is None or isinstance(value, str):
        return [_checked(Decision(table or "", key, value))]
    place = _place(table or "", key)
    if not isinstance(value, Mapping):
        raise BreachkitError(
            f"The decision for {place} is neither an attribute nor a mapping.",
            hint="Give an attribute, or a mapping of attribute, subject, categories.",
        )
    if set(value) <= _DECIDED.keys():
        _must_fit(value, _DECIDED, place)
        given = value.get("categories")
        chosen = None if given is None else _listed(given)
        return [_checked(Decision(table or "", key, value.get("attribute"), value.get("subject"), chosen))]
    if table is not None:
        raise BreachkitError(
            f"The decision for {place} has keys other than {', '.join(_DECIDED)}.",
            hint="Nest no deeper than table, column, decision.",
        )
    return [inner for column, item in value.items() for inner in _of_item(str(column), item, key)]


def _place(table: str, column: str) -> str:
    return f"table {shown(table)}, column {shown(column)}" if table else f"column {shown(column)}"


def _must_fit(entry: Mapping[Any, Any], kinds: Mapping[str, _Kind], place: str) -> None:
    for key, kind in kinds.items():
        if key in entry and not kind.fits(entry[key]):
            raise BreachkitError(f"In {place}: {key} is not {kind.what}.", hint=f"Correct or remove {key}.")


def _checked(decision: Decision, source: str = "") -> Decision:
    place = source + _place(decision.table, decision.column)
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
        _checked(decision)
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
    document = _document(path)
    if not isinstance(document, Mapping) or not isinstance(document.get("tables"), Mapping):
        raise BreachkitError(f"{path} is not a field map.", hint="Make one with classify(leak).save(path).")
    rows = []
    for table, entries in document["tables"].items():
        if not isinstance(entries, list | None):
            raise BreachkitError(
                f"{path}: table {shown(table)} is not a list of columns.",
                hint="Begin each entry with '- column: '.",
            )
        rows += [_row(str(table), entry, path) for entry in entries or ()]
    return FieldMap(field_frame(rows))


def _document(path: Path) -> Any:
    try:
        return user_document(path)
    except BreachkitError:
        raise
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):  # yaml's own, undeclared
        raise BreachkitError(
            f"{path} cannot be read as YAML.",
            hint="Look for a date that does not exist, a number too long, brackets too deep.",
        ) from None


def _row(table: str, entry: Any, path: Path) -> dict[str, Any]:
    if not isinstance(entry, Mapping) or "column" not in entry:
        raise BreachkitError(
            f"{path}: an entry of table {shown(table)} has no column.", hint="Begin it with '- column: '."
        )
    column = str(entry["column"]) if _NAME.fits(entry["column"]) else "?"
    place = f"{path}, {_place(table, column)}"
    _must_fit({**entry, "table": table}, _ENTRY, place)
    scores = entry.get("scores") or {}
    _must_fit(scores, _SCORES, f"{place}, scores")
    attribute, categories = entry.get("attribute"), _listed(entry.get("categories"))
    changed = "found" in entry and entry["found"] != attribute
    human = entry.get("decided_by") == HUMAN or changed or "decided_by" not in entry
    decision = _checked(Decision(table, column, attribute, entry.get("subject"), categories), f"{path}, ")
    return {
        "table": table,
        "column": column,
        "position": entry.get("position", -1),
        "attribute": attribute,
        "subject": decision.subject or "patient",
        "categories": list(categories),
        "confidence": 1.0 if human else float(entry.get("confidence", 0.0)),
        **{name: scores.get(name) for name in _KEPT},
        "article": article_of(attribute, categories),
        "reasons": list(_listed(entry.get("reasons"))),
        "example_shape": entry.get("example_shape"),
        "decided_by": HUMAN if human else TOOL,
    }
