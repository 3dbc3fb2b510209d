"""The card of a field map: the columns that tell most, and the others folded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from breachkit import taxonomy
from breachkit.classify.fieldmap import HUMAN, held
from breachkit.classify.reasons import detector_label, spoken_reasons
from breachkit.locale import Language, counted, integer, percent, say
from breachkit.results import Card

if TYPE_CHECKING:
    from breachkit.classify.fieldmap import FieldMap

FIRST, MOST = 20, 200  # columns shown at once, and in all
NOTHING = "technical"
# Kinds of attributes, the most telling first.
KINDS = ("direct_identifier", "credential", "sensitive", "quasi_identifier", "contact", NOTHING)
SHOWN = ("table", "column", "holds", "subject", "confidence", "shape", "why", "decided")


def card(fields: FieldMap, lang: Language) -> Card:
    """Say how many columns are explained, and show them, the most telling first."""
    frame = fields.fields
    ranked, telling = _ranked(frame)
    rows = _spoken(ranked.head(MOST), lang)
    first = min(telling, FIRST)
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
    counts = {
        "columns": frame.height,
        "known": frame.height - fields.unclassified.height,
        "human": frame.filter(pl.col("decided_by") == HUMAN).height,
    }
    found = say("classify", "found", lang, **{name: integer(n, lang) for name, n in counts.items()})
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
        notes.append(say("classify", "unclassified", lang, n=integer(unclassified.height, lang), names=names))
    if fields.fields.height > MOST:
        notes.append(say("classify", "beyond", lang, n=integer(fields.fields.height - MOST, lang)))
    return notes


def _ranked(fields: pl.DataFrame) -> tuple[pl.DataFrame, int]:
    """Give the columns, the most telling first, patients' before others', and how many tell anything."""
    kinds = dict(taxonomy.attributes().select("id", "kind").iter_rows())
    ranks = []
    for attribute, subject, categories in fields.select("attribute", "subject", "categories").iter_rows():
        kind = kinds.get(attribute, NOTHING)
        nothing = not categories and kind == NOTHING
        ranks.append((nothing, subject != "patient", not categories, KINDS.index(kind)))
    order = sorted(range(len(ranks)), key=ranks.__getitem__)
    return fields[order], sum(not nothing for nothing, *_ in ranks)


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
