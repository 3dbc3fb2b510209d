"""Small lists that columns pick from: dates, phones, streets, labels; built once, as dictionary columns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt
import polars as pl

from breachkit import identifiers
from breachkit.facts import table
from breachkit.synth.words import Alias, alias

FIRST_DAY = dt.date(1910, 1, 1)
BLOCK = 10_000


def ended(values: pl.Series) -> pl.Series:
    """A list with a null behind it, so that position -1 gives null."""
    return pl.concat([values, pl.Series(values.name, [None], dtype=values.dtype)], rechunk=True)


def coded(values: Sequence[str]) -> pl.Series:
    """A list as a dictionary column that ends with a null: gathering from it moves integers, not text."""
    return ended(pl.Series(values, dtype=pl.Enum(list(dict.fromkeys(values)))))


def pick(values: pl.Series, at: np.ndarray) -> pl.Series:
    """Gather by position from a list that ends with a null; position -1 gives null."""
    return values.gather(pl.Series(np.asarray(at, dtype=np.int64)))


def taken(values: pl.Series, at: np.ndarray) -> pl.Expr:
    """`pick` as an expression: many of them in one ``select`` run side by side."""
    return pl.lit(values).gather(pl.lit(pl.Series(np.asarray(at, dtype=np.int64))))


def spread(n: int, at: np.ndarray, values: pl.Series) -> pl.Series:
    """A column of ``n`` cells, null but for the values at some places."""
    empty = pl.Series(values.name, [None], dtype=pl.String).new_from_index(0, n)
    return empty.scatter(at, values) if len(at) else empty


def text(letters: npt.NDArray[np.uint8]) -> pl.Series:
    """Text of a fixed width from its bytes, one row of the matrix each: no formatting, no parsing."""
    return pl.Series(letters).cast(pl.List(pl.UInt8)).cast(pl.Binary).cast(pl.String)


@cache
def invented(kind: str) -> tuple[pl.Series, Alias]:
    """Invented labels of one kind and their alias table."""
    rows = table("synth", "invented").filter(pl.col("kind") == kind)
    return coded(rows["text"].to_list()), alias(rows["weight"].cast(pl.Float64).to_numpy())


@cache
def days() -> pl.Series:
    """Every day since 1910 as ``dd/mm/yyyy``; position 0 is 1 January 1910."""
    span = pl.date_range(FIRST_DAY, dt.date(2030, 12, 31), eager=True)
    return coded(span.dt.strftime("%d/%m/%Y").to_list())


@cache
def phones() -> pl.Series:
    """The 60,000 numbers that ARCEP keeps for fiction: landline zones 01 to 05, then the mobile block."""
    slots = pl.Series(range(BLOCK))
    kinds = [*(f"0{zone}" for zone in range(1, 6)), "mobile"]
    return coded([number for kind in kinds for number in identifiers.phone.build(slots, kind=kind)])


@cache
def blood_groups() -> tuple[pl.Series, Alias]:
    """Blood groups and their frequencies in France."""
    rows = table("identifiers", "blood_group")
    return coded(rows["group"].to_list()), alias(rows["percent"].cast(pl.Float64).to_numpy())


@cache
def streets() -> tuple[pl.Series, Alias]:
    """Invented street names, type and name together."""
    kinds = table("synth", "invented").filter(pl.col("kind") == "street_type")
    names = table("synth", "invented").filter(pl.col("kind") == "street_name")["text"].to_list()
    values = [f" {kind} {name}" for kind in kinds["text"] for name in names]
    weights = np.repeat(kinds["weight"].cast(pl.Float64).to_numpy(), len(names))
    return ended(pl.Series(values)), alias(weights)


@cache
def counters(size: int) -> pl.Series:
    """The numbers 0..size-1 as text."""
    return coded([str(n) for n in range(size)])


@cache
def houses() -> pl.Series:
    """House numbers as text."""
    return counters(128).cast(pl.String)


@cache
def short_list(*values: str) -> pl.Series:
    """A few fixed labels as a dictionary column."""
    return coded(values)
