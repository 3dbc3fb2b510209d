"""Undo UTF-8 that was once read as cp1252 and written again: ``Ã©`` back to ``é``.

Genuine text may hold ``Ã`` too. A cell is repaired only if it decodes as a whole, and only in a column
that shows it: enough of its cells with characters above 127 must be wrong. What a cell said before is
kept in quarantine, and whatever looked wrong but stayed is in the damage.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl

from breachkit.sources.part import MOST_LINES_NAMED, Ledger

# The bytes that cp1252 leaves undefined come through as C1 control characters.
_C1 = {byte: chr(byte) for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
_HIGH = [_C1.get(byte) or bytes([byte]).decode("cp1252") for byte in range(0x80, 0x100)]
_BYTE = {ord(char): chr(0x80 + at) for at, char in enumerate(_HIGH)}
# What a wrong text shows in UTF-8 bytes.
SIGN = re.compile(
    rb"\xc3(?:[\x82-\x85\x8b](?:\xc2[\x80-\xbf]|\xc5[\x92\x93\xa0\xa1\xb8\xbd\xbe]|\xc6\x92|\xcb[\x86\x9c]|\xe2)"
    rb"|\xa2\xe2(?:\x82\xac|\x80[\x9a\x9e])|\xaf\xc2\xbb)"
)
ROUNDS = 3
# A column is repaired if at least this share of its cells above ASCII is wrong: our judgement (grade C).
SHARE = 0.1
HIGH = r"[^\x00-\x7F]"


def shown(block: bytes) -> bool:
    """Whether a block of UTF-8 holds anything that looks wrong; sound text is passed at memory speed."""
    data = np.frombuffer(block, np.uint8)
    first = np.flatnonzero(data[:-2] == 0xC3)
    second, third = data[first + 1], data[first + 2]
    capital = (second >= 0x82) & (second <= 0x85) | (second == 0x8B)
    small = (second == 0xA2) & (third == 0xE2) | (second == 0xAF) & (third == 0xC2)
    return bool((capital | small).any()) and SIGN.search(block) is not None


def original(text: str) -> str | None:
    """Give what a text was before it went wrong, up to three times over; ``None`` if it is not wrong.

    Examples
    --------
    >>> original("H\u00c3\u00a9l\u00c3\u00a8ne"), original("JO\u00c3O"), original("Hélène")
    ('Hélène', None, None)
    """
    found: str | None = None
    for _ in range(ROUNDS):
        try:
            once = text.translate(_BYTE).encode("latin-1").decode("utf-8")
        except UnicodeError:
            break
        if once == text or not all(_usual(char) or ord(char) in _BYTE for char in once):
            break
        text = once
        if all(map(_usual, text)):
            found = text
    return found


def _usual(char: str) -> bool:
    """Whether French or English text, or a European name in it, holds the character."""
    ascii_or_latin = char < "\x80" or "\u00a0" <= char <= "\u017f"
    return ascii_or_latin or "\u2010" <= char <= "\u20ac" or char in "ˆ˜™\ufeff"


def _western(text: str) -> bool:
    """Whether a repaired text has only letters that cp1252 has: others are too rare to be evidence."""
    return all(char < "\x80" or ord(char) in _BYTE for char in text)


def mend(
    frame: pl.DataFrame, ledger: Ledger, repair: bool | None, lines: Sequence[int] | Any | None = None
) -> pl.DataFrame:
    """Repair the columns that show it (``repair=None``), all wrong cells (``True``), or none (``False``).

    ``lines`` gives the physical line of each row, if there is one.
    """
    changed: dict[str, pl.Series] = {}
    hurt = np.zeros(frame.height, np.int64)
    for column in frame.iter_columns():
        text = column.alias("value").filter(column.str.contains(HIGH))
        counts = text.value_counts(name="cells")
        right = {value: good for value in counts["value"] if (good := original(value)) is not None}
        if not right:
            continue
        wrong = counts.filter(pl.col("value").is_in([*right]))
        evidence = sum(n for value, n in wrong.iter_rows() if _western(right[value]))
        if repair or (repair is None and evidence >= max(1, SHARE * float(counts["cells"].sum()))):
            changed[column.name] = column.replace([*right], [*right.values()])
            where = column.is_in([*right]).fill_null(False).arg_true()
            above = changed[column.name].gather(where).str.count_matches(HIGH)
            hurt[where.to_numpy()] += above.to_numpy()
        else:
            ledger.note("mojibake", "kept", None, int(wrong["cells"].sum()))
    _report(frame, np.flatnonzero(hurt), hurt, ledger, lines)
    return frame.with_columns(**changed)


def header(cells: Sequence[str], ledger: Ledger, line: int) -> list[str]:
    """Repair the names of the columns; a name that is wrong only by chance is only a name."""
    names = [original(cell) or cell for cell in cells]
    if wrong := [name for name, cell in zip(names, cells, strict=True) if name != cell]:
        ledger.note("mojibake", "repaired", line, sum(char > "\x7f" for name in wrong for char in name))
        ledger.hold(line, "mojibake", ";".join(cells))
    return names


def _report(
    frame: pl.DataFrame, rows: Any, hurt: Any, ledger: Ledger, lines: Sequence[int] | Any | None
) -> None:
    """Count the characters repaired, line by line, and keep what the first rows said before."""
    numbers = [None if lines is None else int(lines[row]) for row in rows]
    for row, line in zip(rows, numbers, strict=True):
        ledger.note("mojibake", "repaired", line, int(hurt[row]))
    for row, line in zip(rows[:MOST_LINES_NAMED], numbers, strict=False):
        cells = (cell or "" for cell in frame.row(int(row)))
        ledger.hold(int(row) + 1 if line is None else line, "mojibake", ";".join(cells))
