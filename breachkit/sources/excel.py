"""Workbooks: every sheet, hidden ones too, every cell as text.

A sheet is known by its number: its title may be a patient's name.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl

from breachkit.errors import BreachkitError, MissingExtraError
from breachkit.leak import Source
from breachkit.sources import columnar, header
from breachkit.sources.part import Ledger, Options, Part, numbered


def read(path: Path, origin: str, name: str, options: Options) -> Iterator[Part]:
    """Read the sheets of a workbook (xlsx, xlsm, xlsb, xls, ods) that hold anything.

    Raises
    ------
    BreachkitError
        If it is encrypted or damaged, or holds no cell.
    """
    try:
        import fastexcel
    except ImportError:
        raise MissingExtraError("Reading Excel files", "files") from None
    try:
        book = fastexcel.read_excel(path)
        names = list(book.sheet_names)
    except Exception as error:
        raise _unreadable(path, origin, error) from None
    chosen = _chosen(names, origin, options)
    digest = columnar.sha256(path)
    for number in chosen:
        try:
            frame = _cells(book, number - 1)
        except Exception as error:
            raise _unreadable(path, origin, error) from None
        if frame.is_empty():
            continue
        table = name if len(chosen) == 1 else f"{name}_sheet_{number}"
        yield _part(frame, table, f"{origin}#{number}", path.stat().st_size, digest, options)


def _chosen(titles: list[str], origin: str, options: Options) -> list[int]:
    """Numbers, from 1, of the sheets asked for by title or number; a title is never repeated."""
    numbers = {str(place): place for place in range(1, len(titles) + 1)}
    numbers |= {title: place for place, title in enumerate(titles, start=1)}
    asked = options.tables
    if asked is None:
        return list(range(1, len(titles) + 1))
    if missing := sum(str(table) not in numbers for table in asked):
        raise BreachkitError(
            f"{origin} has {len(titles)} sheets; {missing} of the {len(asked)} asked for are not among them.",
            hint=f"Pass titles as the workbook has them, or numbers from 1 to {len(titles)}.",
        )
    return sorted({numbers[str(table)] for table in asked})


def _cells(book: Any, sheet: int) -> pl.DataFrame:
    loaded = book.load_sheet(sheet, header_row=None, dtypes="string", whitespace_as_null=False)
    frame: pl.DataFrame = loaded.to_polars()
    return frame.with_columns(pl.all().cast(pl.String)).pipe(_dates)


def _dates(frame: pl.DataFrame) -> pl.DataFrame:
    """Write days as days: a workbook has only instants, and a column of days is one of midnights."""
    instant, midnight = r"^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$", " 00:00:00"
    days = [
        column.name
        for column in frame.iter_columns()
        if (found := column.filter(column.str.contains(instant))).len()
        and found.str.ends_with(midnight).all()
    ]
    return frame.with_columns(pl.col(days).str.replace(r"^(\d{4}-\d{2}-\d{2}) 00:00:00$", "$1"))


def _part(frame: pl.DataFrame, table: str, origin: str, size: int, digest: str, options: Options) -> Part:
    ledger = Ledger()
    skipped = _preamble(frame, ledger)
    frame = frame[skipped:]
    first = [cell or "" for cell in frame.row(0)] if frame.height else []
    below = [[cell or "" for cell in row] for row in frame[1:60].iter_rows()]
    decided, why = header.decide(first, below)
    named, why = (decided, why) if options.header is None else (options.header, "given")
    columns, changed = header.names(first if named else None, frame.width)
    if changed:
        ledger.note("renamed_column", "renamed", skipped + 1, changed)
    body = frame[1:] if named else frame
    body.columns = columns
    body = body.filter(~pl.all_horizontal(pl.all().is_null()))
    source = Source(
        table=table,
        origin=origin,
        size=size,
        sha256=digest,
        format="excel",
        encoding="utf-8",
        header=named,
        decided_by={"format": "first bytes", "header": why},
    )
    return Part(table, numbered(body), source, ledger)


def _preamble(frame: pl.DataFrame, ledger: Ledger) -> int:
    """Set aside title rows: at the top, less than half as wide as the sheet's usual row."""
    widths = frame.select(pl.sum_horizontal(pl.all().is_not_null())).to_series().to_list()
    usual = sorted(widths)[len(widths) // 2]
    skipped = 0
    for row, width in zip(frame.head(50).iter_rows(), widths, strict=False):
        if usual <= 2 or width * 2 > usual:
            break
        skipped += 1
        if width:
            ledger.note("preamble", "quarantined", skipped)
            ledger.hold(skipped, "preamble", " ".join(cell for cell in row if cell))
    return 0 if skipped == len(widths) else skipped


def _unreadable(path: Path, origin: str, error: Exception) -> BreachkitError:
    with path.open("rb") as file:
        content = file.read(1 << 20)
    if b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0" in content:
        return BreachkitError(
            f"{origin} is an encrypted workbook.", hint="Open it with its password and save it without."
        )
    return BreachkitError(
        f"{origin} looks like a workbook but cannot be read ({type(error).__name__}).",
        hint="It is damaged, or an Office document that is not a workbook: open it, save it as .xlsx or CSV.",
    )
