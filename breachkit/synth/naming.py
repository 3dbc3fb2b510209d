"""Names as text: listed surnames, rare surnames made of two parts, e-mail spelling."""

from __future__ import annotations

from functools import cache

import numpy as np
import polars as pl

from breachkit.synth.lists import ended, pick
from breachkit.synth.vocabulary import vocabulary

ENDINGS = 180
STEM = 4
RARE_FROM = 90_000
RARE_NAMES = 1_100_000


@cache
def rare_parts() -> tuple[pl.Series, pl.Series]:
    """Stems and endings of uncommon surnames, to compose the names that are too rare to be listed."""
    names = vocabulary().surnames.slice(RARE_FROM).to_frame("name").lazy()
    plain = names.filter(pl.col("name").str.contains(r"^[A-Z]{6,10}$"))
    stems = plain.select(pl.col("name").str.slice(0, STEM).unique(maintain_order=True)).collect()["name"]
    ends = plain.select(pl.col("name").str.slice(-3)).collect()["name"]
    common = ends.value_counts(sort=False).sort(["count", "name"], descending=[True, False])
    return stems, common["name"].head(ENDINGS)


@cache
def surnames() -> pl.Series:
    """Every surname by number: the listed ones, then the rare ones; the last is null."""
    stems, ends = rare_parts()
    number = np.arange(RARE_NAMES)
    rare = stems.gather(number // len(ends) % len(stems)) + ends.gather(number % len(ends))
    listed = vocabulary().surnames
    return ended(pl.concat([listed, rare.rename(listed.name)]))


def surname(numbers: np.ndarray) -> pl.Series:
    """Surnames by number, null for -1."""
    return pick(surnames(), numbers)


@cache
def first_names() -> pl.Series:
    """Every first name by number; the last is null."""
    return ended(vocabulary().first_names)


def plain(text: pl.Series) -> pl.Series:
    """Lower-case ASCII letters and digits only, as in an e-mail address."""
    folded = pl.col("text").str.to_lowercase()
    if text.str.len_bytes().sum() != text.str.len_chars().sum():
        folded = folded.str.replace_all("œ", "oe", literal=True).str.normalize("NFD")
    return text.to_frame("text").select(folded.str.replace_all(r"[^a-z0-9]", "")).to_series()


@cache
def plain_surnames() -> pl.Series:
    """Every surname by number as in an e-mail address; the last is null."""
    return ended(plain(surnames().drop_nulls()))


@cache
def plain_first_names() -> pl.Series:
    """Every first name by number as in an e-mail address; the last is null."""
    return ended(plain(first_names().drop_nulls()))
