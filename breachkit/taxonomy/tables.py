"""The vocabulary of personal data: one cached frame a table, one row an id."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

import polars as pl

from breachkit import facts
from breachkit.errors import BreachkitError
from breachkit.locale import language

_NAMED = ("attributes", "categories", "contexts", "statuses", "subjects", "strengths")


def attributes() -> pl.DataFrame:
    """What a column can hold: ``id, fr, en, article, kind, enisa, edpb`` and where each row comes from.

    ``kind`` is one of direct_identifier, quasi_identifier, contact, credential, sensitive, technical;
    ``enisa`` the data category of ENISA's 2013 severity method (simple, behavioural, financial, sensitive,
    credentials); ``edpb`` the data type of field 70 of the EDPB breach notification template.

    Examples
    --------
    >>> attributes().filter(pl.col("id") == "nir").select("kind", "article").row(0)
    ('direct_identifier', '87; décret 2019-341')
    """
    return facts.table("taxonomy", "attributes")


def categories() -> pl.DataFrame:
    """Sensitive categories: GDPR articles 9(1) and 10, health split into what a laboratory file reveals.

    Examples
    --------
    >>> categories().filter(pl.col("id") == "genetic")["article"].item()
    '4(13); 9(1)'
    """
    return facts.table("taxonomy", "categories")


def contexts() -> pl.DataFrame:
    """Situations that make a person more vulnerable, not all of them article 9 data.

    Examples
    --------
    >>> contexts()["id"].to_list()
    ['minor', 'detained', 'guardianship', 'migrant_aid']
    """
    return facts.table("taxonomy", "contexts")


@cache
def statuses() -> pl.DataFrame:
    """How a record speaks of a category; ``level`` (Int8) grows with what is revealed and merges by max.

    Examples
    --------
    >>> dict(statuses().select("id", "level").iter_rows())["asserted"]
    7
    """
    return facts.table("taxonomy", "statuses").with_columns(pl.col("level").cast(pl.Int8))


def subjects() -> pl.DataFrame:
    """Whose data a column holds: the patient, or somebody else named in the file.

    Examples
    --------
    >>> "prescriber" in subjects()["id"]
    True
    """
    return facts.table("taxonomy", "subjects")


@cache
def strengths() -> pl.DataFrame:
    """How far a code carries its category: ``rank`` 3 proves, 2 strong, 1 test only, 0 weak.

    Examples
    --------
    >>> strengths()["id"].to_list()
    ['proves', 'strong', 'test', 'weak']
    """
    return facts.table("taxonomy", "strengths").with_columns(pl.col("rank").cast(pl.Int8))


STATUS_LEVEL: Mapping[str, int] = MappingProxyType(dict(statuses().select("id", "level").iter_rows()))
"""Status id -> level 0..7."""


@cache
def _ids(name: str) -> tuple[str, ...]:
    return tuple(facts.table("taxonomy", name)["id"].to_list())


def attribute_ids() -> tuple[str, ...]:
    """Give the ids of `attributes`, in table order."""
    return _ids("attributes")


def category_ids() -> tuple[str, ...]:
    """Give the ids of `categories`, in table order.

    Examples
    --------
    >>> category_ids()[:3]
    ('hiv', 'hepatitis', 'sti')
    """
    return _ids("categories")


def context_ids() -> tuple[str, ...]:
    """Give the ids of `contexts`, in table order."""
    return _ids("contexts")


@cache
def _labels() -> dict[str, dict[str, str]]:
    rows = (row for name in reversed(_NAMED) for row in facts.table("taxonomy", name).iter_rows(named=True))
    return {row["id"]: {"fr": row["fr"], "en": row["en"]} for row in rows}


def label(id: str, lang: str | None = None) -> str:
    """Name an attribute, category, context, status, subject or strength in French or English.

    Raises
    ------
    BreachkitError
        If no table holds ``id``, or the language is neither ``fr`` nor ``en``.

    Examples
    --------
    >>> label("mental_health", "en"), label("asserted", "fr")
    ('mental health', 'affirmé')
    """
    spoken = language(lang)
    try:
        return _labels()[id][spoken]
    except (KeyError, TypeError):
        raise BreachkitError.unknown("taxonomy id", id, _labels()) from None


_PREFIXES = ("qi_", "key_", "has_")


@cache
def _column_labels() -> dict[str, dict[str, str]]:
    columns = facts.table("taxonomy", "columns").iter_rows(named=True)
    return _labels() | {row["id"]: row for row in columns}


def column_label(column: str, lang: str | None = None) -> str:
    """Name a column of the standardised tables in French or English; one of the user's own keeps its name.

    Examples
    --------
    >>> column_label("qi_birth_date", "fr"), column_label("qi_department", "en"), column_label("height", "fr")
    ('date de naissance', 'department', 'height')
    """
    spoken = language(lang)
    id = column
    for prefix in _PREFIXES:
        id = id.removeprefix(prefix)
    return _column_labels().get(id, {spoken: column})[spoken]
