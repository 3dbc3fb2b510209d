"""The articles at stake for each failing that was found."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from breachkit.errors import BreachkitError
from breachkit.facts import table

COLUMNS = ("failing", "article", "tier", "text_fr", "text_en", "source", "verified")


def articles_at_stake(failings: Sequence[str]) -> pl.DataFrame:
    """Give the articles for the failings, and article 9 for what the data reveal: one row each.

    A row with an empty ``failing`` stands for the data themselves. ``verified`` is ``no`` for a reference
    that nobody has checked in the text: it is shown so wherever it is said.

    Raises
    ------
    BreachkitError
        For a failing that the table does not know.

    Examples
    --------
    >>> articles_at_stake(["over_extraction"])["article"].to_list()
    ['29', '9(1)']
    """
    rows = table("severity", "articles").select(COLUMNS)
    for failing in failings:
        if failing not in rows["failing"]:
            raise BreachkitError.unknown(
                "failing", failing, [name for name in rows["failing"].unique() if name]
            )
    return rows.filter(pl.col("failing").is_in([*failings, ""]))


def tiers_of(failings: Sequence[str]) -> list[str]:
    """The fine tiers that the failings fall under, gravest of the retained ones last.

    Examples
    --------
    >>> tiers_of(["no_encryption", "over_extraction"])
    ['83(4)']
    """
    rows = table("severity", "articles").filter(pl.col("failing").is_in(list(failings)))
    return sorted(set(rows["tier"].to_list()))
