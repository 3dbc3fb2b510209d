"""Marginals of the French population: postcode, sex and year of birth."""

from __future__ import annotations

from functools import cache

import polars as pl

from breachkit.facts import table

#: Year of the census behind the age pyramid.
CENSUS = 2018
OLDEST = 105


@cache
def postcode_population() -> pl.DataFrame:
    """``postcode, inhabitants``: inhabitants by postcode (legal populations, shared evenly within a commune).

    Examples
    --------
    >>> postcode_population().height > 6_000
    True
    """
    return table("population", "postcodes").select(
        "postcode", inhabitants=pl.col("population").cast(pl.Float64)
    )


#: Inhabitants of France (sum of `postcode_population`).
FRANCE = 68_952_929


@cache
def birth_share() -> pl.DataFrame:
    """``sex, year, share``: share of the population by sex and year of birth (census, even within groups).

    Examples
    --------
    >>> round(birth_share()["share"].sum(), 6)
    1.0
    """
    rows = []
    for row in table("population", "pyramid").iter_rows(named=True):
        low, _, high = row["age_group"].replace("+", "-").partition("-")
        first = int(low)
        last = int(high) if high else OLDEST
        for sex, column in (("M", "men"), ("F", "women")):
            each = float(row[column]) / (last - first + 1)
            rows += [(sex, CENSUS - age, each) for age in range(first, last + 1)]
    schema = {"sex": pl.String, "year": pl.Int32, "people": pl.Float64}
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    return frame.select("sex", "year", share=pl.col("people") / pl.col("people").sum())
