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
# The same in UTF-8 bytes, where a literal first byte makes the search of sound text cheap.
SIGN = re.compile(
    rb"\xc3(?:[\x82-\x85\x8b](?:\xc2[\x80-\xbf]|\xc5[\x92\x93\xa0\xa1\xb8\xbd\xbe]|\xc6\x92|\xcb[\x86\x9c]|\xe2)"
    rb"|\xa2\xe2(?:\x82\xac|\x80[\x9a\x9e])|\xaf\xc2\xbb)"
)
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
    pieces: list[bytes] = []
    counts: list[tuple[int, int]] = []
    line = done = 0
    while sign := SIGN.search(block, done):
        start = max(block.rfind(b"\n", done, sign.start()) + 1, done)
        end = block.find(b"\n", sign.start())
        end = len(block) if end < 0 else end
        line += block.count(b"\n", done, start)
        text, count = _repaired(block[start:end].decode("utf-8"))
        if count:
            counts.append((line, count))
        pieces += [block[done:start], text.encode("utf-8")]
        done = end
    return (b"".join([*pieces, block[done:]]) if counts else block), counts


def _repaired(text: str) -> tuple[str, int]:
    """Repair one line; count the characters that were wrong."""
    count = 0
    for _ in range(ROUNDS):
        pairs = PATTERN.findall(text)
        found = {pair: good for pair in set(pairs) if (good := _original(pair)) is not None}
        if not found:
            break
        count = count or sum(pair in found for pair in pairs)
        for pair, good in found.items():
            text = text.replace(pair, good)
    return text, count
