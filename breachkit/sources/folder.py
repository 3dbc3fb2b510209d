"""Files, folders and archives: one table per file, or per shape where a file holds several."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from breachkit.errors import BreachkitError
from breachkit.leak import Source
from breachkit.sources import archive, columnar, delimited, excel, naming, nested, segments, sniff, sqlite
from breachkit.sources.archive import Budget, Member
from breachkit.sources.part import Ledger, Options, Part

COMPRESSED = ("gzip", "bzip2", "xz", "zip", "tar", "zstd")
DEEPEST_ARCHIVE = 3
SUFFIXES = (".gz", ".bz2", ".xz", ".zst", ".zip", ".tar", ".tgz")
FORMATS = (
    ".csv", ".tsv", ".txt", ".json", ".ndjson", ".jsonl", ".parquet", ".arrow", ".xlsx", ".xls", ".xlsb",
    ".ods", ".db", ".sqlite", ".hl7", ".hpr", ".sql", ".pdf", ".docx", ".png", ".jpg",
)  # fmt: skip
WORKBOOK_MARKS = ("xl/workbook.xml", "xl/workbook.bin", "content.xml")
# Notes about the data, not data; a manifest beside a synthetic leak.
BESIDE = ("readme", "licence", "license", "manifest", "synthetic", "personal-data")


def table_name(path: Path) -> str:
    """Give a file's name without its suffixes.

    Examples
    --------
    >>> table_name(Path("export/patients.csv.gz"))
    'patients'
    """
    name = path.name
    while Path(name).suffix.lower() in SUFFIXES:
        name = Path(name).stem
    return Path(name).stem or "table"


def parts_of_file(
    path: Path, origin: str, name: str, options: Options, purse: Budget, depth: int = 0
) -> Iterator[Part]:
    """Read one file by what it holds, whatever its name says."""
    kind = sniff.kind_of(path, origin, options)
    if kind in ("zip", "ole") and (kind == "ole" or _is_workbook(path)):
        yield from excel.read(path, origin, name, options)
    elif kind in COMPRESSED:
        if depth >= DEEPEST_ARCHIVE:
            raise BreachkitError(
                f"{origin} nests archives more than {DEEPEST_ARCHIVE} deep.", hint="Unpack it first."
            )
        inner = archive.members(path, kind, origin, options, purse)
        single = kind not in ("zip", "tar")
        yield from _several(inner, origin, options, purse, depth, name if single else None)
    elif kind in ("parquet", "arrow"):
        yield columnar.read(path, origin, name, options, kind)
    elif kind == "sqlite":
        yield from sqlite.read(path, origin, options)
    elif kind == "json":
        yield from _json(path, origin, name, options)
    elif kind in ("hl7", "hprim"):
        yield from segments.read(path, origin, name, options, kind)
    else:
        yield delimited.read(path, origin, name, options)


def _json(path: Path, origin: str, name: str, options: Options) -> Iterator[Part]:
    """Read JSON; a file that only begins like it, and is called or said to be delimited, is delimited."""
    try:
        yield from list(nested.read(path, origin, name, options))
    except BreachkitError:
        if options.delimiter is None and path.suffix.lower() not in (".csv", ".tsv", ".txt"):
            raise
        yield delimited.read(path, origin, name, options)


def _is_workbook(path: Path) -> bool:
    import zipfile

    try:
        with zipfile.ZipFile(path) as file:
            names = set(file.namelist())
    except archive.BROKEN:
        return False
    return any(mark in names for mark in WORKBOOK_MARKS) and (
        "mimetype" in names or "content.xml" not in names
    )


def read(path: Path, options: Options, purse: Budget) -> Iterator[Part]:
    """Read every file of a folder and of its sub-folders, in the order of their names.

    Raises
    ------
    BreachkitError
        If no file in it can be read as a table.
    """
    files = (Path(top) / name for top, _, names in os.walk(path) for name in sorted(names))
    found = (Member(str(file.relative_to(path)), file) for file in sorted(files))
    yield from _several(found, str(path), options, purse, 0, None)


def _several(
    found: Iterator[Member], origin: str, options: Options, purse: Budget, depth: int, name: str | None
) -> Iterator[Part]:
    """Read members one after the other; those without a table are in the damage.

    A member's name may be a patient's: its table keeps the common words of it, its place is a number (in the
    archive's order; in a folder, in the order of the names).
    """
    parts: list[Part] = []
    unread: list[tuple[str, str, BreachkitError]] = []
    for number, member in enumerate(found, start=1):
        if _beside(member.name):
            continue
        place = f"{origin}#{number}{_suffix(member.name)}" if name is None else origin
        table = name if name is not None else naming.public(table_name(Path(member.name)), f"file_{number}")
        try:
            parts += parts_of_file(member.path, place, table, options, purse, depth + 1)
        except BreachkitError as error:
            if name is not None or purse.left < 0:
                raise
            unread.append((table, place, error))
    if not parts:
        first = f" The first: {unread[0][2].message}" if unread else ""
        raise BreachkitError(f"{origin} holds no table that can be read.{first}", hint="Check its files.")
    yield from parts
    yield from (_unread(*refused) for refused in unread)


def _unread(name: str, place: str, error: BreachkitError) -> Part:
    """Put on record a member that was not read, and why."""
    ledger = Ledger()
    ledger.note("unread_member", "not_read")
    source = Source(name, place, format="unread", decided_by={"unread": error.message})
    return Part(name, None, source, ledger)


def _suffix(name: str) -> str:
    """Give the end of a file's name if it names a format, for the place of a member (``#3.csv``)."""
    suffix = Path(name).suffix.lower()
    return suffix if suffix in (*SUFFIXES, *FORMATS) else ""


def _beside(name: str) -> bool:
    path = Path(name)
    return path.name.startswith((".", "__MACOSX", "~$")) or path.stem.lower() in BESIDE
