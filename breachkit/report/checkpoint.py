"""Finished stations, kept while what they rest on is unchanged."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import polars as pl

from breachkit import __version__
from breachkit.report.folder import replacing

R = TypeVar("R")
MARK = "mark"
WIDE = 8
NUMBERS = ("person_id", "record_id", "prescriber_id")


def fingerprint(*parts: Any) -> str:
    """Hash what a station rests on: input hashes, decisions, version."""
    text = json.dumps([__version__, *parts], sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def kept(
    folder: Path | None, station: str, mark: str | None, cls: type[R], make: Callable[[], R]
) -> tuple[R, bool]:
    """Give a station's result: from the work folder if its mark is unchanged, else made and kept.

    Only results whose fields are all frames are kept so (`Records`, `People`); the others are cheap and are
    made again. Returns the result and whether it was reused.
    """
    if folder is None:
        return make(), False
    home = folder / station
    folder.mkdir(mode=0o700, exist_ok=True)
    if mark is not None and (home / MARK).is_file() and (home / MARK).read_text() == mark:
        return load_station(cls, home), True
    result = make()
    with replacing(home) as fresh:
        for field in dataclasses.fields(result):  # type: ignore[arg-type]
            frame = getattr(result, field.name)
            if isinstance(frame, pl.LazyFrame):
                _ordered(frame).sink_parquet(
                    fresh / f"{field.name}.lazy", compression="zstd", compression_level=1
                )
            elif isinstance(frame, pl.DataFrame):
                frame.write_parquet(fresh / f"{field.name}.eager")
        (fresh / MARK).write_text(mark or "")
    return load_station(cls, home), False


def _ordered(frame: pl.LazyFrame) -> pl.LazyFrame:
    """Put rows in one order, whatever the threads did: what is drawn by row is then the same again.

    A wide frame (`Records`, `People`) comes in the order of its numbers; sorting it would hold it twice.
    """
    schema = frame.collect_schema()
    names = schema.names()
    first = next((n for n in NUMBERS if n in names), names[0])
    if len(names) < WIDE:
        return frame.sort([first, *(n for n in names if n != first)])
    if first in NUMBERS and schema[first].is_integer():
        number = pl.col(first)
        rising = (number.diff() > 0).all() & number.is_not_null().all()
        if frame.select(rising).collect().item():
            return frame
    return frame.sort(first)


def load_station(cls: type[R], home: Path) -> R:
    """Read a kept station back."""
    lazy = {path.stem: pl.scan_parquet(path) for path in home.glob("*.lazy")}
    eager = {path.stem: pl.read_parquet(path) for path in home.glob("*.eager")}
    return cls(**lazy, **eager)
