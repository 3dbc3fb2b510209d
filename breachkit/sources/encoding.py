"""Which encoding a file is in, and its bytes as UTF-8, block by block, with each bad line counted."""

from __future__ import annotations

import codecs
import dataclasses
import re
import unicodedata
from collections.abc import Iterator

import numpy as np

from breachkit.errors import BreachkitError

BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
FRENCH = frozenset("éèêëàâäçùûüôöîïÿæœÉÈÊËÀÂÄÇÙÛÜÔÖÎÏŸÆŒ’«»°€–…²")
SINGLE_BYTE = ("cp1252", "iso8859-15", "cp850", "mac_roman", "cp437")
HIGH = re.compile(rb"[\x80-\xff]")
# cp1252 is what French Windows software wrote: another code must read clearly better to replace it.
CLEARLY_BETTER = 0.25
# Codes in which a byte below 128 is the ASCII character.
OVER_ASCII = frozenset({"utf-8", "utf-8-sig", "latin-1", *SINGLE_BYTE})
PIECE = 128 << 10
MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


@dataclasses.dataclass(frozen=True)
class Encoding:
    """A codec, the length of the byte-order mark before the text, and how it was decided."""

    name: str
    bom: int
    decided_by: str

    @property
    def wide(self) -> bool:
        """Whether one character takes two or four bytes (UTF-16, UTF-32)."""
        return self.name.startswith(("utf-16", "utf-32"))

    @property
    def utf8(self) -> bool:
        """Whether the bytes are UTF-8 already."""
        return self.name in ("utf-8", "utf-8-sig")


def given(name: str, head: bytes) -> Encoding:
    """Take the user's encoding, skipping its byte-order mark if there is one.

    Raises
    ------
    BreachkitError
        If Python knows no such text encoding.
    """
    try:
        found = codecs.lookup(name)
        "é".encode(found.name, "replace")
    except (LookupError, TypeError, AttributeError):
        raise BreachkitError.unknown("encoding", name, ("utf-8", "utf-16", *SINGLE_BYTE, "latin-1")) from None
    for mark, codec in BOMS:
        if head.startswith(mark) and (codec.startswith(found.name) or found.name.startswith(codec[:5])):
            return Encoding(codec, len(mark), "given")
    plain = {"utf-16": "utf-16-le", "utf-32": "utf-32-le", "iso8859-1": "latin-1"}
    return Encoding(plain.get(found.name, found.name), 0, "given")


def decide(sample: bytes, *, whole: bool, valid_utf8: bool) -> Encoding:
    """Decide from a sample: byte-order mark, NULs of UTF-16, UTF-8, else the likeliest single-byte code.

    Parameters
    ----------
    sample
        The beginning of the file, plus, for a large one, regions that hold bytes above 127.
    whole
        Whether the sample is the whole file.
    valid_utf8
        Whether the whole file decodes as UTF-8.

    Examples
    --------
    >>> decide("Cœur".encode("cp1252"), whole=True, valid_utf8=False).name
    'cp1252'
    """
    for mark, codec in BOMS:
        if sample.startswith(mark):
            return Encoding(codec, len(mark), "byte-order mark")
    if wide := _wide(sample):
        return wide
    if valid_utf8:
        ascii_only = whole and sample.isascii()
        return Encoding("utf-8", 0, "ASCII only" if ascii_only else "every byte is valid UTF-8")
    high = len(HIGH.findall(sample))
    multibyte = sum(len(found) for found in MULTIBYTE.findall(sample))
    if high and multibyte >= high / 2:
        return Encoding("utf-8", 0, "most bytes above 127 are valid UTF-8")
    return _single(sample)


def _wide(sample: bytes) -> Encoding | None:
    """UTF-16 without a mark: every other byte of Latin text is NUL."""
    even, odd = sample[0:4096:2], sample[1:4096:2]
    if len(odd) < 4:
        return None
    zeros_even, zeros_odd = even.count(0) / len(even), odd.count(0) / len(odd)
    if zeros_odd > 0.6 and zeros_even < 0.1:
        return Encoding("utf-16-le", 0, "NUL in every second byte")
    if zeros_even > 0.6 and zeros_odd < 0.1:
        return Encoding("utf-16-be", 0, "NUL in every second byte")
    return None


def _single(sample: bytes) -> Encoding:
    """Take the single-byte code whose bytes above 127 read most like French (first of equals).

    latin-1 is never decided: cp1252 contains all its letters and has the œ that it lacks.
    """
    high = bytes(HIGH.findall(sample) and b"".join(HIGH.findall(sample)[:20_000]))
    scores = [(_french(high.decode(name, "replace")), -rank, name) for rank, name in enumerate(SINGLE_BYTE)]
    score, _, name = max(scores)
    if score < scores[0][0] + CLEARLY_BETTER:
        score, _, name = scores[0]
    if score >= 0.5 or not high:
        return Encoding(name, 0, f"{score:.0%} of bytes above 127 are French letters")
    from charset_normalizer import from_bytes

    best = from_bytes(sample[:200_000]).best()
    if best is not None and best.encoding not in ("ascii", "utf_8"):
        return Encoding(codecs.lookup(best.encoding).name, 0, "charset-normalizer")
    return Encoding("cp1252", 0, "nothing fits: taken as cp1252")


def _french(text: str) -> float:
    if not text:
        return 0.0
    letters = sum(1.0 if c in FRENCH else 0.3 if unicodedata.category(c)[0] == "L" else 0.0 for c in text)
    return letters / len(text)


def is_utf8(block: bytes) -> bool:
    """Whether the bytes decode as UTF-8."""
    try:
        block.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def to_utf8(block: bytes, encoding: Encoding) -> tuple[bytes, list[tuple[int, str, int]]]:
    """Give a block of whole lines as UTF-8, and ``(line in block, kind, count)`` for each bad line.

    A line of a UTF-8 file that is not UTF-8 is decoded as cp1252 (files glued together); bytes that the
    encoding does not define become U+FFFD.
    """
    if encoding.name in OVER_ASCII and block.isascii():
        return block, []
    try:
        if encoding.utf8:
            block.decode("utf-8")
            return block, []
        if encoding.name in OVER_ASCII:
            return _transcoded(block, encoding.name), []
        return block.decode(encoding.name).encode("utf-8"), []
    except UnicodeError:
        pass
    good: list[bytes] = []
    bad: list[tuple[int, str, int]] = []
    fallback = "cp1252" if encoding.utf8 else encoding.name
    for number, line in enumerate(block.split(b"\n")):
        try:
            good.append(line.decode(encoding.name).encode("utf-8"))
        except UnicodeError:
            text = line.decode(fallback, "replace")
            lost = text.count("\ufffd")
            bad.append((number, "undecodable", lost) if lost else (number, "mixed_encoding", 1))
            good.append(text.encode("utf-8", "replace"))
    return b"\n".join(good), bad


def _transcoded(block: bytes, name: str) -> bytes:
    """Decode a single-byte code and encode again, by pieces that stay near the processor."""
    pieces = (block[at : at + PIECE] for at in range(0, len(block), PIECE))
    return b"".join(piece.decode(_cheapest(piece, name)).encode("utf-8") for piece in pieces)


def _cheapest(piece: bytes, name: str) -> str:
    """Where cp1252 and latin-1 agree, latin-1 costs half as much."""
    if name != "cp1252":
        return name
    differ = (np.frombuffer(piece, np.uint8) & 0xE0) == 0x80
    return "cp1252" if differ.any() else "latin-1"


def wide_blocks(blocks: Iterator[bytes], encoding: Encoding) -> Iterator[bytes]:
    """Turn blocks of UTF-16 or UTF-32 into blocks of UTF-8; what cannot be decoded becomes U+FFFD."""
    decoder = codecs.getincrementaldecoder(encoding.name)("replace")
    for block in blocks:
        yield decoder.decode(block).encode("utf-8", "replace")
    yield decoder.decode(b"", final=True).encode("utf-8", "replace")
