"""The records of a block of delimited text, also where lines do not have the table's shape.

polars and DuckDB read a half-cut line without a word. Here every line is counted first, vectorised; the
few that do not fit are taken apart one by one, put back in shape and reported. What goes on to the fast
parser therefore holds only records of the right width.
"""

from __future__ import annotations

import dataclasses

import numpy as np

from breachkit.sources.survey import Lines, Shape

MOST_LINES_IN_CELL = 500
MOST_BYTES_IN_RECORD = 1 << 20


@dataclasses.dataclass(frozen=True)
class Repaired:
    """A record that needed care: physical lines ``first..last`` of the block (0-based), its cells."""

    first: int
    last: int
    cells: list[bytes]
    kind: str


def cells_of(line: bytes, shape: Shape) -> tuple[list[bytes], bool, int]:
    """Take one record apart: its cells, whether a quote stays open, how many quotes are stray.

    Examples
    --------
    >>> cells_of(b'a;"b;c";d', Shape(b";", b'"', 3))
    ([b'a', b'b;c', b'd'], False, 0)
    >>> cells_of(b'12" pouces;x', Shape(b";", b'"', 2))
    ([b'12" pouces', b'x'], False, 1)
    """
    cells: list[bytes] = []
    position, stray = 0, 0
    while True:
        if shape.quote and line.startswith(shape.quote, position):
            cell, end, lost = _quoted_cell(line, position + 1, shape)
            stray += lost
            if end < 0:
                return [*cells, cell], True, stray
        else:
            found = line.find(shape.delimiter, position) if shape.delimiter else -1
            end = len(line) if found < 0 else found
            cell = line[position:end]
            stray += cell.count(shape.quote) if shape.quote else 0
        cells.append(cell)
        if end >= len(line):
            return cells, False, stray
        position = end + 1


def _quoted_cell(line: bytes, position: int, shape: Shape) -> tuple[bytes, int, int]:
    """Read a cell whose quote opened just before ``position``: text, where it ends (-1: never), strays."""
    parts: list[bytes] = []
    stray = 0
    while True:
        close = line.find(shape.quote, position)
        if close < 0:
            return b"".join([*parts, line[position:]]), -1, stray
        after = line[close + 1 : close + 2]
        parts.append(line[position:close])
        if after == shape.quote:
            parts.append(shape.quote)
            position = close + 2
        elif after in (b"", shape.delimiter):
            return b"".join(parts), close + 1, stray
        else:
            parts.append(shape.quote)
            stray += 1
            position = close + 1


def mend(block: bytes, lines: Lines, shape: Shape, *, final: bool) -> tuple[list[Repaired], int]:
    """Take the lines that are not sound apart: the records found, and how many lines were consumed.

    Lines are left for the next block only if a quoted cell is still open at the end of this one.
    """
    repaired: list[Repaired] = []
    count = len(lines.ends)
    next_line = 0
    for number in np.flatnonzero(~(lines.sound | lines.blank)).tolist():
        if number < next_line:
            continue
        record, open_end = _record(block, lines, number, shape)
        if open_end and not final:
            return repaired, number
        repaired.append(record)
        next_line = record.last + 1
    return repaired, count


def record_at(block: bytes, lines: Lines, number: int, shape: Shape) -> Repaired:
    """Give the record that starts at line ``number``, sound or not."""
    return _record(block, lines, number, shape)[0]


def _record(block: bytes, lines: Lines, number: int, shape: Shape) -> tuple[Repaired, bool]:
    """Find the best reading of the record that starts at line ``number``; flag one open at block end."""
    text = block[lines.starts[number] : lines.ends[number]]
    if not shape.quote or not lines.quotes[number]:
        cells = text.split(shape.delimiter) if shape.delimiter else [text]
        return Repaired(number, number, cells, _width_kind(cells, shape)), False
    cells, unclosed, stray = cells_of(text, shape)
    literal = text.split(shape.delimiter) if shape.delimiter else [text]
    if not unclosed:
        if len(cells) != shape.width and len(literal) == shape.width:
            cells = literal
        kind = "stray_quote" if len(cells) == shape.width and stray else _width_kind(cells, shape)
        return Repaired(number, number, cells, kind), False
    open_end = False
    if not stray:
        joined, open_end = _joined(block, lines, number, shape, whole=len(literal) == shape.width)
        if joined is not None:
            return joined, False
    return Repaired(number, number, literal, "unterminated_quote"), open_end


def _joined(
    block: bytes, lines: Lines, number: int, shape: Shape, *, whole: bool
) -> tuple[Repaired | None, bool]:
    """Try to close an open quote on a later line.

    A line that is a whole record by itself is never swallowed: two stray quotes some lines apart must not
    make the people between them disappear.
    """
    start = lines.starts[number]
    for last in range(number + 1, min(number + MOST_LINES_IN_CELL, len(lines.ends))):
        line = block[lines.starts[last] : lines.ends[last]]
        alone = shape.width > 2 and line.count(shape.delimiter) == shape.width - 1
        if alone and (lines.sound[last] or whole):
            return None, False
        if lines.ends[last] - start > MOST_BYTES_IN_RECORD:
            return None, False
        if lines.quotes[last]:
            text = block[start : lines.ends[last]].replace(b"\r\n", b"\n")
            cells, unclosed, stray = cells_of(text, shape)
            if stray:
                return None, False
            if not unclosed:
                fits = len(cells) == shape.width
                return (Repaired(number, last, cells, "embedded_newline") if fits else None), False
    return None, len(lines.ends) - number < MOST_LINES_IN_CELL


def _width_kind(cells: list[bytes], shape: Shape) -> str:
    if len(cells) == shape.width:
        return "embedded_quote"
    return "short_line" if len(cells) < shape.width else "long_line"
