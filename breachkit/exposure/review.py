"""Quality control by hand: how many records to read, and what zero or a few misses then prove."""

from __future__ import annotations

import dataclasses

import polars as pl

from breachkit.errors import BreachkitError


def misses_bound(population: int, reviewed: int, misses: int, confidence: float = 0.95) -> int:
    """Bound the records wrongly judged among ``population``, after ``misses`` in ``reviewed`` read by hand.

    The exact one-sided hypergeometric bound: the largest number of wrong records that would still show so few
    misses with probability > 1 - confidence.

    Examples
    --------
    >>> misses_bound(1000, 1000, 3)
    3
    >>> 900 < misses_bound(100_000, 300, 0) < 1000  # the "rule of three": about 3/300 of 100,000
    True
    """
    from scipy.stats import hypergeom

    if not (0 <= misses <= reviewed <= population) or not 0 < confidence < 1:
        raise BreachkitError(
            f"{misses} misses in {reviewed} reviewed of {population} at confidence {confidence} cannot be.",
            hint="Give 0 <= misses <= reviewed <= population and a confidence between 0 and 1.",
        )
    low, high = misses, population - (reviewed - misses)
    while low < high:
        middle = (low + high + 1) // 2
        if hypergeom.cdf(misses, population, middle, reviewed) > 1 - confidence:
            low = middle
        else:
            high = middle - 1
    return low


@dataclasses.dataclass(frozen=True)
class Stratum:
    """Records to read in one stratum and the bound that zero misses would buy."""

    category: str
    stratum: str
    population: int
    review: int
    bound: int


def review_plan(categories: pl.DataFrame, unrevealed: int, budget: int = 600) -> pl.DataFrame:
    """Plan a review of ``budget`` people: ``category, stratum, population, review, bound``.

    For each category revealed: ``found`` people (are they right? bounds precision), and one shared stratum of
    people in whom nothing was found (was anything missed? bounds recall). ``bound``: with no miss among
    ``review``, at most so many people of the stratum are misjudged (95 %, exact hypergeometric).
    """
    found = categories.filter(pl.col("people") > 0).select("category", "people")
    strata = [(category, "found", people) for category, people in found.iter_rows()]
    strata.append(("none", "nothing_found", unrevealed))
    each = budget // max(1, len(strata))
    rows = []
    for category, stratum, population in strata:
        review = min(population, each)
        bound = misses_bound(population, review, 0)
        rows.append(dataclasses.asdict(Stratum(category, stratum, population, review, bound)))
    schema = {"category": pl.String, "stratum": pl.String}
    return pl.DataFrame(rows, schema=schema | dict.fromkeys(("population", "review", "bound"), pl.Int64))
