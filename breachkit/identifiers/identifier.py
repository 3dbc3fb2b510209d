"""What every identifier kind can be asked, column at a time: form, key, plausible, fictive."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

import polars as pl

from breachkit.errors import BreachkitError

Rule = Callable[[pl.Expr], pl.Expr]
Column = pl.Expr | pl.Series | str | int

SEPARATORS = r"[\s\p{Pd}\p{Cf}.·_/]"
"""Spaces of any width, dashes of any length, dots, slashes, and invisible marks between digits."""


def unspaced(column: pl.Expr, limit: int = 64) -> pl.Expr:
    """Take plain spaces out; a cell of more bytes than ``limit`` cannot be an identifier: ``""``."""
    bounded = pl.when(column.str.len_bytes() > limit).then(pl.lit("")).otherwise(column)
    return bounded.str.replace_all(" ", "", literal=True)


def squeeze(column: pl.Expr, limit: int = 64) -> pl.Expr:
    """Take the separators out and write in capitals; a longer cell cannot be an identifier: ``""``."""
    # Plain spaces first: most separators are, and what is left for the pattern is then short.
    return unspaced(column, limit).str.replace_all(SEPARATORS, "").str.to_uppercase()


@dataclass(frozen=True, eq=False)
class Identifier:
    """One kind of identifier, its rules written as polars expressions.

    ``clean`` takes the raw text; ``shape`` takes the cleaned text and may assume nothing of it. ``read``, if
    given, makes of text that has the form what ``right_key``, ``likely`` and ``invented`` look at (else the
    cleaned text). A rule that is ``None`` is a notion the kind does not have.
    """

    name: str
    clean: Rule
    shape: Rule
    read: Rule = lambda clean: clean
    right_key: Rule | None = None
    likely: Rule | None = None
    invented: Rule | None = None
    make: Callable[..., Any] | None = None

    def normalise_expr(self, column: pl.Expr) -> pl.Expr:
        """Write each value the one way this kind is compared: no separators, one case."""
        return self.clean(column.cast(pl.String))

    def form_expr(self, column: pl.Expr) -> pl.Expr:
        """Tell whether each value has the form of this kind (null for a null cell)."""
        return self.shape(self.normalise_expr(column))

    def _judged(self, rule: Rule | None, column: pl.Expr) -> pl.Expr:
        if rule is None:
            return pl.when(column.is_null() & False).then(True)
        clean = self.normalise_expr(column)
        shaped = self.shape(clean)
        return pl.when(shaped).then(rule(self.read(clean))).otherwise(shaped)

    def key_expr(self, column: pl.Expr) -> pl.Expr:
        """Tell whether the check digits are right; null where there are none to check."""
        return self._judged(self.right_key, column)

    def plausible_expr(self, column: pl.Expr) -> pl.Expr:
        """Tell whether the parts lie in the ranges that are given out."""
        return self._judged(self.likely, column)

    def fictive_expr(self, column: pl.Expr) -> pl.Expr:
        """Tell whether the value lies where none is ever given out: it can be nobody's."""
        return self._judged(self.invented, column)

    def check(self, values: pl.Series) -> pl.DataFrame:
        """Judge a column: ``form, key, plausible, fictive``, nullable Booleans, one row a value."""
        clean = pl.col("clean")
        frame = as_text(values).alias("raw").to_frame().lazy()
        frame = frame.select(clean=self.clean(pl.col("raw")))
        frame = frame.select(form=self.shape(clean), read=self.read(clean))
        # Streamed: batches of rows then use every core; the order of rows stays.
        return frame.select("form", *self._verdicts(pl.col("read"))).collect(engine="streaming")

    def _verdicts(self, read: pl.Expr) -> list[pl.Expr]:
        """Give ``key``, ``plausible`` and ``fictive`` beside a column ``form``."""
        form = pl.col("form")
        rules = {"key": self.right_key, "plausible": self.likely, "fictive": self.invented}
        return [
            pl.lit(None, dtype=pl.Boolean).alias(name)
            if rule is None
            else pl.when(form).then(rule(read)).otherwise(form).alias(name)
            for name, rule in rules.items()
        ]

    def normalise(self, values: pl.Series) -> pl.Series:
        """Write a column the one way this kind is compared."""
        frame = as_text(values).alias("raw").to_frame()
        return frame.select(self.clean(pl.col("raw"))).to_series().alias(values.name)


def as_text(values: pl.Series) -> pl.Series:
    """Turn a column into text; whole numbers lose no digit, fractions stay what they are.

    Raises
    ------
    BreachkitError
        If the column holds lists, structures, objects or bytes.
    """
    dtype = values.dtype
    if dtype == pl.String:
        return values
    if dtype.is_float():
        whole = pl.col("x") == pl.col("x").round()
        text = pl.when(whole).then(pl.col("x").cast(pl.Int64, strict=False).cast(pl.String))
        return values.alias("x").to_frame().select(text.otherwise(pl.col("x").cast(pl.String))).to_series()
    if dtype.is_nested() or dtype in (pl.Object, pl.Binary):
        raise BreachkitError(
            f"A column of {dtype} cannot be an identifier.", hint="Pass text, or whole numbers."
        )
    return values.cast(pl.String)


def columnwise(make: Callable[..., pl.Expr]) -> Callable[..., Any]:
    """Let a maker of expressions take series too: with a series in, a series comes out."""

    @wraps(make)
    def made(*columns: Any, **named: Any) -> Any:
        given = {f"_{place}": value for place, value in enumerate(columns)} | named
        series = {name: value.alias(name) for name, value in given.items() if isinstance(value, pl.Series)}
        as_expr = {name: pl.col(name) if name in series else _expr(value) for name, value in given.items()}
        expression = make(
            *(as_expr[f"_{place}"] for place in range(len(columns))),
            **{name: as_expr[name] for name in named},
        )
        if not series:
            return expression
        return pl.DataFrame(list(series.values())).select(expression).to_series().alias("")

    return made


def _expr(value: Any) -> Any:
    return value if isinstance(value, pl.Expr) else pl.lit(value)


def digits(number: pl.Expr, width: int) -> pl.Expr:
    """Write whole numbers on ``width`` digits."""
    return number.cast(pl.Int64).cast(pl.String).str.zfill(width)


def slot(word: pl.Expr, size: int) -> pl.Expr:
    """Turn a word (any integer) into one of ``size`` slots, 0-based."""
    return (word % size).cast(pl.Int64)
