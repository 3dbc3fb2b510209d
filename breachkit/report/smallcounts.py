"""Small counts told as "fewer than five": what goes to others must not single anybody out."""

from __future__ import annotations

import dataclasses
import math
from typing import TYPE_CHECKING, Any

import polars as pl

from breachkit.locale import Language, integer, say

if TYPE_CHECKING:
    from breachkit.exposure import Exposure

BELOW = 5


def people(count: float | None, lang: Language, below: int = BELOW) -> str:
    """Write a count of people; one from 1 to ``below - 1`` is only said to be small.

    Examples
    --------
    >>> people(3, "en"), people(0, "en"), people(1234, "en")
    ('< 5', '0', '1,234')
    """
    if count is not None and 0 < count < below:
        return say("report", "fewer", lang, below=below)
    return integer(count, lang)


def exposure_to_share(exposure: Exposure, below: int = BELOW) -> Exposure:
    """Give the exposure without its small cells: a category, overlap or cell under ``below`` is left out.

    The categories of fewer than ``below`` people are dropped from the matrix whole, so that no other cell of
    theirs brings them back; a small cell of a kept category is set to zero people findable.
    """
    rare = exposure.categories.filter(pl.col("people") < below)["category"].to_list()
    matrix = exposure.matrix.filter(~pl.col("category").is_in(rare))
    counts = [n for n in ("findable", "expected", "learned", "own", "findable_own") if n in matrix.columns]
    small = [
        pl.when((pl.col(n) > 0) & (pl.col(n) < below)).then(0).otherwise(pl.col(n)).alias(n) for n in counts
    ]
    return dataclasses.replace(
        exposure,
        matrix=matrix.with_columns(small),
        overlaps=exposure.overlaps.filter(pl.col("people") >= below),
        categories=exposure.categories.filter(pl.col("people") >= below),
    )


def finite(value: Any) -> Any:
    """Turn what JSON cannot hold (NaN, infinity) into ``None``, all the way down.

    Examples
    --------
    >>> finite({"a": [1.0, float("nan")]})
    {'a': [1.0, None]}
    """
    match value:
        case float():
            return value if math.isfinite(value) else None
        case dict():
            return {key: finite(item) for key, item in value.items()}
        case list() | tuple():
            return [finite(item) for item in value]
    return value
