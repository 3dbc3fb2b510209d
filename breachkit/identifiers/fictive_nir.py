"""NIRs that belong to nobody: right in form and key, with a commune code that was never given."""

from __future__ import annotations

from typing import Any

import polars as pl

from breachkit.identifiers.identifier import columnwise, slot

FICTIVE_COMMUNES = (910, 989)
ORDERS = 999


@columnwise
def _build(
    sex: pl.Expr,
    year: pl.Expr,
    month: pl.Expr,
    department: pl.Expr,
    commune_word: pl.Expr,
    order_word: pl.Expr,
) -> pl.Expr:
    first, last = FICTIVE_COMMUNES
    text = department.cast(pl.String)
    place = text.replace({"2A": "19", "2B": "18"}).cast(pl.Int64, strict=False)
    man = sex.cast(pl.String).is_in(["M", "1"])
    head = pl.when(man).then(pl.lit(1, dtype=pl.Int64)).otherwise(pl.lit(2, dtype=pl.Int64))
    number = head * 100 + year.cast(pl.Int64) % 100
    number = (number * 100 + month.cast(pl.Int64)) * 100 + place
    number = number * 1000 + first + slot(commune_word, last - first + 1)
    number = number * 1000 + 1 + slot(order_word, ORDERS)
    whole = (number * 100 + 97 - number % 97).cast(pl.String)
    island = pl.concat_str(whole.str.slice(0, 5), text, whole.str.slice(7))
    metropolitan = place.is_between(1, 95)
    return pl.when(metropolitan & text.is_in(["2A", "2B"])).then(island).when(metropolitan).then(whole)


def build(sex: Any, year: Any, month: Any, department: Any, commune_word: Any, order_word: Any) -> Any:
    """Make NIRs with a right key that belong to nobody: their commune code, 910 to 989, was never given.

    Parameters
    ----------
    sex
        ``F``/``M`` (or 2/1).
    year, month
        Of birth; the month as it shall be written, 1 to 12 (20 to 99 for unknown).
    department
        Metropolitan, ``"01"`` to ``"95"``, ``"2A"``, ``"2B"``; any other gives null.
    commune_word, order_word
        Any integers; they choose one of 80 communes and one of 999 orders.

    Returns
    -------
    polars.Expr or polars.Series
        15 characters. A series if any argument is one.

    Notes
    -----
    Keep away from the departments of Paris, Lyon, Marseille and Toulouse (75, 69, 13, 31): places with more
    than 999 births of a sex in a month overflow into special commune codes that are not published.

    Examples
    --------
    >>> build(pl.Series(["F"]), 1985, 5, "2A", 7, 11).to_list()
    ['285052A91701281']
    """
    return _build(sex, year, month, department, commune_word, order_word)
