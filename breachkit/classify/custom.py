"""Detectors that a user adds: one row of a CSV or a frame each."""

from __future__ import annotations

from typing import Any

import polars as pl

from breachkit.classify.detectors import Detector, detectors, from_row
from breachkit.errors import BreachkitError


def with_custom(source: Any) -> tuple[Detector, ...]:
    """Give the detectors of a user, from a frame or a CSV path, before our own."""
    if source is None:
        return detectors()
    frame = source if isinstance(source, pl.DataFrame) else _read_csv(source)
    missing = {"id", "attribute"} - set(frame.columns)
    if missing:
        raise BreachkitError(f"The detectors have no column {', '.join(sorted(missing))}.")
    custom = tuple(from_row(row) for row in frame.cast(pl.String).iter_rows(named=True))
    for detector in custom:
        _must_compile(detector)
    return (*custom, *detectors())


def _read_csv(path: Any) -> pl.DataFrame:
    try:
        return pl.read_csv(path, infer_schema=False)
    except (OSError, pl.exceptions.PolarsError, TypeError):
        raise BreachkitError(
            "The detectors could not be read.", hint="Pass a CSV with columns id, attribute, pattern."
        ) from None


def _must_compile(detector: Detector) -> None:
    try:
        pl.Series([""]).str.contains(detector.pattern)
    except pl.exceptions.PolarsError:
        raise BreachkitError(
            f"The pattern of detector {detector.id!r} is not a regular expression without look-around."
        ) from None
