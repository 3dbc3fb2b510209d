"""The fields of the circumstances and the words they may hold, read from the two tables."""

from __future__ import annotations

from functools import cache

import polars as pl

from breachkit.errors import BreachkitError
from breachkit.facts import table
from breachkit.locale import Language


@cache
def fields() -> pl.DataFrame:
    """Give the fields: ``field, type, choices, group``, labels and help in both languages, source.

    Types: ``text``, ``date``, ``moment`` (a day, or a day and time), ``flag`` (true, false), ``number``,
    ``money`` (name: amount), ``choice`` (one of a list), ``list`` (several of a list), ``names`` (free).

    Examples
    --------
    >>> fields()["field"].to_list()[:2]
    ['title', 'assessed_on']
    """
    return table("circumstances", "fields")


@cache
def _lists() -> dict[str, dict[str, dict[Language, str]]]:
    lists: dict[str, dict[str, dict[Language, str]]] = {}
    for row in table("circumstances", "enumerations").iter_rows(named=True):
        lists.setdefault(row["list"], {})[row["id"]] = {"fr": row["fr"], "en": row["en"]}
    return lists


@cache
def _rows() -> dict[str, dict[str, str]]:
    return {row["field"]: row for row in fields().iter_rows(named=True)}


def field(name: str) -> dict[str, str]:
    """Give one field's row.

    Raises
    ------
    BreachkitError
        If there is no such field; the message lists those there are.
    """
    try:
        return _rows()[name]
    except KeyError:
        raise BreachkitError.unknown("circumstance", name, _rows()) from None


def choices(name: str) -> tuple[str, ...]:
    """Give the words that the field ``name`` may hold; empty for a field that is not a choice.

    The numbered lists are those of the EDPB's common breach notification template v1.0.

    Examples
    --------
    >>> choices("unintelligible")
    ('yes_intact', 'measures_subverted', 'no', 'not_assessable', 'tbd')
    """
    return tuple(_lists().get(field(name)["choices"], ()))


def label(name: str, lang: Language, word: str | None = None) -> str:
    """Name the field, or one of its words, for people.

    Examples
    --------
    >>> label("recipients", "en", "unknown_number")
    'unknown number'
    """
    row = field(name)
    return row[lang] if word is None else _lists()[row["choices"]][word][lang]
