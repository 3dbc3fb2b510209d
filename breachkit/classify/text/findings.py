"""`classify_text`: what texts reveal, distinct texts first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl

from breachkit.classify.text.fold import Folder
from breachkit.classify.text.lexicon import Lexicon, lexicon
from breachkit.classify.text.matcher import hits, worth_a_look
from breachkit.classify.text.qualifier import Qualifier
from breachkit.classify.text.several import as_series
from breachkit.classify.text.values import status_of_value
from breachkit.classify.text.words import Words
from breachkit.locale import Language, language

SCHEMA = pl.Schema(
    {
        "text_index": pl.UInt32,
        "category": pl.String,
        "status": pl.String,
        "start": pl.UInt32,
        "end": pl.UInt32,
        "term": pl.String,
        "cue": pl.String,
        "strength": pl.String,
    }
)
PUBLIC = tuple(name for name in SCHEMA if name != "strength")


def find(texts: pl.Series, *, lang: Language = "fr") -> pl.DataFrame:
    """Find in distinct texts what `classify_text` finds, with each finding's ``strength``."""
    known = lexicon(lang)
    folder = Folder()
    values = texts.fill_null("").to_list()
    folded = folder.fold_all(values)
    keep = worth_a_look(pl.Series(folded, dtype=pl.String), known).arg_true().to_list()
    rows: list[tuple[Any, ...]] = []
    for index in keep:
        rows += _of_text(index, values[index], folded[index], folder, known, lang)
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def _of_text(
    index: int, text: str, folded: str, folder: Folder, known: Lexicon, lang: Language
) -> Iterator[tuple[Any, ...]]:
    words = Words(text, folded, folder.origins(text))
    found = hits(words, known)
    if not found:
        return
    qualifier = Qualifier(words, lang)
    for hit in found:
        term = hit.term
        status, cue = qualifier.status(
            hit.start, hit.end, term.status, locked=term.locked, category=term.category
        )
        if status in ("asserted", "tested"):
            status = status_of_value(words, hit.start, hit.end, term.category) or status
        start, end = words.span(hit.start, hit.end)
        yield index, term.category, status, start, end, term.term, cue, term.strength


def classify_text(texts: Any, *, lang: str = "fr") -> pl.DataFrame:
    """Say what texts reveal: one row per finding.

    Parameters
    ----------
    texts
        A list, a polars or a pandas Series of texts; nulls and empty texts reveal nothing.
    lang
        ``"fr"`` or ``"en"``: the language of the cues, and of terms that mean something else in the other.

    Returns
    -------
    polars.DataFrame
        ``text_index`` (UInt32, place in ``texts``), ``category`` and ``status`` (ids of the taxonomy),
        ``start`` and ``end`` (code points of the text as given, end exclusive), ``term`` (the lexicon's word,
        never the text's) and ``cue`` (the words of ``cues.csv`` that gave the status, ``""`` if none did).

    Raises
    ------
    BreachkitError
        For one bare string, or an unknown language.

    Examples
    --------
    >>> classify_text(["Séro VIH nég", "mère: K sein"]).select("category", "status").rows()
    [('hiv', 'negated'), ('cancer', 'other_person')]
    """
    series = as_series(texts)
    spoken = language(lang)
    frame = pl.DataFrame({"text": series, "text_index": pl.arange(len(series), dtype=pl.UInt32, eager=True)})
    distinct = frame["text"].drop_nulls().unique(maintain_order=True)
    found = find(distinct, lang=spoken).rename({"text_index": "distinct"})
    numbered = pl.DataFrame(
        {"text": distinct, "distinct": pl.arange(len(distinct), dtype=pl.UInt32, eager=True)}
    )
    touched = numbered.join(found.select("distinct").unique(), on="distinct", how="semi")
    return (
        frame.join(touched, on="text", how="inner")
        .join(found, on="distinct", how="inner")
        .sort("text_index", "start", "end", "category")
        .select(PUBLIC)
    )
