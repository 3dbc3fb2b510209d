"""What the heading of a column reveals by itself: a label or a name (``Sérologie VIH``, ``IVG_DATE``)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import polars as pl

from breachkit import taxonomy
from breachkit.classify.context import CARE, THINGS
from breachkit.classify.denials import HEADERLESS
from breachkit.classify.names import NOWHERE
from breachkit.classify.tokens import spaced
from breachkit.facts import table

SHORTEST_TERM = 5
# In a heading a disease in general is told only by a long word: thrombose, brucellose.
LONG_TERM = 8


def speaking(column: str, label: str) -> str:
    """Give the words of a column that may speak of health: its label, else its name, else nothing."""
    if label:
        return label
    return "" if HEADERLESS.match(column) else spaced(column).replace("_", " ")


def revealed(
    texts: Sequence[str], *, headings: bool = False, around: frozenset[str] = NOWHERE
) -> list[tuple[str, ...]]:
    """Name the sensitive categories that texts speak of; with ``headings``, column names or labels.

    A heading has no sentence around it: letters that spell a term (UDI, MTF) say nothing there unless they
    are unmistakable (VIH, IVG), nor do words of care in general. ``around`` is what the table is about:
    among things only the unmistakable counts, among care any disease does.

    Examples
    --------
    >>> revealed(["Sérologie VIH", "Date de saisie"]), revealed(["EXO MTF", "IVG DATE"], headings=True)
    ([('hiv',), ()], [(), ('abortion',)])
    """
    from breachkit.classify.text.findings import find

    distinct = list(dict.fromkeys(texts))
    found: dict[int, set[str]] = {}
    hits = find(pl.Series("text", distinct, dtype=pl.String))
    for index, category, term, strength in hits.select(
        "text_index", "category", "term", "strength"
    ).iter_rows():
        if not headings or _unmistakable(category, term, strength, around):
            found.setdefault(index, set()).add(category)
    order = (*taxonomy.category_ids(), *taxonomy.context_ids())
    named = {text: tuple(c for c in order if c in found.get(i, ())) for i, text in enumerate(distinct)}
    return [named[text] for text in texts]


def _unmistakable(category: str, term: str, strength: str, around: frozenset[str]) -> bool:
    if term.startswith(_stems()):
        return True
    if THINGS in around:
        return False
    if (category, strength) == ("health_other", "weak") and CARE not in around:
        return len(term) >= LONG_TERM
    return len(term) >= SHORTEST_TERM


@cache
def _stems() -> tuple[str, ...]:
    return tuple(table("classify", "unmistakable")["stem"])
