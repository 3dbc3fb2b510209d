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


def fingerprint(*parts: Any) -> str:
    """Hash what a station rests on: input hashes, decisions, version."""
    text = json.dumps([__version__, *parts], sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def kept(
    folder: Path | None, station: str, mark: str | None, cls: type[R], make: Callable[[], R]
) -> tuple[R, bool]:
    """Give a station's result: from the work folder if its mark is unchanged, else made and kept.

    Only results whose fields are all lazy frames are kept so (`Records`, `People`); the others are cheap
    and are made again. Returns the result and whether it was reused.
    """
    if folder is None or mark is None:
        return make(), False
    home = folder / station
    stamp = home / "mark"
    names = [field.name for field in dataclasses.fields(cls)]  # type: ignore[arg-type]
    if stamp.is_file() and stamp.read_text() == mark:
        frames = {
            name: pl.scan_parquet(home / f"{name}.parquet")
            for name in names
            if (home / f"{name}.parquet").is_file()
        }
        return cls(**frames), True
    result = make()
    with replacing(home) as fresh:
        for name in names:
            value = getattr(result, name)
            if isinstance(value, pl.LazyFrame):
                value.sink_parquet(fresh / f"{name}.parquet", compression="zstd", compression_level=1)
        (fresh / "mark").write_text(mark)
    frames = {
        name: pl.scan_parquet(home / f"{name}.parquet")
        for name in names
        if (home / f"{name}.parquet").is_file()
    }
    return cls(**frames), False
