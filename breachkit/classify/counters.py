"""Codes of few values and counts, told by how their values are spread: for tables without a header.

Nothing is said of a code that could be anything: letters of blood groups, words, scores that do not start at
zero or one. A column left open is better than a wrong one.
"""

from __future__ import annotations

from typing import Literal

import polars as pl

from breachkit.classify.headings import revealed
from breachkit.classify.profile import Profile

ENOUGH = 100
FEW_SHARE = 0.02
FEW_LETTERS = 12
FEW_CODES = 60
MOST = 0.98
LETTER = r"^[A-Z]$"
USER = r"^[A-Z]{2,6}[0-9]{0,3}$"
USER_DIGITS = 0.3
WHOLE = r"^[0-9]{1,3}$"
BLOOD = ("A", "B", "O", "F", "M", "H")
RUN = 4
FALL = 3
SLACK = 0.9


def code_or_count(column: Profile) -> Literal["technical", "amount"] | None:
    """Say whether a column holds a technical code of few values or a count; nothing when unsure."""
    if (
        column.filled < ENOUGH
        or column.distinct < 2
        or column.distinct > FEW_SHARE * column.filled + FEW_LETTERS
    ):
        return None
    sample = column.sample
    if column.distinct <= FEW_LETTERS and column.share(sample.str.contains(LETTER)) >= MOST:
        return None if set(sample) <= set(BLOOD) else "technical"
    if _user_codes(column):
        return None if any(revealed(sample.to_list())) else "technical"
    return "amount" if _counts(column) else None


def _user_codes(column: Profile) -> bool:
    """Say whether these are short codes of clerks and stations, a good part of them numbered."""
    if column.distinct > FEW_CODES or column.share(column.sample.str.contains(USER)) < MOST:
        return False
    several = column.sample.str.extract("^([A-Z]+)").n_unique() > 2
    return several and column.share(column.sample.str.contains("[0-9]$")) >= USER_DIGITS


def _counts(column: Profile) -> bool:
    """Say whether whole numbers run from zero or one without a gap, ever fewer of them."""
    if column.share(column.sample.str.contains(WHOLE)) < 1:
        return False
    frame = pl.DataFrame({"v": column.sample.cast(pl.Int64), "n": column.counts}).sort("v")
    values, counts = frame["v"].to_list(), frame["n"].to_list()
    if len(values) <= RUN or values[0] not in (0, 1) or values[RUN] - values[0] != RUN:
        return False
    top = counts.index(max(counts))
    falling = all(
        a >= SLACK * b for a, b in zip(counts[top : top + RUN], counts[top + 1 : top + RUN], strict=False)
    )
    return top <= 2 and falling and counts[top] >= FALL * counts[min(top + RUN, len(counts) - 1)]
