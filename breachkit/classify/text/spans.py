"""`qualify`: how texts speak of given spans, whatever the spans name."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import Any

import polars as pl

from breachkit.classify.text.fold import Folder
from breachkit.classify.text.qualifier import Qualifier
from breachkit.classify.text.several import as_series
from breachkit.classify.text.words import Words
from breachkit.errors import BreachkitError
from breachkit.locale import language


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
