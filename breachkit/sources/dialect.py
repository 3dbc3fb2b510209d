"""Which delimiter and quote a text file uses, and how many cells its records have."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter

from breachkit.errors import BreachkitError
from breachkit.sources.records import cells_of
from breachkit.sources.survey import Shape

DELIMITERS = (b";", b",", b"\t", b"|", b"\x01", b"\x1f", b"^", b"~", b":")
# One-byte stand-ins that text does not use, for delimiters longer than one byte.
STAND_INS = (b"\x1f", b"\x1e", b"\x1d", b"\x1c", b"\x01", b"\x02", b"\x03", b"\x04")
SAMPLE_LINES = 400
MOST_COLUMNS = 100_000
ESCAPED = re.compile(rb"\\[\\\"]")
FIRST_LINE = 1.5  # how much more a delimiter counts that the first line holds as often as the others


@dataclasses.dataclass(frozen=True)
class Dialect:
    """How records are written. ``shown`` is the delimiter as the file has it; ``stand_in`` replaces it.

    ``backslash``: quotes inside cells are escaped by a backslash, not doubled.
    """

    shape: Shape
    shown: bytes
    decided_by: dict[str, str]
    backslash: bool = False

    @property
    def stand_in(self) -> bool:
        """Whether the delimiter is longer than one byte and must be replaced while reading."""
        return self.shown != self.shape.delimiter


def decide(sample: bytes, delimiter: str | None, quote: str | None) -> Dialect:
    """Decide delimiter, quote and width from the first lines (UTF-8).

    Raises
    ------
    BreachkitError
        If ``quote`` is not one ASCII character, ``delimiter`` cannot be one, or a line has more cells than a
        table can have columns.
    """
    if delimiter is not None and (delimiter == quote != "" or set(delimiter) & set("\r\n")):
        raise BreachkitError(
            "The delimiter must differ from the quote and hold no line end.", hint="Pass delimiter=';'."
        )
    evidence: dict[str, str] = {}
    sample = re.sub(rb"\r+\n", b"\n", sample)
    mark = _quote(sample, quote, evidence)
    lines = _first_lines(sample)
    escaped = _escaped(lines, mark)
    if escaped:
        lines = _first_lines(doubled(sample))
        evidence["escape"] = "a backslash before quotes: more lines then open and close theirs"
    if delimiter is not None:
        shown = delimiter.encode("utf-8")
        evidence["delimiter"] = "given"
    else:
        shown = _delimiter(lines, mark, evidence)
    used = shown if len(shown) < 2 else _stand_in(sample)
    rows = [line.replace(shown, used) for line in lines] if used != shown else lines
    width = _width(rows, Shape(used, mark, 1))
    if width > MOST_COLUMNS:
        raise BreachkitError(
            f"A line holds {width} cells; a table may have {MOST_COLUMNS} columns.",
            hint="The line ends may be missing: check the file, or pass another delimiter.",
        )
    return Dialect(Shape(used, mark, width), shown, evidence, escaped)


def _first_lines(sample: bytes) -> list[bytes]:
    lines = [line for line in sample.split(b"\n")[: SAMPLE_LINES + 1] if line]
    if len(lines) > 1 and not sample.endswith(b"\n"):
        lines.pop()
    return lines


def doubled(block: bytes) -> bytes:
    r"""Write quotes that a backslash escapes as doubled ones; a doubled backslash stays."""
    if b'\\"' not in block:
        return block
    return ESCAPED.sub(lambda found: b'""' if found[0] == b'\\"' else found[0], block)


def _escaped(lines: list[bytes], mark: bytes) -> bool:
    """Whether quotes stand sound in more lines once a backslash is taken to escape them."""
    shown = [line for line in lines if b'\\"' in line]
    if mark != b'"' or not shown:
        return False
    plain, read = (
        sum(not unclosed and not stray for each in shown for _, unclosed, stray in [_best(how(each), mark)])
        for how in (bytes, doubled)
    )
    return read > plain


def _best(line: bytes, mark: bytes) -> tuple[list[bytes], bool, int]:
    """Take a line apart by the delimiter that leaves the fewest stray quotes."""
    readings = (cells_of(line, Shape(delimiter, mark, 1)) for delimiter in DELIMITERS[:4])
    return min(readings, key=lambda reading: (reading[1], reading[2]))


def _stand_in(sample: bytes) -> bytes:
    return next((mark for mark in STAND_INS if mark not in sample), STAND_INS[0])


def _quote(sample: bytes, quote: str | None, evidence: dict[str, str]) -> bytes:
    if quote is not None:
        mark = quote.encode("utf-8")
        if len(mark) > 1:
            raise BreachkitError(
                "The quote must be one ASCII character.", hint="Pass quote='\"' or quote=''."
            )
        evidence["quote"] = "given"
        return mark
    if b'"' not in sample and _apostrophes(sample):
        evidence["quote"] = "cells open and close with apostrophes"
        return b"'"
    evidence["quote"] = "default"
    return b'"'


def _apostrophes(sample: bytes) -> bool:
    """Whether most cells stand between apostrophes (an apostrophe is also a French letter's neighbour)."""
    opening = sum(sample.count(mark + b"'") for mark in (b";", b",", b"\t", b"|", b"\n"))
    closing = sum(sample.count(b"'" + mark) for mark in (b";", b",", b"\t", b"|", b"\n"))
    return min(opening, closing) > 3 and opening + closing > 0.6 * sample.count(b"'")


def _counts(lines: list[bytes], mark: bytes, delimiter: bytes) -> Counter[int]:
    shape = Shape(delimiter, mark, 1)
    plain = [line.count(delimiter) for line in lines if not mark or mark not in line]
    quoted = [len(cells_of(line, shape)[0]) - 1 for line in lines if mark and mark in line]
    return Counter(plain + quoted)


def _delimiter(lines: list[bytes], mark: bytes, evidence: dict[str, str]) -> bytes:
    """Take the delimiter that most lines hold equally often, the more so if the first line does too.

    A tie goes to the more frequent one. Texts may hold ``;`` as often as a line has cells; a header does not.
    """
    best, best_score = b"", 0.0
    for rank, candidate in enumerate(DELIMITERS):
        counts = _counts(lines, mark, candidate)
        counts.pop(0, None)
        if not counts:
            continue
        number, hits = max(counts.items(), key=lambda item: (item[1], item[0]))
        share = hits / len(lines)
        first = number in _counts(lines[:1], mark, candidate)
        score = share * min(number, 12) ** 0.5 * (FIRST_LINE if first else 1) - 0.001 * rank
        if share >= 0.4 and score > best_score:
            best, best_score = candidate, score
            evidence["delimiter"] = f"{share:.0%} of the first lines hold it {number} times"
    if not best:
        evidence["delimiter"] = "none found: one column"
    return best


def _records(lines: list[bytes], shape: Shape) -> list[bytes]:
    """Join lines of the sample while a quoted cell stays open, when it closes on the way."""
    joined: list[bytes] = []
    number = 0
    while number < len(lines):
        stop = number + 1
        if shape.quote and shape.quote in lines[number] and cells_of(lines[number], shape)[1]:
            ends = range(number + 2, min(number + 30, len(lines)) + 1)
            stop = next((end for end in ends if not cells_of(b"\n".join(lines[number:end]), shape)[1]), stop)
        joined.append(b"\n".join(lines[number:stop]))
        number = stop
    return joined


def _width(lines: list[bytes], shape: Shape) -> int:
    if not shape.delimiter or not lines:
        return 1
    lines = _records(lines, shape)
    counts = _counts(lines, shape.quote, shape.delimiter)
    most = max(counts.values())
    first = next(iter(_counts(lines[:1], shape.quote, shape.delimiter)))
    return 1 + (first if counts[first] == most else max(n for n, hits in counts.items() if hits == most))
