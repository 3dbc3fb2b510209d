"""SQLite files, opened read-only: every table, every cell as text."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import polars as pl

from breachkit.errors import BreachkitError
from breachkit.leak import Source
from breachkit.sources import columnar, header
from breachkit.sources.part import Ledger, Options, Part, numbered

BATCH = 50_000


def read(path: Path, origin: str, options: Options) -> Iterator[Part]:
    """Read the tables of a SQLite file; BLOBs come as hexadecimal.

    Raises
    ------
    BreachkitError
        If it is damaged or truncated, or a table asked for is not in it.
    """
    digest = columnar.sha256(path)
    try:
        uri = f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1"
        link = sqlite3.connect(uri, uri=True)
        link.text_factory = _text
        try:
            for table in _tables(link, origin, options):
                frame, ledger = _table(link, table)
                evidence = {"format": "first bytes", "header": "names of the columns"}
                source = Source(
                    table=table,
                    origin=f"{origin}#{table}",
                    size=path.stat().st_size,
                    sha256=digest,
                    format="sqlite",
                    encoding="utf-8",
                    header=True,
                    decided_by=evidence,
                )
                yield Part(table, numbered(frame), source, ledger)
        finally:
            link.close()
    except (sqlite3.Error, OverflowError) as error:
        raise BreachkitError(
            f"{origin} is a SQLite file that cannot be read ({type(error).__name__}).",
            hint="It is truncated or damaged: try the sqlite3 shell's .recover.",
        ) from None


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _tables(link: sqlite3.Connection, origin: str, options: Options) -> list[str]:
    found = link.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid"
    )
    names = [name for (name,) in found]
    if options.tables is None:
        return names
    missing = next((table for table in options.tables if table not in names), None)
    if missing is not None:
        raise BreachkitError.unknown(f"table of {origin}", missing, names)
    return list(options.tables)


def _table(link: sqlite3.Connection, table: str) -> tuple[pl.DataFrame, Ledger]:
    ledger = Ledger()
    safe = table.replace('"', '""')
    cursor = link.execute(f'SELECT * FROM "{safe}"')  # noqa: S608 - the name is quoted
    names, changed = header.names([column[0] for column in cursor.description], len(cursor.description))
    if changed:
        ledger.note("renamed_column", "renamed", count=changed)
    schema = dict.fromkeys(names, pl.String)
    frames = [pl.DataFrame(schema=schema)]
    while rows := cursor.fetchmany(BATCH):
        columns = zip(names, zip(*rows, strict=True), strict=True)
        frames.append(
            pl.DataFrame(
                [pl.Series(name, [_cell(value) for value in cells], pl.String) for name, cells in columns]
            )
        )
    return pl.concat(frames), ledger


def _cell(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    return str(value)
