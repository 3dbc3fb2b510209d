"""`classify_text` and `qualify`: what texts reveal, and how they speak of a given span."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import Any

import polars as pl

from breachkit.classify.text.fold import Folder
from breachkit.classify.text.lexicon import Lexicon, lexicon
from breachkit.classify.text.matcher import hits, worth_a_look
from breachkit.classify.text.qualifier import Qualifier
from breachkit.classify.text.values import status_of_value
from breachkit.classify.text.words import Words
from breachkit.errors import BreachkitError
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


def as_series(texts: Any) -> pl.Series:
    """Take a list, a polars or a pandas Series as a polars Series of text."""
    if isinstance(texts, pl.Series):
        return texts.cast(pl.String)
    if isinstance(texts, str):
        raise BreachkitError("Expected several texts, got one.", hint="Pass a list: [text].")
    if hasattr(texts, "to_numpy") and not hasattr(texts, "to_arrow"):
        texts = texts.to_list()
    values = [None if value is None or value != value else str(value) for value in texts]
    return pl.Series("text", values, dtype=pl.String)


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
    words = Words(text, folded)
    found = hits(words, known)
    if not found:
        return
    origins = folder.origins(text)
    qualifier = Qualifier(words, lang)
    for hit in found:
        term = hit.term
        status, cue = qualifier.status(
            hit.start, hit.end, term.status, locked=term.locked, category=term.category
        )
        if status in ("asserted", "tested"):
            status = status_of_value(words, hit.start, hit.end, term.category) or status
        start, end = words.starts[hit.start], words.ends[hit.end - 1]
        if origins is not None:
            start, end = origins[start], origins[end - 1] + 1
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


def qualify(texts: Any, starts: Iterable[int], ends: Iterable[int], *, lang: str = "fr") -> pl.Series:
    """Judge how texts speak of given spans, whatever the spans name.

    Parameters
    ----------
    texts
        One text per span.
    starts, ends
        Offsets in code points, end exclusive.
    lang
        ``"fr"`` or ``"en"``.

    Returns
    -------
    polars.Series
        ``status``: one of the ids of `breachkit.taxonomy.statuses` (``"asserted"`` when no cue reaches the
        span), null for a null text.

    Raises
    ------
    BreachkitError
        When the three have different lengths, or the language is unknown.

    Examples
    --------
    >>> qualify(["Pas de fièvre ni toux."] * 2, [7, 17], [13, 21]).to_list()
    ['negated', 'negated']
    """
    series = as_series(texts)
    spoken = language(lang)
    froms, tos = list(starts), list(ends)
    if not len(series) == len(froms) == len(tos):
        raise BreachkitError(
            f"{len(series)} texts, {len(froms)} starts and {len(tos)} ends.",
            hint="Give one of each per span.",
        )
    folder = Folder()
    prepared: dict[str, tuple[Words, Qualifier, Any]] = {}
    statuses: list[str | None] = []
    for text, start, end in zip(series.to_list(), froms, tos, strict=True):
        if text is None:
            statuses.append(None)
            continue
        if text not in prepared:
            words = Words(text, folder.fold(text))
            prepared[text] = words, Qualifier(words, spoken), folder.origins(text)
        statuses.append(_span_status(prepared[text], int(start), int(end)))
    return pl.Series("status", statuses, dtype=pl.String)


def _span_status(prepared: tuple[Words, Qualifier, Any], start: int, end: int) -> str:
    words, qualifier, origins = prepared
    if origins is not None:
        start, end = bisect_left(origins, start), bisect_left(origins, end)
    first = bisect_right(words.ends, start)
    last = bisect_left(words.starts, end)
    if first >= last:
        return "asserted"
    return qualifier.status(first, last)[0]
