"""Columns of dates: births are told from visits by how their years are spread."""

from __future__ import annotations

import polars as pl

from breachkit.classify.dates import date_expr, day_order, year_expr
from breachkit.classify.detectors import Finding
from breachkit.classify.pool import Pool, flags

LEAST_SHARE = 0.6
BIRTH_SPREAD = 30
BIRTH_OLD_SHARE = 0.3
VISIT_SPREAD = 20
PAIR_ROWS = 20_000
PAIR_ENOUGH = 20
PAIR_SHARE = 0.98
PAIR_GAP = 90


WRITTEN = r"^\d{1,4}[-/. ]\d{1,2}[-/. ]\d{2,4}|^(?:19|20)\d{6}(?:\d{6})?$|^[0-3]\d[01]\d(?:19|20)\d{2}$"
BARE = r"^(?:19|20)\d{2}$|^(?:19|20)\d{2}(?:0[1-9]|1[0-2])$|^\d{1,3}$"


def look_at_dates(pool: Pool) -> list[list[Finding]]:
    """Give what the years of each column say: births over a lifetime, visits over a few recent years.

    Bare years and serial numbers alone never make a column of dates: too many numbers look like them.
    """
    written = pool.shares(flags(pool.values.str.contains(WRITTEN)))
    bare = pool.shares(flags(pool.values.str.contains(BARE)))
    years = pool.values.to_frame("v").select(year_expr(pl.col("v")))["v"]
    read = pool.shares(flags(years.is_not_null()))
    found: list[list[Finding]] = []
    for column in range(len(pool.columns)):
        if written[column] < LEAST_SHARE:
            found.append(_bare_years(float(bare[column])))
        elif read[column] < LEAST_SHARE:
            found.append([])
        else:
            found.append(_by_spread(years[pool.part(column)].drop_nulls(), float(read[column])))
    return found


def _bare_years(share: float) -> list[Finding]:
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


def first_of_pairs(data: pl.DataFrame, columns: list[str]) -> list[str]:
    """Name the columns of recent dates that come long before another one: a file's opening, not a visit.

    A stay's entry and exit lie days apart, a file's opening and its last visit months or years.
    """
    part = data.head(PAIR_ROWS)
    read = {
        name: part.select(date_expr(pl.col(name), day_first=day_order(part[name].unique()).day_first))[name]
        for name in columns
    }
    return [one for one in columns if any(_long_before(read[one], read[other]) for other in columns)]


def _long_before(one: pl.Series, other: pl.Series) -> bool:
    gaps = (other - one).dt.total_days().drop_nulls()
    if gaps.len() < PAIR_ENOUGH:
        return False
    return float((gaps >= 0).mean() or 0) >= PAIR_SHARE and float(gaps.median() or 0) >= PAIR_GAP  # type: ignore[arg-type]
