"""What a column tells: how it is named, and which columns tell most."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from breachkit import taxonomy
from breachkit.locale import Language

TOOL, HUMAN = "tool", "human"  # who decided
NOTHING = "technical"
# Kinds of attributes, the most telling first.
KINDS = ("direct_identifier", "credential", "sensitive", "quasi_identifier", "contact", NOTHING)


def held(ids: Iterable[str | None], lang: Language) -> str:
    """Name what a column holds: its attribute, then its categories."""
    return ", ".join(taxonomy.label(name, lang) for name in ids if name)


def ranked(fields: pl.DataFrame) -> tuple[pl.DataFrame, int]:
    """Give the columns, the most telling first, patients' before others', and how many tell anything."""
    kinds = dict(taxonomy.attributes().select("id", "kind").iter_rows())
    ranks = []
    for attribute, subject, categories in fields.select("attribute", "subject", "categories").iter_rows():
        kind = kinds.get(attribute, NOTHING)
        nothing = not categories and kind == NOTHING
        ranks.append((nothing, subject != "patient", not categories, KINDS.index(kind)))
    order = sorted(range(len(ranks)), key=ranks.__getitem__)
    return fields[order], sum(not nothing for nothing, *_ in ranks)


def unexplained() -> pl.Expr:
    """Tell the columns that nothing explains."""
    return pl.col("attribute").is_null() & (pl.col("categories").list.len() == 0)
