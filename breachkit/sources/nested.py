"""JSON and NDJSON: nested fields become columns with readable names; numbers stay as written."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from breachkit.errors import BreachkitError
from breachkit.leak import ROW, Source
from breachkit.sources import mojibake, text
from breachkit.sources.part import Ledger, Options, Part, numbered, unique

MOST_ITEMS = 20
DEEPEST = 12
Record = Mapping[str, Any]


def read(path: Path, origin: str, name: str, options: Options) -> Iterator[Part]:
    """Read a JSON document (an array, an object of arrays, a FHIR bundle) or one JSON value per line.

    Raises
    ------
    BreachkitError
        If it is neither; the message gives line and column, never the text.
    """
    seen = text.glance(path)
    code = text.encoding_of(seen, options)
    ledger = Ledger()
    content = text.plain_lines(b"".join(text.clean_blocks(path, seen, code, ledger))).decode("utf-8")
    value = _document(content)
    form = "json" if value is not None else "ndjson"
    if value is None:
        value = _lines(content, origin, ledger)
    evidence = {"encoding": code.decided_by, "format": "first characters", "header": "names in the document"}
    for table, records in _tables(value, name).items():
        source = Source(
            table=table,
            origin=origin,
            size=seen.size,
            sha256=seen.sha256,
            format=form,
            encoding=code.name,
            header=True,
            decided_by=evidence,
        )
        frame = mojibake.mend(frame_of(records), ledger, options.repair_mojibake)
        yield Part(table, numbered(frame), source, ledger)
        ledger = Ledger()


def _loads(content: str) -> Any:
    return json.loads(content, parse_float=str, parse_int=str, parse_constant=str)


def _document(content: str) -> Any | None:
    try:
        return _loads(content)
    except (ValueError, RecursionError):
        return None


def _lines(content: str, origin: str, ledger: Ledger) -> list[Any]:
    """Read one value per line; lines that are not JSON are set apart."""
    found: list[Any] = []
    for number, line in enumerate(content.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            found.append(_loads(line))
        except (ValueError, RecursionError):
            ledger.note("not_json", "quarantined", number)
            ledger.hold(number, "not_json", line)
    if not found or len(ledger.held) > len(found):
        raise BreachkitError(
            f"{origin} begins like JSON but is not: {_trouble(content)}.",
            hint="It may be truncated; repair it, or convert it to one JSON object per line.",
        )
    return found


def _trouble(content: str) -> str:
    try:
        json.loads(content)
    except json.JSONDecodeError as error:
        return f"{error.msg.lower()} at line {error.lineno}, column {error.colno}"
    except (ValueError, RecursionError):
        return "it is nested too deeply"
    return "no records"


def _tables(value: Any, name: str) -> dict[str, list[Record]]:
    """One table per list of objects; a FHIR bundle gives one per resource type."""
    if isinstance(value, list):
        bundles = [item for item in value if _is_bundle(item)]
        if bundles and len(bundles) == len(value):
            return _by_type([entry for bundle in bundles for entry in bundle.get("entry") or []])
        if value and all(isinstance(item, dict) and "resourceType" in item for item in value):
            return _by_type(value)
        return {name: [_record(item) for item in value]}
    if _is_bundle(value):
        return _by_type(value.get("entry") or [])
    if isinstance(value, dict):
        lists = {key: item for key, item in value.items() if _is_records(item)}
        rest = {key: item for key, item in value.items() if key not in lists}
        tables = {key: [_record(row) for row in item] for key, item in lists.items()}
        if not lists or any(isinstance(item, list | dict) for item in rest.values()):
            tables = {name if name not in tables else f"{name}_document": [rest], **tables}
        return tables
    return {name: [_record(value)]}


def _is_bundle(value: Any) -> bool:
    return isinstance(value, dict) and value.get("resourceType") == "Bundle"


def _is_records(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def _by_type(entries: list[Any]) -> dict[str, list[Record]]:
    tables: dict[str, list[Record]] = {}
    for entry in entries:
        inner = entry.get("resource", entry) if isinstance(entry, dict) else entry
        kind = inner.get("resourceType") if isinstance(inner, dict) else None
        tables.setdefault(kind if isinstance(kind, str) else "entry", []).append(_record(inner))
    return tables or {"entry": []}


def _record(value: Any) -> Record:
    return value if isinstance(value, dict) else {"value": value}


def flatten(record: Record) -> dict[str, str | None]:
    """Flatten one record: ``name.family``, lists ``name.1.given``, beyond 20 items as JSON.

    Examples
    --------
    >>> flatten({"name": {"family": "DUPONT", "given": ["MARIE", "ANNE"]}, "active": True})
    {'name.family': 'DUPONT', 'name.given.1': 'MARIE', 'name.given.2': 'ANNE', 'active': 'true'}
    """
    flat: dict[str, str | None] = {}
    _into(flat, "", record, 0)
    return flat


def _into(flat: dict[str, str | None], prefix: str, value: Any, depth: int) -> None:
    if isinstance(value, dict) and value and depth < DEEPEST:
        for key, item in value.items():
            _into(flat, f"{prefix}.{key}" if prefix else str(key), item, depth + 1)
    elif isinstance(value, list) and value and depth < DEEPEST:
        if len(value) == 1:
            _into(flat, prefix, value[0], depth + 1)
            return
        for number, item in enumerate(value[:MOST_ITEMS], start=1):
            _into(flat, f"{prefix}.{number}", item, depth + 1)
        if len(value) > MOST_ITEMS:
            flat[unique(f"{prefix}.rest", set(flat))] = _dump(value[MOST_ITEMS:])
    else:
        flat[unique(prefix or "value", set(flat)) if prefix in flat else prefix or "value"] = _scalar(value)


def _dump(value: Any) -> str:
    try:
        return _storable(json.dumps(value, ensure_ascii=False))
    except RecursionError:
        return "…"


def _scalar(value: Any) -> str | None:
    if value is None or value in ({}, []):
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return _storable(value) if isinstance(value, str) else _dump(value)


def _storable(value: str) -> str:
    """Replace lone surrogates (escaped halves of a pair), which no UTF-8 can hold."""
    return value if value.isascii() else codecs.decode(value.encode("utf-8", "replace"), "utf-8")


def frame_of(records: list[Record]) -> pl.DataFrame:
    """Make one table of text; its columns are all the names, in order of appearance."""
    rows = [flatten(record) for record in records]
    names = {name: None for row in rows for name in row}
    shown: dict[str, str] = {}
    for name in names:
        shown[name] = unique(_storable(name) if name != ROW else f"{ROW}_2", set(shown.values()))
    columns = {new: pl.Series(new, [row.get(old) for row in rows], pl.String) for old, new in shown.items()}
    return pl.DataFrame(columns) if columns else pl.DataFrame(schema={"value": pl.String})
