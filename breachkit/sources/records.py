"""Where the records of a block of delimited text are, and which lines do not have the table's shape.

polars and DuckDB read a half-cut line without a word. Here every line is counted first, vectorised; the
few that do not fit are taken apart one by one, put back in shape and reported. What goes on to the fast
parser therefore holds only records of the right width.
"""

from __future__ import annotations

import dataclasses
import re

import numpy as np
import numpy.typing as npt

NEWLINE = 10
RETURN = 13
MOST_LINES_IN_CELL = 500
MOST_BYTES_IN_RECORD = 1 << 20

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclasses.dataclass(frozen=True)
class Shape:
    """What a record looks like: one-byte delimiter and quote (``b""`` for none), cells per record."""

    delimiter: bytes
    quote: bytes
    width: int


@dataclasses.dataclass(frozen=True)
class Repaired:
    """A record that needed care: physical lines ``first..last`` of the block (0-based), its cells."""

    first: int
    last: int
    cells: list[bytes]
    kind: str


@dataclasses.dataclass(frozen=True)
class Lines:
    """The physical lines of a block, and whether each is sound as it stands.

    A line is ``block[starts:ends]``, its line end (LF or CR LF) left out; the next begins at ``nexts``.
    ``returns``: some line ends with more than one CR.
    """

    starts: Ints
    ends: Ints
    nexts: Ints
    sound: Flags
    blank: Flags
    quotes: Ints
    returns: bool


def survey(block: bytes, shape: Shape) -> Lines:
    """Count delimiters and quotes of each line of ``block`` (which ends with a line end).

    A line is sound if it has the table's width and its quotes, if any, open after a delimiter, close
    before one, and are doubled inside.
    """
    data = np.frombuffer(block, dtype=np.uint8)
    delimiter = shape.delimiter[0] if shape.delimiter else NEWLINE
    quoted = bool(shape.quote) and shape.quote in block
    mask = data == NEWLINE
    if shape.delimiter:
        mask |= data == delimiter
    if quoted:
        mask |= data == shape.quote[0]
    marks = np.flatnonzero(mask)
    kinds = data[marks]
    at = np.flatnonzero(kinds == NEWLINE)
    nexts = marks[at] + 1
    starts = np.concatenate([np.zeros(1, np.int64), nexts[:-1]])
    ends, returns = _without_returns(data, starts, nexts - 1)
    inside = np.diff(at, prepend=-1) - 1
    if not quoted:
        sound = inside == shape.width - 1
        quotes = np.zeros(len(ends), np.int64)
    else:
        sound, quotes = _survey_quoted(data, marks, kinds, at, shape)
    blank = ends == starts
    return Lines(starts, ends, nexts, sound & ~blank, blank, quotes, returns)


def _without_returns(data: npt.NDArray[np.uint8], starts: Ints, ends: Ints) -> tuple[Ints, bool]:
    """Where each line ends before its carriage returns, and whether any has more than one."""
    rounds = 0
    while (returned := (ends > starts) & (data[ends - 1] == RETURN)).any():
        ends = ends - returned
        rounds += 1
    return ends, rounds > 1


def _survey_quoted(
    data: npt.NDArray[np.uint8], marks: Ints, kinds: npt.NDArray[np.uint8], at: Ints, shape: Shape
) -> tuple[Flags, Ints]:
    """Whether each line is sound, and its number of quotes, when the block holds quotes."""
    is_quote = kinds == shape.quote[0]
    running = np.cumsum(is_quote)
    total = running[at]
    quotes = np.diff(total, prepend=0)
    length = np.diff(at, prepend=-1)
    before = np.repeat(total - quotes, length)
    within = running[: len(before)] - before
    line = np.repeat(np.arange(len(at)), length)
    outside = (~is_quote[: len(line)]) & (within % 2 == 0)
    outside[at] = False
    sound = (np.bincount(line[outside], minlength=len(at)) == shape.width - 1) & (quotes % 2 == 0)
    here = np.flatnonzero(is_quote[: len(line)])
    sound[line[here[_misplaced(data, marks[here], within[here], shape)]]] = False
    return sound, quotes


def _misplaced(data: npt.NDArray[np.uint8], spots: Ints, ordinal: Ints, shape: Shape) -> Flags:
    """Which quotes are neither at the edge of a cell nor doubled; ``ordinal`` counts from 1 in the line."""
    edge = np.zeros(256, bool)
    edge[[NEWLINE, shape.delimiter[0] if shape.delimiter else NEWLINE]] = True
    quote = shape.quote[0]
    previous = np.where(spots > 0, data[np.maximum(spots - 1, 0)], NEWLINE)
    following = data[np.minimum(spots + 1, len(data) - 1)]
    line_end = (following == RETURN) & (data[np.minimum(spots + 2, len(data) - 1)] == NEWLINE)
    opening = ordinal % 2 == 1
    doubled_back = (previous == quote) & (ordinal > 1)
    wrong: Flags = np.where(
        opening, ~(edge[previous] | doubled_back), ~(edge[following] | line_end | (following == quote))
    )
    return wrong


def doubled_quotes(block: bytes, shape: Shape) -> int:
    """Count doubled quotes inside cells (``""`` between other characters, so not an empty cell)."""
    pair = shape.quote * 2
    if not pair or shape.quote not in block or pair not in block:
        return 0
    edge = re.escape(shape.delimiter + b"\r\n")
    return len(re.findall(b"(?<=[^%s])%s(?=[^%s])" % (edge, re.escape(pair), edge), block))


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
