"""From a code (act, test, diagnosis, drug) to what it reveals of the person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import polars as pl

from breachkit import facts
from breachkit.errors import BreachkitError

SYSTEMS = ("nabm", "loinc", "icd10", "atc", "ccam")
"""NABM and CCAM acts, LOINC tests, ICD-10 (CIM-10 FR) diagnoses, ATC drugs."""

_LONGEST = 24
_SHAPE = {
    "nabm": re.compile(r"\d{1,6}"),
    "loinc": re.compile(r"\d{1,6}-\d"),
    "icd10": re.compile(r"[A-Z]\d{2}[A-Z0-9]{0,6}"),
    "atc": re.compile(r"[A-Z](\d{2}([A-Z]([A-Z](\d{2})?)?)?)?"),
    "ccam": re.compile(r"[A-Z]{4}\d{3}[A-Z0-9]{0,4}"),
}
_NUMERIC_PLACES = {"icd10": (1, 2), "atc": (1, 2, 5, 6)}
_TABLE_SCHEMA = ("code", "match", "category", "status", "strength", "note")


class CodeCategory(NamedTuple):
    """One thing a code says: the category, how it speaks of it, how far it carries, and a caution."""

    category: str
    status: str
    strength: str
    note: str


def _of_system(system: str) -> str:
    if system not in SYSTEMS:
        raise BreachkitError.unknown("code system", system, SYSTEMS)
    return system


def normalise(system: str, code: object) -> str:
    """Write a code the one way the tables write it; ``""`` if it has not the shape of its system.

    Examples
    --------
    >>> normalise("nabm", "388"), normalise("icd10", "b24.0+1"), normalise("atc", "JO5AX09")
    ('0388', 'B2401', 'J05AX09')
    """
    text = "" if code is None else str(code)
    if len(text) > _LONGEST:
        return ""
    text = text.strip().upper()
    if system == "nabm":
        text = text.removesuffix(".0").lstrip("0").zfill(4)
    elif system == "loinc":
        text = text.removeprefix("LOINC").lstrip(": ")
    else:
        text = "".join(letter for letter in text if letter.isascii() and letter.isalnum())
    # The letter O typed for a zero occurs in published drug lists.
    for place in _NUMERIC_PLACES.get(system, ()):
        if text[place : place + 1] == "O":
            text = f"{text[:place]}0{text[place + 1 :]}"
    return text if _SHAPE[system].fullmatch(text) and text.isascii() else ""


def _expand(code: str, match: str) -> Iterator[tuple[str, int]]:
    """Give the prefixes a row stands for, with how many share it: narrower rows win over wider."""
    if match != "range":
        yield code, 1
        return
    first, last = code.split("-")
    members = range(int(first[1:]), int(last[1:]) + 1) if first[0] == last[0] else None
    if members is not None:
        yield from ((f"{first[0]}{number:02}", len(members)) for number in members)
        return
    for letter in map(chr, range(ord(first[0]), ord(last[0]) + 1)):
        yield from ((f"{letter}{number:02}", 200) for number in range(100))


@cache
def code_table(system: str) -> pl.DataFrame:
    """Give the rules of a system, one row per code or prefix and category.

    Columns ``code, match, category, status, strength, note``; ``match`` is ``exact`` or ``prefix`` and the
    longest prefix wins, whole. An empty ``category`` marks a code known to reveal nothing more precise than
    that care was given. Ranges of ICD-10 are spread into their three-character codes.

    Raises
    ------
    BreachkitError
        If the system is unknown.

    Examples
    --------
    >>> code_table("icd10").filter(pl.col("code") == "B24").row(0)[:5]
    ('B24', 'prefix', 'hiv', 'asserted', 'proves')
    """
    rows: dict[str, tuple[int, list[tuple[str, ...]]]] = {}
    for row in facts.table("taxonomy", _of_system(system)).iter_rows(named=True):
        said = tuple(row[name] for name in _TABLE_SCHEMA[2:])
        match = "exact" if row["match"] == "exact" else "prefix"
        for code, width in _expand(row["code"], row["match"]):
            held, entries = rows.get(code, (width, []))
            if width < held:
                entries = []
            if width <= held:
                rows[code] = (width, [*entries, (code, match, *said)])
    flat = [entry for code in sorted(rows) for entry in rows[code][1]]
    return pl.DataFrame(flat, schema=dict.fromkeys(_TABLE_SCHEMA, pl.String), orient="row")


@cache
def _rules(system: str) -> tuple[dict[str, tuple[CodeCategory, ...]], frozenset[str]]:
    found: dict[str, list[CodeCategory]] = {}
    exact = set()
    for code, match, *said in code_table(system).iter_rows():
        held = found.setdefault(code, [])
        if match == "exact":
            exact.add(code)
        if said[0]:
            held.append(CodeCategory(*said))
    return {code: tuple(held) for code, held in found.items()}, frozenset(exact)


def code_category(system: str, code: object) -> tuple[CodeCategory, ...]:
    """Say what a code reveals: ``(category, status, strength, note)``, empty if nothing is known.

    Parameters
    ----------
    system
        ``nabm`` (with or without leading zeros), ``loinc``, ``icd10`` (with or without the dot, French
        extensions welcome), ``atc`` (a whole class such as ``J05AR`` too), ``ccam``.
    code
        The code as found; anything that has not the shape of the system gives ``()``.

    Raises
    ------
    BreachkitError
        If the system is unknown.

    Notes
    -----
    One code can say two things. A code of a test says ``tested``, never the result. The longest listed
    prefix decides alone, so that an exception (J05AE30, a covid drug among HIV drugs) stays one.

    Examples
    --------
    >>> [entry.category for entry in code_category("nabm", 1691)]
    ['hiv', 'genetic']
    >>> code_category("atc", "J05AE30")
    ()
    """
    rules, exact = _rules(_of_system(system))
    asked = normalise(system, code)
    for length in range(len(asked), 0, -1):
        prefix = asked[:length]
        if prefix in rules and (length == len(asked) or prefix not in exact):
            return rules[prefix]
    return ()


def categorise(system: str, codes: pl.Series) -> pl.DataFrame:
    """Say what each code of a column reveals, looking each distinct code up once.

    Returns
    -------
    polars.DataFrame
        ``index`` (UInt32, position in ``codes``), ``category, status, strength, note``; codes that reveal
        nothing have no row, codes that say two things have two.

    Raises
    ------
    BreachkitError
        If the system is unknown.

    Examples
    --------
    >>> categorise("icd10", pl.Series(["J069", "z21", None]))["category"].to_list()
    ['health_other', 'hiv']
    """
    _of_system(system)
    column = codes.cast(pl.String).alias("code")
    distinct = column.drop_nulls().unique()
    said = [(code, *entry) for code in distinct.to_list() for entry in code_category(system, code)]
    schema = dict.fromkeys(("code", *_TABLE_SCHEMA[2:]), pl.String)
    found = pl.DataFrame(said, schema=schema, orient="row")
    placed = column.to_frame().with_row_index("index")
    return placed.join(found, on="code", how="inner", maintain_order="left_right").drop("code")
