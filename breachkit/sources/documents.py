"""The tables of a JSON document, and objects whose keys are data: a patient's name never names a column."""

from __future__ import annotations

from typing import Any

from breachkit.sources import header, naming
from breachkit.sources.flat import DEEPEST, Record

KEY = "key"
Tables = dict[str, list[Record]]


def tables(value: Any, name: str) -> Tables:
    """One table per list of objects; a FHIR bundle gives one per resource type.

    Examples
    --------
    >>> tables({"patients": [{"nom": "DUPONT"}]}, "x")
    {'patients': [{'nom': 'DUPONT'}]}
    >>> tables({"DUPONT Marie": {"cp": "01400"}, "MARTIN Paul": {"cp": "29200"}}, "x")
    {'x': [{'key': 'DUPONT Marie', 'cp': '01400'}, {'key': 'MARTIN Paul', 'cp': '29200'}]}
    """
    while isinstance(value, dict) and len(value) == 1:
        (key, inner), *_ = value.items()
        if not (isinstance(inner, dict) and naming.structural(key)):
            break
        value = inner
    if isinstance(value, list):
        return rows(value, name, way(value))
    if is_bundle(value):
        return by_type(value.get("entry") or [])
    return _of_object(value, name) if isinstance(value, dict) else {name: [record(value)]}


def way(values: list[Any]) -> str:
    """How a list of values becomes tables: ``bundles``, ``types`` (FHIR resources) or ``plain``."""
    if values and all(map(is_bundle, values)):
        return "bundles"
    typed = values and all(isinstance(item, dict) and "resourceType" in item for item in values)
    return "types" if typed else "plain"


def rows(values: list[Any], name: str, how: str) -> Tables:
    """Give the records of a list of values, by table."""
    if how == "plain":
        named = spread(values)
        return {name: [record(item) for item in named]}
    if how == "types":
        return by_type(values)
    inside = [item.get("entry") or [] if is_bundle(item) else [item] for item in values]
    return by_type([entry for entries in inside for entry in entries])


def is_bundle(value: Any) -> bool:
    """Whether a value is a FHIR bundle."""
    return isinstance(value, dict) and value.get("resourceType") == "Bundle"


def by_type(entries: list[Any]) -> Tables:
    """One table per FHIR resource type; a type that is no common word goes to ``entry``."""
    found: Tables = {}
    for entry in entries:
        inner = entry.get("resource", entry) if isinstance(entry, dict) else entry
        kind = inner.get("resourceType") if isinstance(inner, dict) else None
        known = isinstance(kind, str) and naming.structural(kind)
        found.setdefault(str(kind) if known else "entry", []).append(record(spread(inner)))
    return found or {"entry": []}


def record(value: Any) -> Record:
    """Give an object as it is, any other value as the object ``{"value": value}``."""
    return value if isinstance(value, dict) else {"value": value}


def _of_object(value: dict[str, Any], name: str) -> Tables:
    lists = {key: item for key, item in value.items() if _is_records(item)}
    rest = {key: item for key, item in value.items() if key not in lists}
    found: Tables = {}
    keyed: list[Record] = []
    for key, items in lists.items():
        if naming.structural(key):
            found[key] = [record(item) for item in spread(items)]
        else:
            keyed += [_with_key(key, item) for item in spread(items)]
    if keyed:
        found = {name if name not in found else f"{name}_lists": keyed, **found}
    if not lists or any(isinstance(item, list | dict) for item in rest.values()):
        free = name if name not in found else f"{name}_document"
        found = {free: _rows_of_rest(rest), **found}
    return found


def _rows_of_rest(rest: dict[str, Any]) -> list[Record]:
    """One record; or, if most keys are not words of a layout, a row a key."""
    known = sum(map(header.known, rest))
    if rest and (known * 2 < len(rest) or keyed_by_data(rest)):
        return [_with_key(key, spread(item)) for key, item in rest.items()]
    return [record(spread(rest))]


def _is_records(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def _with_key(key: str, value: Any) -> Record:
    inside = value if isinstance(value, dict) else {"value": value}
    return {KEY: key, **inside} if KEY not in inside else {KEY: key, "value": inside}


def keyed_by_data(value: dict[str, Any]) -> bool:
    """Whether the keys of an object are values: a number, an address, or names above objects all alike.

    Examples
    --------
    >>> keyed_by_data({"DUPONT": {"cp": 1}, "MARTIN": {"cp": 2}}), keyed_by_data({"185057512345697": 1})
    (True, True)
    >>> keyed_by_data({"home": {"city": 1}, "work": {"city": 2}}), keyed_by_data({"hb": 13, "vgm": 90})
    (False, False)
    """
    if any(header.PERSONAL.search(key.lstrip("@")) for key in value):
        return True
    inner = list(value.values())
    if len(value) < 2 or not all(isinstance(item, dict) for item in inner):
        return False
    shared, union = set.intersection(*map(set, inner)), set.union(*map(set, inner))
    return len(shared) * 2 >= max(1, len(union)) and sum(map(header.known, value)) * 2 < len(value)


def spread(value: Any, depth: int = 0) -> Any:
    """Turn every object keyed by data into a list of objects that hold the key as a value."""
    if depth > DEEPEST or not isinstance(value, dict | list):
        return value
    if isinstance(value, dict):
        inner = {key: spread(item, depth + 1) for key, item in value.items()}
        return [_with_key(key, item) for key, item in inner.items()] if keyed_by_data(value) else inner
    if _each_under_its_own_key(value):
        return [_with_key(*next(iter(item.items()))) for item in value]
    return [spread(item, depth + 1) for item in value]


def _each_under_its_own_key(values: list[Any]) -> bool:
    """Whether a list reads ``[{"DUPONT": ...}, {"MARTIN": ...}]``."""
    if len(values) < 2 or not all(isinstance(item, dict) and len(item) == 1 for item in values):
        return False
    keys = {next(iter(item)) for item in values}
    return len(keys) > 1 and not any(map(naming.structural, keys))
