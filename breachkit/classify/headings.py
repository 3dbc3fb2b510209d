"""What the heading of a column reveals by itself: a label or a name (``Sérologie VIH``, ``IVG_DATE``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache

import polars as pl

from breachkit import taxonomy
from breachkit.classify.context import CARE, THINGS, tells_of_people
from breachkit.classify.denials import HARMLESS, HEADERLESS
from breachkit.classify.names import NOWHERE, concepts, read_name
from breachkit.classify.tokens import spaced, tokens
from breachkit.facts import table

SHORTEST_TERM = 5
# In a heading a disease in general is told only by a long word: thrombose, brucellose.
LONG_TERM = 8
SHARED_BY = 3


def meant(labels: Sequence[str]) -> list[str]:
    """Give each label, or ``""`` for a form of words: shared by three columns, it names nothing of a person.

    Examples
    --------
    >>> meant(["Champ de la table."] * 3 + ["Sexe"]), meant(["Diagnostic associé"] * 3)[0]
    (['', '', '', 'Sexe'], 'Diagnostic associé')
    """
    times = Counter(label for label in labels if label)
    shared = [label for label, count in times.items() if count >= SHARED_BY]
    read = [read_name(label, "label") for label in shared]
    spoken = revealed(shared, headings=True)
    forms = {
        label
        for label, evidence, said in zip(shared, read, spoken, strict=True)
        if not said and (evidence is None or evidence.attribute in HARMLESS)
    }
    return ["" if label in forms else label for label in labels]


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
    things = THINGS in around
    gated = [things and not tells_of_people(concepts(tokens(text, cut=False))) for text in distinct]
    for index, category, term, strength in hits.select(
        "text_index", "category", "term", "strength"
    ).iter_rows():
        if not headings or _unmistakable(category, term, strength, gated[index], CARE in around):
            found.setdefault(index, set()).add(category)
    order = (*taxonomy.category_ids(), *taxonomy.context_ids())
    named = {text: tuple(c for c in order if c in found.get(i, ())) for i, text in enumerate(distinct)}
    return [named[text] for text in texts]


def _unmistakable(category: str, term: str, strength: str, of_things: bool, of_care: bool) -> bool:
    if term.startswith(_stems()):
        return True
    if of_things:
        return False
    if (category, strength) == ("health_other", "weak") and not of_care:
        return len(term) >= LONG_TERM
    return len(term) >= SHORTEST_TERM


@cache
def _stems() -> tuple[str, ...]:
    return tuple(table("classify", "unmistakable")["stem"])
