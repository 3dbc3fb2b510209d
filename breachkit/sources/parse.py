"""Records of one width to a frame of text: polars does the work, and its count is checked."""

from __future__ import annotations

import io
from collections.abc import Sequence

import polars as pl

from breachkit.sources import records, survey
from breachkit.sources.dialect import STAND_INS, Dialect
from breachkit.sources.survey import Shape


def written(cells: Sequence[bytes], shape: Shape) -> bytes:
    r"""Write a record's cells as one line of the table's width, quoted where needed.

    Examples
    --------
    >>> written([b"a", b"b;c"], Shape(b";", b'"', 3))
    b'a;"b;c";\n'
    """
    padded = [_quoted(cell, shape) for cell in cells[: shape.width]]
    padded += [b""] * (shape.width - len(padded))
    return shape.delimiter.join(padded) + b"\n"


def _quoted(cell: bytes, shape: Shape) -> bytes:
    if not shape.quote or not any(mark in cell for mark in (shape.quote, b"\n", shape.delimiter or b"\n")):
        return cell
    return shape.quote + cell.replace(shape.quote, shape.quote * 2) + shape.quote


def parse(block: bytes, columns: Sequence[str], choice: Dialect, rows: int) -> pl.DataFrame:
    """Parse ``rows`` records; a parser that finds another number is not believed."""
    shape = choice.shape
    quote = shape.quote.decode() if shape.quote and shape.quote in block else None
    separator = shape.delimiter or next((mark for mark in STAND_INS if mark not in block), b"\x1f")
    try:
        frame = pl.read_csv(
            io.BytesIO(block),
            separator=separator.decode("ascii"),
            has_header=False,
            quote_char=quote,
            schema=dict.fromkeys(columns, pl.String),
        )
    except (pl.exceptions.PolarsError, ValueError):
        frame = pl.DataFrame()
    if frame.shape != (rows, len(columns)):
        frame = _slowly(block, columns, shape)
    if choice.stand_in and quote:
        restored = pl.all().str.replace_all(separator.decode(), choice.shown.decode(), literal=True)
        frame = frame.with_columns(restored)
    return frame


def _slowly(block: bytes, columns: Sequence[str], shape: Shape) -> pl.DataFrame:
    """Parse record by record, as the survey saw them, what polars refuses."""
    lines = survey.survey(block, shape)
    table: list[list[str | None]] = []
    number = 0
    while number < len(lines.ends):
        record = records.record_at(block, lines, number, shape)
        if not lines.blank[number]:
            cells = [cell.decode("utf-8") or None for cell in record.cells[: len(columns)]]
            table.append(cells + [None] * (len(columns) - len(cells)))
        number = record.last + 1
    return pl.DataFrame(table, schema=dict.fromkeys(columns, pl.String), orient="row")
