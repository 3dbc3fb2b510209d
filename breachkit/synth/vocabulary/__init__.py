"""Names and places as they occur in France: the bundle of `breachkit.population` with its alias tables."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import polars as pl

from breachkit.population import names_and_places
from breachkit.synth.words import Alias

DECADES = tuple(range(1900, 2020, 10))


@dataclass(frozen=True)
class Vocabulary:
    """Surnames by rank, first names by sex and decade of birth, communes with postcode and population."""

    surnames: pl.Series
    surname_alias: Alias
    first_names: pl.Series
    first_ids: np.ndarray
    first_alias: Alias
    places: pl.DataFrame


def first_group(woman: np.ndarray, year: np.ndarray) -> np.ndarray:
    """Which first-name table serves a person: by sex, then by decade of birth (1900..2010)."""
    decade = np.clip((year - DECADES[0]) // 10, 0, len(DECADES) - 1)
    return np.asarray(np.where(woman, 0, len(DECADES)) + decade)


@cache
def vocabulary() -> Vocabulary:
    """Load the bundle once."""
    bundle = names_and_places()

    def column(name: str) -> pl.Series:
        return bundle[name].explode()

    def numbers(name: str) -> np.ndarray:
        return column(name).to_numpy().astype(np.int64)

    groups = [f"first_{sex}{decade}" for sex in "FM" for decade in DECADES]
    sizes = np.array([bundle[group].list.len()[0] for group in groups], dtype=np.int64)
    offsets = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64)
    first = Alias(
        np.concatenate([numbers(f"{group}_keep") for group in groups]).astype(np.uint64),
        np.concatenate(
            [numbers(f"{group}_other") + start for group, start in zip(groups, offsets, strict=True)]
        ),
        offsets,
        sizes,
    )
    surnames = column("surname")
    whole = Alias(
        numbers("surname_keep").astype(np.uint64),
        numbers("surname_other"),
        np.zeros(1, dtype=np.int64),
        np.array([len(surnames)], dtype=np.int64),
    )
    keys = ("code", "name", "department", "postcode", "population")
    places = pl.DataFrame({key: column(f"commune_{key}") for key in keys})
    ids = np.concatenate([numbers(group) for group in groups])
    return Vocabulary(surnames, whole, column("first"), ids, first, places)
