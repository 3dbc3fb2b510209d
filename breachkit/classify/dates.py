"""Dates as software writes them: ISO, day first, compact, two-digit years, Excel serials."""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

# Two-digit years up to this one are read as 20xx. A convention, not a fact: such dates count as ambiguous.
CENTURY_PIVOT = 30
_TIME = r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
ISO = rf"^(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TIME}$"
PARTS = rf"^(\d{{1,2}})[-/. ](\d{{1,2}})[-/. ](\d{{4}}){_TIME}$"
SHORT = r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{2})$"
COMPACT = r"^((?:18|19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:\d{4}|\d{6})?$"
COMPACT_DAY_FIRST = r"^(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])((?:18|19|20)\d{2})$"
MONTH = r"^((?:18|19|20)\d{2})(0[1-9]|1[0-2])$"
YEAR = r"^((?:18|19|20)\d{2})$"
EXCEL = r"^([1-6]\d{4})(?:\.0+)?$"
EXCEL_EPOCH = (1899, 12, 30)


class DayOrder(NamedTuple):
    """How a column orders day and month, and whether anything in it proves so."""

    day_first: bool
    proven: bool


def _built(text: pl.Expr, pattern: str, year: int, month: int, day: int) -> pl.Expr:
    parts = [text.str.extract(pattern, group).cast(pl.Int32, strict=False) for group in (year, month, day)]
    return _real(*parts)


def _real(year: pl.Expr, month: pl.Expr, day: pl.Expr) -> pl.Expr:
    """Give the date, null where no such day exists (31 February)."""
    text = pl.concat_str(
        year.cast(pl.String).str.zfill(4),
        month.cast(pl.String).str.zfill(2),
        day.cast(pl.String).str.zfill(2),
        separator="-",
    )
    return text.str.to_date("%Y-%m-%d", strict=False)


def date_expr(text: pl.Expr, *, day_first: bool = True) -> pl.Expr:
    """Parse cells into dates, row by row; null where the cell is not a whole date.

    Parameters
    ----------
    text
        A string expression.
    day_first
        Whether ``03/04/2020`` is the 3rd of April (France) or the 4th of March.

    Examples
    --------
    >>> cells = pl.DataFrame({"d": ["2020-02-29", "03/04/1985", "19850403", "31/02/1999", "1985"]})
    >>> cells.select(date_expr(pl.col("d"))).to_series().to_list()
    [datetime.date(2020, 2, 29), datetime.date(1985, 4, 3), datetime.date(1985, 4, 3), None, None]
    """
    cell = text.str.strip_chars()
    month, day = (2, 1) if day_first else (1, 2)
    short_year = cell.str.extract(SHORT, 3).cast(pl.Int32, strict=False)
    century = pl.when(short_year <= CENTURY_PIVOT).then(2000).otherwise(1900)
    short = _real(
        short_year + century,
        cell.str.extract(SHORT, month).cast(pl.Int32, strict=False),
        cell.str.extract(SHORT, day).cast(pl.Int32, strict=False),
    )
    serial = cell.str.extract(EXCEL, 1).cast(pl.Int32, strict=False)
    return pl.coalesce(
        _built(cell, ISO, 1, 2, 3),
        _built(cell, PARTS, 3, month, day),
        _built(cell, COMPACT, 1, 2, 3),
        _built(cell, COMPACT_DAY_FIRST, 3, 2, 1),
        short,
        pl.date(*EXCEL_EPOCH) + pl.duration(days=serial),
    )


def year_expr(text: pl.Expr) -> pl.Expr:
    """Give the year of whole dates, of ``yyyymm`` and of bare years."""
    cell = text.str.strip_chars()
    bare = pl.coalesce(cell.str.extract(MONTH, 1), cell.str.extract(YEAR, 1)).cast(pl.Int32, strict=False)
    return pl.coalesce(date_expr(cell).dt.year(), bare)


def day_order(values: pl.Series) -> DayOrder:
    """Decide between day first and month first from the distinct values of one column.

    France writes the day first, so that is what unproven columns get; their dates are reported as ambiguous.

    Examples
    --------
    >>> day_order(pl.Series(["03/04/1985", "03/25/1985"]))
    DayOrder(day_first=False, proven=True)
    """
    cell = values.str.strip_chars()
    pairs = [
        (
            cell.str.extract(pattern, 1).cast(pl.Int32, strict=False),
            cell.str.extract(pattern, 2).cast(pl.Int32, strict=False),
        )
        for pattern in (PARTS, SHORT)
    ]
    first_big = sum(int((first > 12).sum()) for first, _ in pairs)
    second_big = sum(int((second > 12).sum()) for _, second in pairs)
    written = any(first.is_not_null().any() for first, _ in pairs)
    return DayOrder(second_big <= first_big, (first_big != second_big) or not written)


def ambiguous_expr(text: pl.Expr) -> pl.Expr:
    """Say which cells have two readings: day and month both up to 12 and different, or a short year."""
    cell = text.str.strip_chars()
    first = cell.str.extract(PARTS, 1).cast(pl.Int32, strict=False)
    second = cell.str.extract(PARTS, 2).cast(pl.Int32, strict=False)
    swapped = (first <= 12) & (second <= 12) & (first != second)
    return swapped.fill_null(False) | cell.str.contains(SHORT).fill_null(False)
