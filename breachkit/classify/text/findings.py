"""`classify_text` and `qualify`: what texts reveal, and how they speak of a given span."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
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
SEVERAL = "Pass a list, a polars or a pandas Series of texts."
PUBLIC = tuple(name for name in SCHEMA if name != "strength")


def as_series(texts: Any) -> pl.Series:
    """Take a list, a polars or a pandas Series as a polars Series of text."""
    if isinstance(texts, pl.Series):
        if texts.dtype.is_nested() or texts.dtype in (pl.Binary, pl.Object, pl.Duration):
            raise BreachkitError(f"Expected texts, got a Series of {texts.dtype}.", hint=SEVERAL)
        return texts.cast(pl.String)
    if isinstance(texts, str):
        raise BreachkitError("Expected several texts, got one.", hint="Pass a list: [text].")
    if not isinstance(texts, Sequence) and not hasattr(texts, "to_list"):
        raise BreachkitError(f"Expected several texts, got {type(texts).__name__}.", hint=SEVERAL)
    values = texts.to_list() if hasattr(texts, "to_list") else texts
    return pl.Series("text", [_text(value) for value in values], dtype=pl.String)


def _text(value: Any) -> str | None:
    """Give one value as text, null for a missing one (None, NaN, NA); half characters are replaced."""
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "replace").decode("utf-8")
    if value is None or type(value).__name__ in ("NAType", "NaTType") or value != value:
        return None
    if isinstance(value, Iterable):
        raise BreachkitError(f"Expected a text, got {type(value).__name__}.", hint=SEVERAL)
    return str(value)


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
        When the three have different lengths, a span begins outside its text or ends before it begins, or
        the language is unknown.

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
    prepared: dict[str, tuple[Words, Qualifier]] = {}
    statuses: list[str | None] = []
    for text, start, end in zip(series.to_list(), froms, tos, strict=True):
        if text is None:
            statuses.append(None)
            continue
        if text not in prepared:
            words = Words(text, folder.fold(text), folder.origins(text))
            prepared[text] = words, Qualifier(words, spoken)
        statuses.append(_span_status(*prepared[text], *_checked(start, end, len(text))))
    return pl.Series("status", statuses, dtype=pl.String)


def _checked(start: Any, end: Any, size: int) -> tuple[int, int]:
    """Give the two offsets if they are a span of a text of ``size`` code points; its end may lie beyond."""
    try:
        first, last = int(start), int(end)
    except (TypeError, ValueError, OverflowError):
        raise BreachkitError("An offset is no number.", hint="Give code points: 0, 7.") from None
    if not 0 <= first <= min(last, size):
        raise BreachkitError(
            f"A span of a text of {size} code points begins outside it or ends before it begins.",
            hint="Each span needs 0 <= start <= end, in code points; ends are exclusive.",
        )
    return first, last


def _span_status(words: Words, qualifier: Qualifier, start: int, end: int) -> str:
    if words.origins is not None:
        start, end = bisect_left(words.origins, start), bisect_left(words.origins, end)
    first = bisect_right(words.ends, start)
    last = bisect_left(words.starts, end)
    if start == end or first >= last:
        return "asserted"
    return qualifier.status(first, last)[0]
