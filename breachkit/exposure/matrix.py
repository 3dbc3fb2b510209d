"""The matrix adversary x category: how many people are found, and what is learned of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals as nw
import polars as pl

from breachkit.exposure.adversaries import Adversary
from breachkit.exposure.inhabitants import basis
from breachkit.exposure.lookalikes import LOOK_ALIKES, classes, flagged_classes

#: Status levels from which a fact is the person's own condition (history, asserted).
OWN_CONDITION = 6
ANYONE = "anyone"
HISTOGRAM_SCHEMA = {"adversary": pl.String, "direct": pl.Boolean, "look_alikes": pl.Int64, "people": pl.Int64}


def survey(
    frame: nw.LazyFrame[Any],
    adversary: Adversary,
    categories: Sequence[str],
    held: Sequence[str],
    *,
    direct: bool,
) -> pl.DataFrame | None:
    """Count people by their number of look-alikes, in all and in each category.

    One row per number of look-alikes: ``look_alikes, people`` and, per category ``c``: ``c`` (people of whom
    it is revealed), ``c_own`` (their own condition), ``c_learned`` (people of whom the adversary, even
    without singling them out, can say it with certainty >= 1/2 because half the look-alikes share it).
    ``None`` when the file holds nothing of what the adversary knows.
    """
    knows = adversary.on(held, direct=direct)
    if not knows:
        return None
    flags = [(nw.col(c) >= 1).alias(f"{c}_any") for c in categories]
    flags += [(nw.col(c) >= OWN_CONDITION).alias(f"{c}_own") for c in categories]
    counted = [f"{c}_{kind}" for kind in ("any", "own") for c in categories]
    crowd = basis(adversary, knows) == "population"
    everybody = classes(frame, knows, population=crowd).group_by(LOOK_ALIKES).agg(nw.col("people").sum())
    if not categories:
        return everybody.collect(backend="polars").to_polars().sort(LOOK_ALIKES)
    fitting = [f"{c}_any" for c in categories]
    grouped = flagged_classes(frame.with_columns(*flags), knows, counted, fitting, population=crowd)
    learned = [
        nw.when(2 * nw.col(f"{c}_any_fit") >= nw.col(LOOK_ALIKES))
        .then(nw.col(f"{c}_any"))
        .otherwise(0)
        .alias(f"{c}_learned")
        for c in categories
    ]
    sums = [*counted, *(f"{c}_learned" for c in categories)]
    shown = grouped.with_columns(*learned).group_by(LOOK_ALIKES).agg(*(nw.col(name).sum() for name in sums))
    both = everybody.join(shown, on=LOOK_ALIKES, how="left")
    result = both.with_columns(*(nw.col(name).fill_null(0) for name in sums)).collect(backend="polars")
    return result.to_polars().sort(LOOK_ALIKES)


def matrix_rows(
    adversary: Adversary,
    survey: pl.DataFrame,
    categories: Sequence[str],
    *,
    direct: bool,
    compared: str = "file",
) -> list[dict[str, object]]:
    """Turn a survey into rows of the matrix, one per category and one for ``anyone``.

    ``people``: of whom the category is revealed; ``findable``: found with P >= 1/2 (at most two look-alikes);
    ``expected``: expected number of correct links, the sum of 1/look-alikes; ``learned``: of whom the
    adversary can say the category with certainty >= 1/2; ``own``/``findable_own``: the same counts for
    their own condition; ``basis``: the crowd that hides people (``compared``, see `inhabitants.basis`).
    """
    close = pl.col(LOOK_ALIKES) <= 2
    rows = []
    for category in (ANYONE, *categories):
        people = pl.col("people" if category == ANYONE else f"{category}_any")
        own = pl.lit(0) if category == ANYONE else pl.col(f"{category}_own")
        learned = pl.lit(0) if category == ANYONE else pl.col(f"{category}_learned")
        sums = survey.select(
            people=people.sum(),
            findable=people.filter(close).sum(),
            expected=(people / pl.col(LOOK_ALIKES)).sum(),
            learned=learned.sum(),
            own=own.sum(),
            findable_own=own.filter(close).sum() if category != ANYONE else pl.lit(0),
        )
        rows.append(
            {"adversary": adversary.id, "category": category, "direct": direct}
            | sums.row(0, named=True)
            | {"basis": compared}
        )
    return rows


def histogram(adversary: Adversary, survey: pl.DataFrame, *, direct: bool) -> pl.DataFrame:
    """People by number of look-alikes, for the survival curve."""
    return survey.select(
        pl.lit(adversary.id).alias("adversary"),
        pl.lit(direct).alias("direct"),
        pl.col(LOOK_ALIKES).cast(pl.Int64),
        pl.col("people").cast(pl.Int64),
    )
