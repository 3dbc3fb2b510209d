"""The file ``fields.yaml``: a field map written for people to correct, and read back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl
import yaml

from breachkit.classify.decisions import Decision, apply, checked, decisions_of
from breachkit.classify.dictionary import shown
from breachkit.classify.entries import ENTRY, KEPT, NAME, SCORES, listed, must_fit, place_of
from breachkit.classify.fieldmap import FieldMap, article_of, field_frame
from breachkit.classify.telling import HUMAN, TOOL
from breachkit.errors import BreachkitError
from breachkit.facts import user_document


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
    entry = {key: value for key, value in row.items() if key not in ("table", "article", *KEPT)}
    entry["confidence"] = round(row["confidence"], 3)
    entry["scores"] = {name: None if row[name] is None else round(row[name], 4) for name in KEPT}
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
    column = str(entry["column"]) if NAME.fits(entry["column"]) else "?"
    place = f"{path}, {place_of(table, column)}"
    must_fit({**entry, "table": table}, ENTRY, place)
    scores = entry.get("scores") or {}
    must_fit(scores, SCORES, f"{place}, scores")
    attribute, categories = entry.get("attribute"), listed(entry.get("categories"))
    changed = "found" in entry and entry["found"] != attribute
    human = entry.get("decided_by") == HUMAN or changed or "decided_by" not in entry
    decision = checked(Decision(table, column, attribute, entry.get("subject"), categories), f"{path}, ")
    return {
        "table": table,
        "column": column,
        "position": entry.get("position", -1),
        "attribute": attribute,
        "subject": decision.subject or "patient",
        "categories": list(categories),
        "confidence": 1.0 if human else float(entry.get("confidence", 0.0)),
        **{name: scores.get(name) for name in KEPT},
        "article": article_of(attribute, categories),
        "reasons": list(listed(entry.get("reasons"))),
        "example_shape": entry.get("example_shape"),
        "decided_by": HUMAN if human else TOOL,
    }
