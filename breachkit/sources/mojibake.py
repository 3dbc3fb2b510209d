"""Undo UTF-8 that was once read as cp1252 and written again: ``Ã©`` back to ``é``."""

from __future__ import annotations

import re
from functools import cache

# The bytes that cp1252 leaves undefined come through as C1 control characters.
_C1 = {byte: chr(byte) for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
_HIGH = [_C1.get(byte) or bytes([byte]).decode("cp1252") for byte in range(0x80, 0x100)]
_BYTE = {char: 0x80 + i for i, char in enumerate(_HIGH)}
_LEAD2, _LEAD3 = "".join(_HIGH[0x42:0x60]), "".join(_HIGH[0x60:0x70])
_TAIL = re.escape("".join(_HIGH[:0x40]))
PATTERN = re.compile(f"[{_LEAD2}][{_TAIL}]|[{_LEAD3}][{_TAIL}]{{2}}")
# The first bytes, in UTF-8, of every character that can open a pair: cheap to search for.
_SIGNS = tuple(sign.encode("utf-8") for sign in "ÃÂÅâËÄ")
ROUNDS = 3


@cache
def _original(pair: str) -> str | None:
    """The character a pair or triple stands for, if it is one that French or English text holds."""
    try:
        char = bytes(_BYTE[c] for c in pair).decode("utf-8")
    except UnicodeDecodeError:
        return None
    usual = "\u00a0" <= char <= "\u017f" or "\u2010" <= char <= "\u20ac" or char in "ˆ˜™\ufeff"
    return char if usual else None


def repair(block: bytes) -> tuple[bytes, list[tuple[int, int]]]:
    r"""Repair a block of UTF-8; give it back with ``(line in block, characters repaired)``.

    Text that went wrong twice or three times is repaired as often.

    Examples
    --------
    >>> fixed, where = repair("H\u00c3\u00a9l\u00c3\u00a8ne\n".encode())
    >>> fixed.decode(), where
    ('Hélène\n', [(0, 2)])
    """
    counts: dict[int, int] = {}
    for _ in range(ROUNDS):
        text = block.decode("utf-8") if any(sign in block for sign in _SIGNS) else ""
        found = {pair: good for pair in set(PATTERN.findall(text)) if (good := _original(pair)) is not None}
        if not found:
            break
        _locate(text, found, counts)
        for pair, good in found.items():
            text = text.replace(pair, good)
        block = text.encode("utf-8")
    return block, sorted(counts.items())


def _locate(text: str, found: dict[str, str], counts: dict[int, int]) -> None:
    """Add to ``counts`` how many pairs each line holds."""
    line, position = 0, 0
    for match in PATTERN.finditer(text):
        if match.group() in found:
            line += text.count("\n", position, match.start())
            position = match.start()
            counts[line] = counts.get(line, 0) + 1
