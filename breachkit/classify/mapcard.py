"""The card of a field map: the columns that tell most, and the others folded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from breachkit import taxonomy
from breachkit.classify.reasons import detector_label, spoken_reasons
from breachkit.classify.telling import HUMAN, held, ranked
from breachkit.locale import Language, counted, integer, percent, say
from breachkit.results import Card

if TYPE_CHECKING:
    from breachkit.classify.fieldmap import FieldMap

FIRST, MOST = 20, 200  # columns shown at once, and in all
SHOWN = ("table", "column", "holds", "subject", "confidence", "shape", "why", "decided")


def told(fields: FieldMap, lang: Language) -> Card:
    """Say how many columns are explained, and show them, the most telling first."""
    frame = fields.fields
    columns, telling = ranked(frame)
    rows = _spoken(columns.head(MOST), lang)
    first = min(telling, FIRST) or FIRST
    return Card(
        say("classify", "title", lang),
        _sentences(fields, lang),
        rows.head(first),
        say("classify", "caption", lang),
        _notes(fields, lang),
        rows.slice(first),
        counted("classify", "others", rows.height - first, lang),
    )


def _sentences(fields: FieldMap, lang: Language) -> list[str]:
    frame = fields.fields
    known = frame.height - fields.unclassified.height
    human = frame.filter(pl.col("decided_by") == HUMAN).height
    parts = {"known": counted("classify", "known", known, lang), "human": integer(human, lang)}
    found = counted("classify", "found", frame.height, lang, **parts)
    sensitive = frame.filter(pl.col("categories").list.len() > 0).height
    return [found, counted("classify", "sensitive", sensitive, lang)]


def _notes(fields: FieldMap, lang: Language) -> list[str]:
    notes = []
    idle = fields.detectors.filter(~pl.col("ran"))["id"]
    if idle.len():
        notes.append(say("classify", "idle", lang, names=", ".join(detector_label(id, lang) for id in idle)))
    unclassified = fields.unclassified
    if unclassified.height:
        names = ", ".join(unclassified["column"].head(12))
        notes.append(counted("classify", "unclassified", unclassified.height, lang, names=names))
    if fields.fields.height > MOST:
        notes.append(counted("classify", "beyond", fields.fields.height - MOST, lang))
    return notes


def _spoken(fields: pl.DataFrame, lang: Language) -> pl.DataFrame:
    rows = [
        (
            row["table"],
            row["column"],
            held([row["attribute"], *row["categories"]], lang),
            taxonomy.label(row["subject"], lang) if row["subject"] else "",
            percent(row["confidence"], lang, 0),
            row["example_shape"] or "",
            spoken_reasons(row["reasons"], lang),
            say("classify", row["decided_by"], lang),
        )
        for row in fields.iter_rows(named=True)
    ]
    heads = [say("classify", f"head_{name}", lang) for name in SHOWN]
    return pl.DataFrame(rows, schema=dict.fromkeys(heads, pl.String), orient="row")
