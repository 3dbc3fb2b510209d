"""What a file is, by its first bytes rather than by its name."""

from __future__ import annotations

import re
from pathlib import Path

from breachkit.errors import BreachkitError
from breachkit.sources.part import Options

MAGIC = (
    (b"PAR1", "parquet"),
    (b"ARROW1\x00\x00", "arrow"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"SQLite format 3\x00", "sqlite"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip archive"),
    (b"Rar!\x1a\x07", "RAR archive"),
    (b"%PDF-", "PDF document"),
    (b"\x89PNG", "PNG image"),
    (b"\xff\xd8\xff", "JPEG image"),
    (b"GIF8", "GIF image"),
    (b"\x7fELF", "program"),
    (b"MZ\x90\x00", "Windows program"),
    (b"PGDMP", "PostgreSQL custom dump"),
)
FOREIGN_HINTS = {
    "7-Zip archive": "Unpack it first with 7-Zip, then read the folder.",
    "RAR archive": "Unpack it first, then read the folder.",
    "PostgreSQL custom dump": "Restore it with pg_restore, then read the database.",
}
LOAD = "Load it into SQLite, PostgreSQL or MariaDB (sqlite3, psql, mariadb < dump), then read the database."
SAVE = "Open it in a spreadsheet or a browser and save its table as CSV, or convert it to JSON."
SQL = re.compile(
    rb"^(?:INSERT INTO \S{1,200} |CREATE TABLE (?:IF NOT EXISTS )?\S{1,200} ?\("
    rb"|COPY \S{1,200} .{0,4000}FROM stdin;)",
    re.MULTILINE | re.IGNORECASE,
)
MARKUP = re.compile(rb"(?P<html>(?i:<!doctype html|<html|<table))|<\?xml|<[A-Za-z][\w:.-]{0,80}>")
CONTROL = bytes(set(range(32)) - {9, 10, 13, 1, 0x1C, 0x1D, 0x1E, 0x1F, 0x0B, 0x0C})


def kind_of(path: Path, origin: str, options: Options) -> str:
    """Name the format of a file: ``parquet``, ``zip``, ..., ``json``, ``hl7``, ``hprim``, ``text``.

    Raises
    ------
    BreachkitError
        If the file is empty, cannot be read, or is something that holds no table.
    """
    head = _head(path, origin)
    if not head:
        raise BreachkitError(f"{origin} is empty (0 bytes).", hint="Check that it was copied whole.")
    for magic, kind in MAGIC:
        if head.startswith(magic):
            return _known(origin, kind)
    if head[257:262] == b"ustar":
        return "tar"
    if options.delimiter is None:
        _no_other_text(origin, head)
    return _text_kind(origin, head, trusted=options.encoding is not None)


def _head(path: Path, origin: str) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(65_536)
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise BreachkitError(f"Cannot read {origin}: {reason}.", hint="Check path and rights.") from None


def _known(origin: str, kind: str) -> str:
    if " " in kind or kind == "program":
        hint = FOREIGN_HINTS.get(kind, "Give the data file itself: text, Parquet, Excel, JSON, a database.")
        raise BreachkitError(f"{origin} is a {kind}, not a table.", hint=hint)
    return kind


def _text_kind(origin: str, head: bytes, *, trusted: bool) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or _wide(head):
        return "text"
    controls = len(head) - len(head.translate(None, CONTROL))
    nuls = head.count(0)
    if trusted:
        nuls = controls = 0
    if controls - nuls > 0.02 * len(head) + 2 or nuls > 0.3 * len(head):
        raise BreachkitError(
            f"{origin} is binary, not text: {controls} of its first {len(head)} bytes are control codes.",
            hint="Check the file, or convert it; if it is text all the same, pass encoding=.",
        )
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith((b"MSH|", b"FHS|", b"BHS|", b"\x0bMSH|")):
        return "hl7"
    if start.startswith(b"H|"):
        return "hprim"
    if start[:1] in (b"{", b"["):
        return "json"
    return "text"


def _no_other_text(origin: str, head: bytes) -> None:
    """Refuse text that is written for another reader than a table's."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if SQL.search(start):
        what, hint = "SQL dump", LOAD
    elif found := MARKUP.match(start):
        what, hint = ("HTML page" if found["html"] else "XML document"), SAVE
    else:
        return
    raise BreachkitError(f"{origin} is text of another kind ({what}), not a table.", hint=hint)


def _wide(head: bytes) -> bool:
    even, odd = head[0::2], head[1::2]
    return len(odd) > 3 and max(even.count(0) / len(even), odd.count(0) / len(odd)) > 0.6
