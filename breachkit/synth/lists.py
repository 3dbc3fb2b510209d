"""Small lists that columns pick from: dates, phones, streets, labels; built once, as dictionary columns."""

from __future__ import annotations

import datetime as dt
from functools import cache

import numpy as np
import polars as pl

from breachkit import identifiers
from breachkit.facts import table
from breachkit.synth.words import Alias, alias

FIRST_DAY = dt.date(1910, 1, 1)
BLOCK = 10_000


def coded(values: list[str]) -> pl.Series:
    """A list as a dictionary column: gathering from it moves integers, not text."""
    return pl.Series(values, dtype=pl.Enum(list(dict.fromkeys(values))))


def pick(values: pl.Series, at: np.ndarray) -> pl.Series:
    """Gather by position; a negative position gives null."""
    index = pl.Series(at.astype(np.int64))
    if len(at) and at.min() < 0:
        index = pl.select(pl.when(index >= 0).then(index)).to_series()
    return values.gather(index)


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
    return pl.Series(values), alias(weights)


@cache
def counters(size: int, width: int = 0) -> pl.Series:
    """The numbers 0..size-1 as text."""
    return pl.Series([f"{n:0{width}d}" for n in range(size)])
