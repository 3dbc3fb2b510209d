"""Names as text: listed surnames, rare surnames made of two parts, e-mail spelling."""

from __future__ import annotations

from functools import cache

import numpy as np
import polars as pl

from breachkit.synth.lists import pick
from breachkit.synth.vocabulary import vocabulary

ENDINGS = 180
STEM = 4
RARE_FROM = 90_000


@cache
def rare_parts() -> tuple[pl.Series, pl.Series]:
    """Stems and endings of uncommon surnames, to compose the names that are too rare to be listed."""
    names = vocabulary().surnames.slice(RARE_FROM).to_frame("name").lazy()
    plain = names.filter(pl.col("name").str.contains(r"^[A-Z]{6,10}$"))
    stems = plain.select(pl.col("name").str.slice(0, STEM).unique(maintain_order=True)).collect()["name"]
    ends = plain.select(pl.col("name").str.slice(-3)).collect()["name"]
    common = ends.value_counts(sort=False).sort(["count", "name"], descending=[True, False])
    return stems, common["name"].head(ENDINGS)


def surname(numbers: np.ndarray) -> pl.Series:
    """Surnames by number: listed ones first, rare ones past the list, null for -1."""
    listed = vocabulary().surnames
    rare = numbers - len(listed)
    if not (rare >= 0).any():
        return pick(listed, numbers)
    stems, ends = rare_parts()
    at = np.flatnonzero(rare >= 0)
    made = stems.gather(rare[at] // len(ends) % len(stems)) + ends.gather(rare[at] % len(ends))
    values = pl.concat([listed, made.rename(listed.name)])
    place = numbers.copy()
    place[at] = len(listed) + np.arange(len(at))
    return pick(values, place)


def plain(text: pl.Series) -> pl.Series:
    """Lower-case ASCII letters and digits only, as in an e-mail address."""
    frame = text.to_frame("text")
    folded = pl.col("text").str.to_lowercase().str.replace_all("œ", "oe").str.normalize("NFD")
    return frame.select(folded.str.replace_all(r"[^a-z0-9]", "")).to_series()
