"""How common names and places are in France: first names by sex and decade, surnames, communes."""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files

import numpy as np
import polars as pl

SEXES = "FM"
#: Decades of birth that the first names are known by; years before and after count with the nearest.
DECADES = tuple(range(1900, 2020, 10))
_WHOLE = 2.0**32


@cache
def names_and_places() -> pl.DataFrame:
    """Give the bundle of names and places, one row of lists (see SOURCES.md); weights are alias tables."""
    with as_file(files("breachkit.population") / "vocabulary.parquet") as path:
        return pl.read_parquet(path)


def _column(name: str) -> pl.Series:
    return names_and_places()[name].explode()


def _shares(name: str) -> pl.Series:
    """Give the weights behind an alias table: what each place keeps, and what others send it."""
    keep = _column(f"{name}_keep").to_numpy() / _WHOLE
    other = _column(f"{name}_other").to_numpy().astype(np.int64)
    sent = np.bincount(other, weights=1 - keep, minlength=len(keep))
    return pl.Series("share", (keep + sent) / len(keep))


@cache
def surname_share() -> pl.DataFrame:
    """``name, share``: share of the population with each surname (ranks of Insee, interpolated: grade C).

    The names under 30 births in a century are not listed.

    Examples
    --------
    >>> surname_share().sort("share", descending=True)["name"][0]
    'MARTIN'
    """
    return pl.DataFrame({"name": _column("surname"), "share": _shares("surname")})


@cache
def first_name_share() -> pl.DataFrame:
    """``sex, decade, name, share``: share of a first name among those of a sex born in a decade (grade C).

    Examples
    --------
    >>> shares = first_name_share()
    >>> shares.filter(sex="F", decade=1940).sort("share", descending=True)["name"][0]
    'Marie'
    """
    listed = _column("first")
    parts = [
        pl.DataFrame(
            {"name": listed.gather(_column(f"first_{sex}{decade}")), "share": _shares(f"first_{sex}{decade}")}
        ).select(pl.lit(sex).alias("sex"), pl.lit(decade, dtype=pl.Int32).alias("decade"), "name", "share")
        for sex in SEXES
        for decade in DECADES
    ]
    return pl.concat(parts)


@cache
def commune_population() -> pl.DataFrame:
    """``postcode, commune, inhabitants``: legal populations, a commune's shared evenly among its postcodes.

    Examples
    --------
    >>> commune_population().filter(commune="Vannes", postcode="56000")["inhabitants"].item() > 50_000
    True
    """
    columns = {"postcode": "postcode", "commune": "name", "inhabitants": "population"}
    table = pl.DataFrame({name: _column(f"commune_{column}") for name, column in columns.items()})
    return table.with_columns(pl.col("inhabitants").cast(pl.Float64))
