"""Writing a leak to disk as it is made: chunk by chunk, under a temporary name, renamed at the end."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl

from breachkit.errors import BreachkitError
from breachkit.synth import manifest
from breachkit.synth.assembly import households
from breachkit.synth.columns import LAST
from breachkit.synth.patients import Chunk

FORMATS = ("parquet", "csv", "csv-cp1252")
# The last column of the wide table is always filled: a line that ends in ";" was cut by damage.
TAIL = re.compile(rb";+(\r?\n)")
TRUTH = ("people", "households", "facts", "damage")


def store(chunks: Iterator[Chunk], out: Path, format_: str, facts: dict[str, Any]) -> Path:
    """Write all chunks into the folder ``out``; a run that is stopped leaves nothing under that name.

    Raises
    ------
    BreachkitError
        If the folder holds something else, or the disk refuses.
    """
    if out.exists() and (not out.is_dir() or (any(out.iterdir()) and not (out / manifest.NAME).exists())):
        raise BreachkitError(
            f"out={out} exists and is not a synthetic data set.", hint="Name another folder."
        )
    part = out.with_name(f".{out.name}.part")
    try:
        shutil.rmtree(part, ignore_errors=True)
        (part / "truth").mkdir(parents=True, mode=0o700)
        part.chmod(0o700)
        _write(chunks, part, format_, facts)
        if out.exists():
            shutil.rmtree(out)
        part.rename(out)
    except OSError as error:
        raise BreachkitError(f"Cannot write {out}: {error.strerror or type(error).__name__}.") from None
    except pl.exceptions.PolarsError:
        raise BreachkitError(f"Cannot write {out}.", hint="Is the disk full?") from None
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return out


def _write(chunks: Iterator[Chunk], part: Path, format_: str, facts: dict[str, Any]) -> None:
    content = manifest.ContentHash()
    rows: dict[str, int] = {}
    suffix = "parquet" if format_ == "parquet" else "csv"

    def flowing() -> Iterator[pl.DataFrame]:
        for number, chunk in enumerate(chunks):
            for name, frame in chunk.tables.items():
                content.add(name, frame)
                rows[name] = rows.get(name, 0) + frame.height
                if name != chunk.main:
                    _side(part, name, frame, number, format_)
            _truth(part, number, chunk, households(chunk.people))
            yield chunk.frame

    flow = flowing()
    first = next(flow, None)
    main = facts["main"]
    path = part / f"{main}.{suffix}"
    if first is None:
        raise BreachkitError("There is nothing to write: start equals stop.")
    if format_ == "parquet":
        _parquet(first, flow, path)
    else:
        _csv(first, flow, path, format_)
    tables = {
        name: {"file": f"{name}.{suffix}" if name == main or suffix == "csv" else name, "rows": count}
        for name, count in rows.items()
    }
    manifest.write(part, facts | {"format": format_, "tables": tables, "content_sha256": content.hexdigest()})


def _parquet(first: pl.DataFrame, rest: Iterator[pl.DataFrame], path: Path) -> None:
    from polars.io.plugins import register_io_source

    def source(columns: Any, predicate: Any, n_rows: Any, batch: Any) -> Iterator[pl.DataFrame]:  # noqa: ARG001
        yield first if columns is None else first.select(columns)
        for frame in rest:
            yield frame if columns is None else frame.select(columns)

    lazy = register_io_source(source, schema=first.schema)
    lazy.sink_parquet(path, compression="zstd", compression_level=1, maintain_order=True)


def _csv(first: pl.DataFrame, rest: Iterator[pl.DataFrame], path: Path, format_: str) -> None:
    with path.open("wb") as file:
        file.write(csv_bytes(first, format_, header=True))
        for frame in rest:
            file.write(csv_bytes(frame, format_, header=False))


def csv_bytes(frame: pl.DataFrame, format_: str, *, header: bool) -> bytes:
    """Write rows as CSV with ``;``: utf-8 with LF, or cp1252 with CRLF as old Windows software exports."""
    end = "\n" if format_ == "csv" else "\r\n"
    buffer = io.BytesIO()
    frame.write_csv(buffer, separator=";", include_header=header, line_terminator=end)
    raw = buffer.getvalue()
    if frame.columns[-1] == LAST:
        raw = TAIL.sub(rb"\1", raw)
    return raw if format_ == "csv" else raw.decode("utf-8").encode("cp1252", errors="replace")


def _side(part: Path, name: str, frame: pl.DataFrame, number: int, format_: str) -> None:
    if format_ == "parquet":
        (part / name).mkdir(exist_ok=True)
        frame.write_parquet(part / name / f"{number:05d}.parquet", compression="zstd", compression_level=1)
        return
    with (part / f"{name}.csv").open("ab") as file:
        file.write(csv_bytes(frame, format_, header=number == 0))


def _truth(part: Path, number: int, chunk: Chunk, homes: pl.DataFrame) -> None:
    for name, frame in zip(TRUTH, (chunk.people, homes, chunk.facts, chunk.damage), strict=True):
        frame.write_parquet(
            part / "truth" / f"{name}-{number:05d}.parquet", compression="zstd", compression_level=1
        )
