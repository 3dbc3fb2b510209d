"""A PostgreSQL server, through ADBC: tables cast to text by the server, credentials never repeated."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

import polars as pl

from breachkit.errors import BreachkitError, MissingExtraError
from breachkit.leak import Source
from breachkit.sources import header
from breachkit.sources.part import Ledger, Options, Part, numbered

SCHEMES = ("postgresql", "postgres")
URI = re.compile(r"^[a-zA-Z][a-zA-Z0-9+.-]+://")
# Tables, partitioned ones whole, foreign ones, views, materialised views; and whether the role may read.
_TABLES = """
SELECT n.nspname::text, c.relname::text,
  has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
  AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
ORDER BY 1, 2
"""
_COLUMNS = """
SELECT a.attname::text FROM pg_catalog.pg_attribute a
JOIN pg_catalog.pg_class c ON c.oid = a.attrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = $1 AND c.relname = $2 AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
"""
_CAUSES = (
    ("password authentication failed", "the password is wrong", "Check user and password."),
    ("no password supplied", "a password is needed", "Pass password=."),
    ("does not exist", "the database or the role does not exist", "Check the names in the URI."),
    ("could not translate host name", "the host is unknown", "Check the host in the URI."),
    (
        "connection refused",
        "nothing answers at that host and port",
        "Check that the server runs, and the port.",
    ),
    ("timeout", "the server does not answer in time", "Check host, port and firewall."),
    ("no pg_hba.conf entry", "the server refuses this machine", "Ask for access in pg_hba.conf."),
    ("permission denied", "the role may not read a table", "Ask for SELECT, or pass tables=[...]."),
    ("no such file", "there is no server socket there", "Check that the server runs."),
)


def is_uri(source: str) -> bool:
    """Whether the text is a database URI rather than a path.

    Examples
    --------
    >>> is_uri("postgresql://me:secret@localhost/leak"), is_uri("C:/leak.csv")
    (True, False)
    """
    return bool(URI.match(source))


def public(uri: str) -> str:
    """Give the URI without user, password or other secrets.

    Examples
    --------
    >>> public("postgresql://me:secret@db.example:5432/leak?password=x&sslmode=require")
    'postgresql://db.example:5432/leak?sslmode=require'
    """
    parts = urlsplit(uri)
    host = parts.netloc.rpartition("@")[2]
    shown = [(k, v) for k, v in parse_qsl(parts.query) if k in ("host", "port", "sslmode", "dbname")]
    return urlunsplit((parts.scheme, host, parts.path, urlencode(shown, safe="/"), ""))


def read(uri: str, options: Options) -> Iterator[Part]:
    """Read the tables of a PostgreSQL database.

    Raises
    ------
    BreachkitError
        If the scheme is another one, the server cannot be reached, or refuses.
    """
    scheme = uri.partition(":")[0]
    try:
        urlsplit(uri)
    except ValueError:
        raise BreachkitError(
            "The database URI is malformed.", hint="Write postgresql://user@host:port/database."
        ) from None
    if scheme not in SCHEMES:
        raise BreachkitError.unknown("database", scheme, ("postgresql", "sqlite"))
    try:
        from adbc_driver_postgresql import dbapi
    except ImportError:
        raise MissingExtraError("Reading PostgreSQL", "sql") from None
    try:
        link = dbapi.connect(_complete(uri, options))
    except Exception as error:
        raise _refused(uri, error) from None
    try:
        with link:
            for schema, table, allowed in _tables(link, uri, options):
                yield _table(link, uri, schema, table) if allowed else _forbidden(uri, _shown(schema, table))
    except BreachkitError:
        raise
    except Exception as error:
        raise _refused(uri, error) from None


def _complete(uri: str, options: Options) -> str:
    """Put the password given into the URI, and a limit on the wait for an answer."""
    parts = urlsplit(uri)
    query = dict(parse_qsl(parts.query))
    query.setdefault("connect_timeout", os.environ.get("PGCONNECT_TIMEOUT", "10"))
    user, at, host = parts.netloc.rpartition("@")
    if options.password is not None:
        user, at = f"{user.partition(':')[0]}:{quote(options.password, safe='')}", "@"
    return urlunsplit((parts.scheme, f"{user}{at}{host}", parts.path, urlencode(query, safe="/"), ""))


def _rows(link: Any, query: str, parameters: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    with link.cursor() as cursor:
        cursor.execute(query, parameters or None)
        return list(cursor.fetchall())


def _tables(link: Any, uri: str, options: Options) -> list[tuple[str, str, bool]]:
    """Schema, name, and whether the role may read it, of the tables asked for."""
    found = [(row[0], row[1], bool(row[2])) for row in _rows(link, _TABLES)]
    if options.tables is not None:
        shown = {_shown(*row[:2]): row for row in found} | {f"{row[0]}.{row[1]}": row for row in found}
        missing = next((table for table in options.tables if table not in shown), None)
        if missing is not None:
            raise BreachkitError.unknown(
                f"table of {public(uri)}", missing, [_shown(*row[:2]) for row in found]
            )
        found = [shown[table] for table in options.tables]
    if found and not any(allowed for _, _, allowed in found):
        raise _refused(uri, PermissionError("permission denied"))
    return found


def _forbidden(uri: str, table: str) -> Part:
    """Put on record a table that the role may not read."""
    ledger = Ledger()
    ledger.note("unread_member", "not_read")
    source = Source(table, f"{public(uri)}#{table}", format="unread", decided_by={"unread": "no SELECT"})
    return Part(table, None, source, ledger)


def _shown(schema: str, table: str) -> str:
    return table if schema == "public" else f"{schema}.{table}"


def _name(identifier: str) -> str:
    return '"' + identifier.replace('"', '""') + '"'


def _table(link: Any, uri: str, schema: str, table: str) -> Part:
    ledger = Ledger()
    found = [row[0] for row in _rows(link, _COLUMNS, (schema, table))]
    names, changed = header.names(found, len(found))
    if changed:
        ledger.note("renamed_column", "renamed", count=changed)
    cells = ", ".join(f"{_name(old)}::text AS {_name(f'c{i}')}" for i, old in enumerate(found))
    with link.cursor() as cursor:
        cursor.execute(f"SELECT {cells} FROM {_name(schema)}.{_name(table)}")  # noqa: S608 - quoted
        frame = pl.DataFrame(pl.from_arrow(cursor.fetch_arrow_table()))
    frame.columns = names
    source = Source(
        table=_shown(schema, table),
        origin=f"{public(uri)}#{_shown(schema, table)}",
        format="postgresql",
        encoding="utf-8",
        header=True,
        decided_by={"format": "URI", "header": "names of the columns"},
    )
    return Part(source.table, numbered(frame.with_columns(pl.all().cast(pl.String))), source, ledger)


def _refused(uri: str, error: Exception) -> BreachkitError:
    """Say why in our own words: the driver's message may repeat credentials or values."""
    told = str(error).lower()
    cause, hint = next(
        ((cause, hint) for sign, cause, hint in _CAUSES if sign in told),
        (
            f"the server or driver refused ({type(error).__name__})",
            "Check the URI and the rights of the role.",
        ),
    )
    return BreachkitError(f"Cannot read {public(uri)}: {cause}.", hint=hint)


def sqlite_path(uri: str) -> str:
    """Give the path inside a SQLite URI: three slashes for a relative path, four for an absolute one.

    Examples
    --------
    >>> sqlite_path("sqlite:///leak.db"), sqlite_path("sqlite:////data/leak.db")
    ('leak.db', '/data/leak.db')
    """
    return unquote(uri.removeprefix("sqlite:///"))
