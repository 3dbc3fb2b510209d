"""Parquet and Arrow files: lazily, every column as text."""

from __future__ import annotations

import hashlib
from pathlib import Path

import polars as pl

from breachkit.errors import BreachkitError
from breachkit.leak import ROW, Source
from breachkit.sources import header
from breachkit.sources.part import Ledger, Options, Part, numbered


def read(path: Path, origin: str, name: str, _options: Options, kind: str = "parquet") -> Part:
    """Read a Parquet or Arrow file; its columns keep their names.

    Raises
    ------
    BreachkitError
        If the file is truncated or damaged.
    """
    scan = pl.scan_parquet if kind == "parquet" else pl.scan_ipc
    ledger = Ledger()
    try:
        lazy = scan(path)
        frame = numbered(as_text(lazy, ledger))
        frame.select(pl.all().null_count()).collect(engine="streaming")
    except Exception as error:
        raise BreachkitError(
            f"{origin} starts like a {kind} file but cannot be read ({type(error).__name__}).",
            hint="It is truncated or damaged: check its size against the original.",
        ) from None
    source = Source(
        table=name,
        origin=origin,
        size=path.stat().st_size,
        sha256=sha256(path),
        format=kind,
        encoding="utf-8",
        decided_by={"format": "first bytes", "header": "schema of the file"},
        header=True,
    )
    return Part(name, frame, source, ledger)


def sha256(path: Path) -> str:
    """Hash a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def as_text(frame: pl.LazyFrame, ledger: Ledger) -> pl.LazyFrame:
    """Cast every column to text: structs become columns ``a.b``, lists JSON, bytes hexadecimal.

    Whole numbers held as floats lose the ``.0`` that storage gave them.
    """
    schema = frame.collect_schema()
    while any(isinstance(kind, pl.Struct) for kind in schema.values()):
        frame = frame.select(
            part for name, kind in schema.items() for part in _fields(name, kind, set(schema.names()))
        )
        schema = frame.collect_schema()
    if ROW in schema:
        frame = frame.rename({ROW: f"{ROW}_2"})
        ledger.note("renamed_column", "renamed")
        schema = frame.collect_schema()
    names, changed = header.names(schema.names(), len(schema))
    if changed:
        ledger.note("renamed_column", "renamed", count=changed)
    cells = zip(schema.items(), names, strict=True)
    return frame.select(_cell(name, kind).alias(new) for (name, kind), new in cells)


def _fields(name: str, kind: pl.DataType, taken: set[str]) -> list[pl.Expr]:
    if not isinstance(kind, pl.Struct):
        return [pl.col(name)]
    parts = [(field.name, f"{name}.{field.name}") for field in kind.fields]
    return [
        pl.col(name).struct.field(inner).alias(outer if outer not in taken else f"{outer}_2")
        for inner, outer in parts
    ]


def _cell(name: str, kind: pl.DataType) -> pl.Expr:
    column = pl.col(name)
    if kind == pl.String:
        return column
    if kind == pl.Binary:
        return column.bin.encode("hex")
    if kind.is_float():
        whole = (column == column.floor()) & (column.abs() < 2**53)
        return (
            pl.when(whole)
            .then(column.cast(pl.Int64, strict=False).cast(pl.String))
            .otherwise(column.cast(pl.String))
        )
    if kind.is_nested():
        wrapped = pl.struct(column.alias("v")).struct.json_encode()
        return pl.when(column.is_not_null()).then(wrapped.str.slice(5).str.head(-1))
    if kind == pl.Object:
        return pl.lit(None, dtype=pl.String).alias(name)
    return column.cast(pl.String)
