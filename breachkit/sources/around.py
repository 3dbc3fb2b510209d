"""What programs write around records: rules under a header, counts of rows, the header again, line ends."""

from __future__ import annotations

import re

import numpy as np

from breachkit.sources.survey import Lines, Shape

RULE = re.compile(rb"[\s|;,+:=-]*--[\s|;,+:=-]*")
FOOTER = re.compile(
    rb"\x1a|\(?[ \t]*\d[\d ,.]{0,20}(?:rows?|records?|lignes?|enregistrements?|tuples?)\b[^\n;|\t]{0,60}",
    re.IGNORECASE,
)
TOP = 2


def kind_of(line: bytes) -> str:
    """Name what a line is: ``rule_line``, ``footer``, or nothing.

    Examples
    --------
    >>> kind_of(b"-----+----"), kind_of(b"(491840 rows affected)"), kind_of(b"DUPONT;12 rows")
    ('rule_line', 'footer', '')
    """
    if RULE.fullmatch(line):
        return "rule_line"
    return "footer" if FOOTER.fullmatch(line.strip()) else ""


def find(block: bytes, lines: Lines, header: bytes, *, top: bool) -> dict[int, str]:
    """Give the lines of a block that are none of the data, by number.

    Rules and counts are sought among the lines without the table's shape, and at its ``top``; a header among
    all lines.
    """
    odd = ~(lines.sound | lines.blank)
    if top:
        odd[:TOP] = True
    found = {}
    for number in np.flatnonzero(odd).tolist():
        if kind := kind_of(block[lines.starts[number] : lines.ends[number]]):
            found[number] = kind
    return found | dict.fromkeys(_headers(block, lines, header), "repeated_header")


def _headers(block: bytes, lines: Lines, header: bytes) -> list[int]:
    if not header:
        return []
    found: list[int] = []
    at = block.find(header)
    while at >= 0:
        number = int(np.searchsorted(lines.starts, at))
        if (
            number < len(lines.starts)
            and lines.starts[number] == at
            and lines.ends[number] == at + len(header)
        ):
            found.append(number)
        at = block.find(header, at + len(header))
    return found


def without_lone_returns(block: bytes, lines: Lines, shape: Shape) -> tuple[bytes, int] | None:
    """Cut lines at single CRs where every piece is a record of the table's width; nothing if there are none.

    Returns
    -------
    tuple or None
        The block with LF there, and how many.
    """
    if shape.width < 2 or b"\r" not in block:
        return None
    data, count = bytearray(block), 0
    for number in np.flatnonzero(~(lines.sound | lines.blank)).tolist():
        start, end = int(lines.starts[number]), int(lines.ends[number])
        line = block[start:end]
        pieces = line.split(b"\r")
        plain = not (shape.quote and lines.quotes[number])
        if len(pieces) > 1 and plain and all(p.count(shape.delimiter) == shape.width - 1 for p in pieces):
            data[start:end] = line.replace(b"\r", b"\n")
            count += len(pieces) - 1
    return (bytes(data), count) if count else None
