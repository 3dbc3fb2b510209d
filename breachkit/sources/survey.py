"""The physical lines of a block of delimited text, counted vectorised: which have the table's shape."""

from __future__ import annotations

import dataclasses
import re

import numpy as np
import numpy.typing as npt

NEWLINE = 10
RETURN = 13

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclasses.dataclass(frozen=True)
class Shape:
    """What a record looks like: one-byte delimiter and quote (``b""`` for none), cells per record."""

    delimiter: bytes
    quote: bytes
    width: int


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
