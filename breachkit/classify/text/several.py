"""Several texts, as a user hands them in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from typing import Any

import polars as pl

from breachkit.classify.frames import missing
from breachkit.errors import BreachkitError

HINT = "Pass a list, an array, a polars or a pandas Series of texts."


def as_series(texts: Any) -> pl.Series:
    """Take a list, an array, a polars or a pandas Series as a polars Series of text."""
    if isinstance(texts, pl.Series):
        if texts.dtype.is_nested() or texts.dtype in (pl.Binary, pl.Object, pl.Duration):
            raise BreachkitError(f"Expected texts, got a Series of {texts.dtype}.", hint=HINT)
        return texts.cast(pl.String)
    if isinstance(texts, str):
        raise BreachkitError("Expected several texts, got one.", hint="Pass a list: [text].")
    if isinstance(texts, Mapping | Set | bytes) or hasattr(texts, "columns"):
        raise BreachkitError(f"Expected several texts, got a {type(texts).__name__}.", hint=HINT)
    try:
        values = texts.to_list() if hasattr(texts, "to_list") else list(texts)
    except TypeError:
        raise BreachkitError(f"Expected several texts, got a {type(texts).__name__}.", hint=HINT) from None
    return pl.Series("text", [_text(value) for value in values], dtype=pl.String)


def _text(value: Any) -> str | None:
    """Give one value as text, null for a missing one (None, NaN, NA); half characters are replaced."""
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, Iterable):
        raise BreachkitError(f"Expected a text, got a {type(value).__name__}.", hint=HINT)
    return None if missing(value) else str(value)
