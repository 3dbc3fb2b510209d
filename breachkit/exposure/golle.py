"""A model of the population as a product of marginals: how likely a person's values are to be nobody else's.

Golle 2006 (WPES); the individual score of Rocher et al. 2019 with independence in place of the copula: with p
the chance that an inhabitant has these values, a person is alone among N with chance (1-p)^(N-1).
"""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import ArrayLike, NDArray

from breachkit.exposure.cells import Cells
from breachkit.exposure.codes import Codes
from breachkit.population import FRANCE, birth_share, postcode_population

#: Columns that the French model knows, and what each is.
KINDS = ("sex", "birth_date", "birth_year", "postcode")
DAYS = 365.25
Share = tuple[float, float, float]


def alone(p: ArrayLike, inhabitants: float) -> NDArray[np.float64]:
    """Chance that nobody else of ``inhabitants`` has values of chance ``p``: (1-p)^(N-1).

    Examples
    --------
    One of two sexes, any of 36 525 days of birth, a postcode of 10 000 people, all alike:

    >>> round(float(alone(1 / (2 * 86 * 365.25), 10_000)), 2)
    0.85
    """
    chance = np.minimum(np.asarray(p, dtype=np.float64), 1 - 1e-15)
    return np.exp((inhabitants - 1) * np.log1p(-chance))


def correct_match(p: ArrayLike, inhabitants: float) -> NDArray[np.float64]:
    """Chance that a person found with these values is the right one: (1 - (1-p)^N) / (N p), mean of 1/F.

    Examples
    --------
    >>> correct_match([0.0, 1.0], 10).tolist()
    [1.0, 0.1]
    """
    chance = np.asarray(p, dtype=np.float64)
    safe = np.where(chance > 0, chance, 1.0)
    found = -np.expm1(inhabitants * np.log1p(-np.minimum(safe, 1 - 1e-15))) / (inhabitants * safe)
    return np.where(chance > 0, found, 1.0)


def of_france(values: pl.DataFrame, people: Codes) -> Share | None:
    """Mean chance of being alone in France: estimate over the people whose values the tables know, low, high.

    ``low`` and ``high`` count the others (no sex, no such postcode, a missing value) as never and always
    alone. ``None`` if a column is none of `KINDS` or nobody has known values.
    """
    kinds = {name.removeprefix("qi_"): name for name in values.columns}
    if not set(kinds) <= set(KINDS):
        return None
    frame = values.with_columns(_people=pl.Series(people), _p=pl.lit(1.0))
    if "postcode" in kinds:
        shares = postcode_population().select("postcode", _place=pl.col("inhabitants") / FRANCE)
        written = pl.col(kinds["postcode"]).cast(pl.String).str.zfill(5)
        frame = frame.with_columns(_code=written).join(
            shares, left_on="_code", right_on="postcode", how="left", maintain_order="left"
        )
        frame = frame.with_columns(_p=pl.col("_p") * pl.col("_place"))
    if {"sex", "birth_date", "birth_year"} & set(kinds):
        frame = frame.with_columns(_p=pl.col("_p") * _born(frame, kinds))
    known = frame.filter(pl.col("_p").is_not_null())
    if not known.height:
        return None
    unique = alone(known["_p"].to_numpy(), FRANCE)
    covered = float((unique * known["_people"].to_numpy()).sum())
    n, seen = float(people.sum()), float(known["_people"].sum())
    return covered / seen, covered / n, (covered + n - seen) / n


def _born(frame: pl.DataFrame, kinds: dict[str, str]) -> pl.Series:
    """Chance of the sex and the birth day (or year, or both) of each row; null where it is not known."""
    table = birth_share()
    row, on = frame.select(_at=pl.int_range(pl.len())), []
    if "sex" in kinds:
        row = row.with_columns(sex=frame[kinds["sex"]].cast(pl.String).str.to_uppercase())
        on.append("sex")
    if "birth_date" in kinds or "birth_year" in kinds:
        years = table.select(low=pl.col("year").min(), high=pl.col("year").max()).row(0)
        row = row.with_columns(year=_year(frame, kinds).clip(*years))
        on.append("year")
    shares = table.group_by(on).agg(pl.col("share").sum())
    found = row.join(shares, on=on, how="left", maintain_order="left")["share"]
    return found / DAYS if "birth_date" in kinds else found


def _year(frame: pl.DataFrame, kinds: dict[str, str]) -> pl.Series:
    if "birth_date" not in kinds:
        return frame[kinds["birth_year"]].cast(pl.Int32, strict=False)
    born = frame[kinds["birth_date"]]
    if born.dtype.is_numeric():  # 19500101 is no count of days
        return pl.Series(born.name, [None] * len(born), dtype=pl.Int32)
    if born.dtype == pl.String:
        born = born.str.to_date("%Y-%m-%d", strict=False)
    return born.cast(pl.Date, strict=False).dt.year()


def of_register(values: pl.DataFrame, people: Codes, register: Cells) -> Share:
    """Mean chance of being alone if the register's columns were independent: estimate, low, high (equal).

    A value that the register lacks has chance 0. What the file tells beyond it is the columns' dependence.
    """
    p = np.ones(values.height)
    for name in values.columns:
        both = pl.concat([values.select(name), register.values.select(name)], how="vertical_relaxed")
        held = both[values.height :].with_columns(_n=pl.Series(register.people))
        shares = held.group_by(name).agg(pl.col("_n").sum() / register.n)
        found = both[: values.height].join(
            shares, on=name, how="left", nulls_equal=True, maintain_order="left"
        )
        p *= found["_n"].fill_null(0).to_numpy()
    mean = float((alone(p, register.n) * people).sum() / people.sum())
    return mean, mean, mean
