"""Columns of dates: births are told from visits by how their years are spread."""

from __future__ import annotations

import polars as pl

from breachkit.classify.dates import year_expr
from breachkit.classify.detectors import Finding
from breachkit.classify.profile import Profile

LEAST_SHARE = 0.6
BIRTH_SPREAD = 30
BIRTH_OLD_SHARE = 0.3
VISIT_SPREAD = 20


def look_at_dates(seen: Profile) -> list[Finding]:
    """Give what the years of a column say: births spread over a lifetime, visits over a few recent years.

    Bare years and serial numbers alone never make a column of dates: too many numbers look like them.
    """
    frame = pl.DataFrame({"v": seen.sample, "n": seen.counts})
    written = frame["v"].str.contains(
        r"^\d{1,4}[-/. ]\d{1,2}[-/. ]\d{2,4}|^(?:19|20)\d{6}(?:\d{6})?$|^[0-3]\d[01]\d(?:19|20)\d{2}$"
    )
    if seen.share(written) < LEAST_SHARE:
        return _bare_years(seen, frame)
    years = frame.select(year_expr(pl.col("v")))["v"]
    share = seen.share(years.is_not_null())
    if share < LEAST_SHARE:
        return []
    return _by_spread(years.drop_nulls(), share)


def _bare_years(seen: Profile, frame: pl.DataFrame) -> list[Finding]:
    bare = frame["v"].str.contains(r"^(?:19|20)\d{2}$|^(?:19|20)\d{2}(?:0[1-9]|1[0-2])$|^\d{1,3}$")
    share = seen.share(bare)
    if share < LEAST_SHARE:
        return []
    reason = f"bare years or months {share:.1%}"
    return [
        Finding("period", name, "", 0.15, 0.0, share, None, reason)
        for name in ("birth_date", "visit_date", "other_date")
    ]


def _by_spread(years: pl.Series, share: float) -> list[Finding]:
    ordered = years.sort()
    low, high = ordered.gather([int(0.02 * (ordered.len() - 1)), int(0.98 * (ordered.len() - 1))]).to_list()
    middle = int(ordered.gather([ordered.len() // 2]).item())
    spread, old = high - low, float((years < high - BIRTH_SPREAD).mean() or 0.0)
    birth = spread >= BIRTH_SPREAD and old >= BIRTH_OLD_SHARE
    recent = spread <= VISIT_SPREAD and middle >= 1990
    scores = {
        "birth_date": 0.55 if birth else 0.2,
        "visit_date": 0.45 if recent else 0.15,
        "other_date": 0.3,
    }
    reason = f"dates {share:.1%}, years {low}-{high}"
    return [
        Finding("date", name, "", score * share**0.5, 0.0, share, None, reason)
        for name, score in scores.items()
    ]
