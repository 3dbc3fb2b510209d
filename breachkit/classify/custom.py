"""Detectors that a user adds: one row of a CSV or a frame each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from breachkit import taxonomy
from breachkit.classify.detectors import ARGUMENTS, KINDS, NUMBERS, Detector, detectors, from_row
from breachkit.classify.dictionary import MOST, frame_of, shown
from breachkit.classify.evidence import CAP_NAME
from breachkit.classify.names import NameEvidence
from breachkit.classify.tokens import tokens
from breachkit.classify.verdict import CATEGORY
from breachkit.errors import BreachkitError
from breachkit.facts import table

Row = Mapping[str, str | None]


def with_custom(source: Any) -> tuple[Detector, ...]:
    """Give the detectors of a user, from a CSV path or a frame, before our own.

    Raises
    ------
    BreachkitError
        If a row is no detector; it names the ``id`` and what is allowed.
    """
    if source is None:
        return detectors()
    frame = frame_of(source, "table of detectors")
    missing = {"id", "attribute"} - set(frame.columns)
    if missing:
        raise BreachkitError(
            f"The detectors have no column {', '.join(sorted(missing))}.",
            hint="They need id, attribute, pattern.",
        )
    taken = {detector.id for detector in detectors()}
    made = []
    for number, row in enumerate(_texts(frame).iter_rows(named=True), 1):
        id = row["id"]
        if not id:
            raise BreachkitError(f"Detector {number} has no id.", hint="Give each a name of its own.")
        if id in taken:
            raise BreachkitError(f"Two detectors are called {shown(id)}.", hint="Ours count; choose another.")
        taken.add(id)
        made.append(_checked(row, f"detector {shown(id)}"))
    return (*made, *detectors())


def named_by(known: Iterable[Detector], name: str) -> NameEvidence | None:
    """Say what a column's name holds for the first detector of a user whose ``name_tokens`` are all in it."""
    words = frozenset(tokens(name))
    for detector in known:
        if detector.names and detector.names <= words:
            return NameEvidence(detector.attribute, detector.subject, CAP_NAME, tuple(sorted(detector.names)))
    return None


def _texts(frame: pl.DataFrame) -> pl.DataFrame:
    """Give the columns that a detector has, as text without blanks around it."""
    known = frame.select(name for name in frame.columns if name in (*Detector._fields, "name_tokens"))
    for name, dtype in known.schema.items():
        if dtype.is_nested() or dtype in (pl.Binary, pl.Object):
            raise BreachkitError(
                f"The column {name} of the detectors holds {dtype.base_type()}, not text.",
                hint="Put one text in each cell.",
            )
    return known.select(pl.all().cast(pl.String).str.strip_chars())


def _checked(row: Row, who: str) -> Detector:
    categories = (*taxonomy.category_ids(), *taxonomy.context_ids())
    attributes = (*taxonomy.attribute_ids(), *(CATEGORY + category for category in categories))
    _one_of(row["attribute"] or "", attributes, f"attribute of {who}")
    if row.get("subject"):
        _one_of(row["subject"] or "", taxonomy.subjects()["id"], f"subject of {who}")
    for name in NUMBERS:
        if not _share(row.get(name) or "0"):
            raise BreachkitError(
                f"The {name} of {who} is not a number from 0 to 1.",
                hint="Write it like 0.5, or leave it out.",
            )
    _check_kind(row, who)
    return from_row({name: cell for name, cell in row.items() if cell})


def _check_kind(row: Row, who: str) -> None:
    from breachkit import identifiers

    pattern, given = row.get("pattern") or "", row.get("kind") or KINDS[0]
    kind, _, argument = given.partition(":")
    _one_of(kind if kind in ARGUMENTS else given, KINDS, f"kind of {who}")
    if kind in ARGUMENTS:
        lists = table("classify", "vocabulary")["list"].unique(maintain_order=True)
        choices = identifiers.kinds() if kind == "check" else lists
        _one_of(argument or pattern, choices, f"{ARGUMENTS[kind]} of {who}")
    elif kind != "words":
        _must_compile(pattern, who, named=bool(row.get("name_tokens")))


def _one_of(given: str, choices: Iterable[str], what: str) -> None:
    allowed = tuple(choices)
    if given not in allowed:
        raise BreachkitError.unknown(f"{what}:", given[:MOST], allowed)


def _share(text: str) -> bool:
    try:
        return 0 <= float(text) <= 1
    except ValueError:
        return False


def _must_compile(pattern: str, who: str, *, named: bool) -> None:
    if not pattern and not named:
        raise BreachkitError(
            f"The pattern of {who} is empty.", hint="Give a regular expression, or name_tokens."
        )
    try:
        pl.Series([""]).str.contains(pattern)
    except pl.exceptions.PolarsError:
        raise BreachkitError(
            f"The pattern of {who} is not a regular expression without look-around.",
            hint="Write it without (?=, (?! and (?<.",
        ) from None
