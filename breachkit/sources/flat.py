"""Nested records flattened into columns of text with readable names."""

from __future__ import annotations

import codecs
import json
from collections.abc import Mapping
from typing import Any

import polars as pl

from breachkit.leak import ROW
from breachkit.sources.part import unique

MOST_ITEMS = 20
DEEPEST = 12
Record = Mapping[str, Any]


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


def frame_of(records: list[Record], shown: dict[str, str] | None = None) -> pl.DataFrame:
    """Make one table of text; its columns are all the names, in order of appearance.

    ``shown`` maps the names met so far to those of the columns, and grows: batches of one table share it.
    """
    shown = {} if shown is None else shown
    rows = [flatten(record) for record in records]
    names = {name: None for row in rows for name in row}
    taken = set(shown.values())
    for name in names:
        if name not in shown:
            shown[name] = unique(_storable(name) if name != ROW else f"{ROW}_2", taken)
            taken.add(shown[name])
    columns = {shown[old]: pl.Series(shown[old], [row.get(old) for row in rows], pl.String) for old in names}
    return pl.DataFrame(columns) if columns else pl.DataFrame(schema={"value": pl.String})
