"""A text file as clean blocks of UTF-8: whole lines, one kind of line end, what was wrong on record."""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import numpy as np

from breachkit import progress
from breachkit.sources import encoding
from breachkit.sources.encoding import Encoding
from breachkit.sources.part import Ledger, Options

BLOCK = 4 << 20  # a block and its copies stay near the processor: twice as fast as 16 MiB
SAMPLE = 1 << 20
REPLACEMENT = "\ufffd".encode()


@dataclasses.dataclass(frozen=True)
class Glance:
    """What one pass over a file tells: its hash and size, whether it is UTF-8, a sample."""

    sha256: str
    size: int
    valid_utf8: bool
    sample: bytes


def glance(path: Path) -> Glance:
    """Hash the file and see whether it is UTF-8; keep its beginning and some lines with bytes above 127."""
    digest = hashlib.sha256()
    size, valid, sample, high, carry = 0, True, b"", b"", b""
    with path.open("rb") as file, ThreadPoolExecutor(1) as hasher:
        hashed: Future[None] | None = None
        while block := file.read(BLOCK):
            if hashed is not None:
                hashed.result()
            hashed = hasher.submit(digest.update, block)
            size += len(block)
            sample = sample or block[:SAMPLE]
            if valid:
                cut = block.rfind(b"\n") + 1 or len(block)
                valid = encoding.is_utf8(carry + block[:cut])
                carry = block[cut:]
            if len(high) < SAMPLE and not block.isascii():
                lines = (line for line in block.split(b"\n") if not line.isascii())
                high += b"\n".join(lines)[:SAMPLE]
    valid = valid and encoding.is_utf8(carry)
    return Glance(digest.hexdigest(), size, valid, sample + b"\n" + high if size > SAMPLE else sample)


def encoding_of(seen: Glance, options: Options) -> Encoding:
    """Take the encoding given, or decide."""
    if options.encoding:
        return encoding.given(options.encoding, seen.sample)
    return encoding.decide(seen.sample, whole=seen.size <= SAMPLE, valid_utf8=seen.valid_utf8)


def clean_blocks(path: Path, seen: Glance, code: Encoding, ledger: Ledger) -> Iterator[bytes]:
    """Yield UTF-8 blocks of whole lines without NULs; each line ends with LF or, as found, CR LF.

    Line numbers in ``ledger`` are physical lines of the file, from 1.
    """
    blocks = _raw_blocks(path, code, seen.size)
    shown = code
    if code.wide:
        blocks = encoding.wide_blocks(blocks, code)
        code = Encoding("utf-8", 0, "")
    newline, mac = b"\n", b"\n" not in seen.sample and b"\r" in seen.sample
    carry: list[bytes] = []
    line = 1
    for block in blocks:
        text = block.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if mac else block
        cut = text.rfind(newline) + 1
        if not cut:
            carry.append(text)
            continue
        whole = b"".join([*carry, text[:cut]])
        carry = [text[cut:]]
        yield _clean(whole, code, shown, line, ledger)
        line += int(np.count_nonzero(np.frombuffer(whole, np.uint8) == newline[0]))
    if rest := b"".join(carry):
        yield _clean(rest + newline, code, shown, line, ledger)


def _raw_blocks(path: Path, code: Encoding, size: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(code.bom)
        done = 0
        while block := file.read(BLOCK):
            done += len(block)
            progress.report("read", done, size)
            yield block


def _clean(block: bytes, code: Encoding, shown: Encoding, line: int, ledger: Ledger) -> bytes:
    text, bad = encoding.to_utf8(block, code)
    hurt: dict[int, str] = {}
    for number, kind, count in bad:
        ledger.note(kind, "replaced" if kind == "undecodable" else "decoded_as_cp1252", line + number, count)
        hurt[number] = kind
    if shown.wide:
        hurt |= _count(text, REPLACEMENT, "undecodable", "replaced", line, ledger)
    if b"\0" in text:
        hurt = _count(text, b"\0", "nul", "removed", line, ledger) | hurt
        text = text.replace(b"\0", b"")
    if hurt:
        raw = block.split(b"\n")
        for number, kind in hurt.items():
            ledger.hold(line + number, kind, raw[number].decode(code.name, "backslashreplace"))
    return text


def plain_lines(text: bytes) -> bytes:
    """Give a text whose lines end with LF alone."""
    return re.sub(rb"\r+\n", b"\n", text)


def _count(text: bytes, mark: bytes, kind: str, action: str, line: int, ledger: Ledger) -> dict[int, str]:
    """Note every line of ``text`` that holds ``mark``."""
    found: dict[int, str] = {}
    if mark in text:
        for number, content in enumerate(text.split(b"\n")):
            if count := content.count(mark):
                ledger.note(kind, action, line + number, count)
                found[number] = kind
    return found
