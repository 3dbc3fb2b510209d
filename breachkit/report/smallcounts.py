"""Small counts told as "fewer than five": what goes to others must not single anybody out."""

from __future__ import annotations

import dataclasses
import math
import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import polars as pl

from breachkit.facts import table
from breachkit.locale import Language, integer, say

if TYPE_CHECKING:
    from breachkit.exposure import Exposure
    from breachkit.severity import Severity

BELOW = 5
# French sentences hold no-break spaces where the table of phrasings has plain ones (outside its classes).
_ANY_SPACE = re.compile(r"(\[[^\]]*\])| ")


def people(count: float | None, lang: Language, below: int = BELOW) -> str:
    """Write a count of people; one from 1 to ``below - 1`` is only said to be small.

    Examples
    --------
    >>> people(3, "en"), people(0, "en"), people(1234, "en")
    ('< 5', '0', '1,234')
    """
    if count is not None and 0 < count < below:
        return say("report", "fewer", lang, below=below)
    return integer(count, lang)


def hidden(counts: Sequence[int], sums: Iterable[Iterable[int]] = (), below: int = BELOW) -> list[int | None]:
    """Give counts with the small ones out, and enough others that no known sum brings them back.

    Parameters
    ----------
    counts
        Counts of people whose total is known.
    sums
        Further sums that are told: each the places of the counts that it adds up.

    Examples
    --------
    >>> hidden([500, 3, 40])
    [500, None, None]
    """
    from breachkit.exposure.shareable import Ledger

    ledger = Ledger(below)
    cells = [ledger.cell(count) for count in counts]
    for places in (range(len(cells)), *sums):
        ledger.relate(cells[place] for place in places)
    return ledger.close().shown(cells)


def written(
    counts: Sequence[int], lang: Language, sums: Iterable[Iterable[int]] = (), below: int = BELOW
) -> list[str]:
    """Write counts for a table: small ones as such, those hidden to protect them as "not told"."""
    kept = hidden(counts, sums, below)
    unsaid = say("locale", "not_told", lang)
    return [
        people(count, lang, below) if shown is not None or 0 < count < below else unsaid
        for count, shown in zip(counts, kept, strict=True)
    ]


def told_sums(severity: Severity) -> list[list[int]]:
    """Give the sums of strata that the report tells: per band, high or more, and the highest score."""
    bands, scores = severity.by_stratum["band"].to_list(), severity.by_stratum["score"].to_list()
    groups = [[i for i, band in enumerate(bands) if band == one] for one in dict.fromkeys(bands)]
    groups.append([i for i, band in enumerate(bands) if band in ("high", "very_high")])
    groups.append([i for i, score in enumerate(scores) if score == severity.score_max])
    return [group for group in groups if len(group) > 1]


def exposure_to_share(exposure: Exposure, below: int = BELOW) -> Exposure:
    """Give the exposure with hidden counts ``None``; categories hidden are left out of every table.

    A step of the removal waterfall that leaves fewer than ``below`` people is left out as well.
    """
    kept = exposure.shareable("categories", below=below).drop_nulls("people")
    shown = pl.col("category").is_in([*kept["category"], "anyone"])
    small = pl.any_horizontal(pl.col(name).is_between(1, below - 1) for name in ("unique", "left"))
    return dataclasses.replace(
        exposure,
        categories=kept,
        matrix=exposure.shareable("matrix", below=below).filter(shown).drop_nulls("people"),
        identifiability=exposure.shareable("identifiability", below=below).filter(shown),
        overlaps=exposure.shareable("overlaps", below=below).drop_nulls("people"),
        strata=exposure.shareable("strata", below=below).drop_nulls("people"),
        removal=exposure.removal.filter(~small),
    )


def told(sentence: str, lang: Language, below: int = BELOW) -> str:
    """Give a sentence about people counted with its small counts said to be small.

    The phrasings that carry a count are rows of ``phrasings.csv``; a share beside it goes too.

    Examples
    --------
    >>> told("Highest ENISA severity: 4.50 out of 6, very high, for 3 people.", "en")
    'Highest ENISA severity: 4.50 out of 6, very high, for fewer than 5 people.'
    >>> told("A neighbour finds 2 of 40 people (5.0%).", "en")
    'A neighbour finds fewer than 5 of 40 people.'
    """
    words = say("report", "fewer_than", lang, below=below)

    def small(found: re.Match[str]) -> str:
        if not 0 < int(found["n"]) < below:
            return found[0]
        start, end = (at - found.start() for at in found.span("n"))
        text = found[0][:start] + words + found[0][end:]
        return re.sub(r" \([\d.,\s]+%\)$", "", text)

    for pattern in _phrasings(lang):
        sentence = pattern.sub(small, sentence)
    return sentence


@cache
def _phrasings(lang: Language) -> tuple[re.Pattern[str], ...]:
    rows = table("report", "phrasings").filter(pl.col("lang") == lang)
    number = r"(?<![\d.,/\u202f\u00a0])(?P<n>\d)(?![\d.,\u202f]*\d)"
    share = r"(?: \([\d.,\s]+%\))?"
    spaced = [_ANY_SPACE.sub(lambda found: found[1] or "[ \u00a0\u202f]", p) for p in rows["pattern"]]
    return tuple(re.compile(pattern.replace("{n}", number) + share) for pattern in spaced)


def finite(value: Any) -> Any:
    """Turn what JSON cannot hold (NaN, infinity) into ``None``, all the way down.

    Examples
    --------
    >>> finite({"a": [1.0, float("nan")]})
    {'a': [1.0, None]}
    """
    match value:
        case float():
            return value if math.isfinite(value) else None
        case dict():
            return {key: finite(item) for key, item in value.items()}
        case list() | tuple():
            return [finite(item) for item in value]
    return value
