"""Look-alikes: how many leaked people fit what an adversary knows of each of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import narwhals as nw
import polars as pl

from breachkit.exposure.adversaries import Knowledge
from breachkit.exposure.inhabitants import inhabitants

NO_DATE = dt.date(1800, 1, 1)
YEAR = "_year"
LOOK_ALIKES = "look_alikes"
POPULATION_KEYS = ("qi_sex", "qi_postcode")


def coded(frame: pl.LazyFrame) -> pl.LazyFrame:
    """Give names, towns and numbers as integers: the same values share a code, and classes are found faster.

    Sex and postcode stay as they are, since the marginals of the population are joined on them.
    """
    strings = [name for name, dtype in frame.collect_schema().items() if dtype == pl.String]
    known = [name for name in strings if name not in POPULATION_KEYS]
    return frame.with_columns(pl.col(known).cast(pl.Categorical).to_physical().cast(pl.Int64))


def key_columns(
    frame: nw.LazyFrame[Any], knows: Sequence[Knowledge]
) -> tuple[nw.LazyFrame[Any], list[str], int]:
    """Add one ``_k0``... column per piece of knowledge, nulls as a value of their own.

    Returns the frame, the names of the exact keys, and the half-width in years of the age window (0: none;
    the birth year is then not among the keys but in ``_year``).
    """
    exact, keys, within = [], [], 0
    schema = frame.collect_schema()
    for i, known in enumerate(knows):
        column = nw.col(known.column)
        match known.precision:
            case "day":
                exact.append(column.fill_null(NO_DATE).alias(f"_k{i}"))
            case "month":
                month = column.dt.year() * 12 + column.dt.month()
                exact.append(month.cast(nw.Int32).fill_null(-1).alias(f"_k{i}"))
            case "year":
                exact.append(column.dt.year().cast(nw.Int32).fill_null(-1).alias(f"_k{i}"))
            case "years":
                exact.append(column.dt.year().cast(nw.Int32).fill_null(-1000).alias(YEAR))
                within = known.within
                continue
            case _ if schema[known.column].is_integer():
                exact.append(column.fill_null(-1).alias(f"_k{i}"))
            case _:
                exact.append(column.fill_null("").alias(f"_k{i}"))
        keys.append(f"_k{i}")
    if any(known.precision == "years" for known in knows) and within == 0:
        keys.append(YEAR)
    return frame.with_columns(*exact), keys, within


def classes(
    frame: nw.LazyFrame[Any], knows: Sequence[Knowledge], *, population: bool = False
) -> nw.LazyFrame[Any]:
    """One row per class of people that the adversary cannot tell apart.

    Columns: the keys, ``people`` (in the class), ``look_alikes`` (people who fit, the person included: more
    than ``people`` when an age window overlaps its neighbours). With ``population``, the look-alikes are the
    inhabitants of France who fit (see `inhabitants`).

    Limits: a null is a value of its own, so a person whose record lacks what the adversary knows looks
    alike only to others who lack it too; the wildcard reading is `measure(...).wildcard`.
    """
    keyed, keys, within = key_columns(frame, knows)
    on = [*keys, YEAR] if within else keys
    # Every aggregation is a plain sum of a column: pandas and Arrow know no other.
    counts = keyed.select(*on, nw.lit(1, nw.Int64).alias("people")).group_by(on).agg(nw.col("people").sum())
    if within:
        alike = counts.join(_windowed(counts, on, within, {"people": LOOK_ALIKES}), on=on, how="left")
    else:
        alike = counts.with_columns(nw.col("people").alias(LOOK_ALIKES))
    return _raised(alike, knows) if population else alike


def flagged_classes(
    frame: nw.LazyFrame[Any],
    knows: Sequence[Knowledge],
    flags: Sequence[str],
    fitting: Sequence[str],
    *,
    population: bool = False,
) -> nw.LazyFrame[Any]:
    """Those rows of `classes` in which somebody has a flag: few do, so the wide sums are of them alone.

    Adds for each Boolean column of ``flags`` its count in the class (``name``), and for each of ``fitting``
    its count among the look-alikes (``name + "_fit"``).
    """
    keyed, keys, within = key_columns(frame, knows)
    on = [*keys, YEAR] if within else keys
    some = keyed.filter(nw.any_horizontal(*flags, ignore_nulls=True))
    whole = some.select(*on, *(nw.col(name).cast(nw.Int64) for name in flags))
    sums = whole.group_by(on).agg(*(nw.col(name).sum() for name in flags))
    if within:
        fit = _windowed(sums, on, within, {name: f"{name}_fit" for name in fitting})
        counted = sums.join(fit, on=on, how="left")
    else:
        counted = sums.with_columns(*(nw.col(name).alias(f"{name}_fit") for name in fitting))
    return counted.join(classes(frame, knows, population=population), on=on, how="inner")


def _windowed(
    counts: nw.LazyFrame[Any], on: list[str], within: int, summed: dict[str, str]
) -> nw.LazyFrame[Any]:
    """Sum columns over the classes at most ``within`` years apart, under new names."""
    narrow = counts.select(*on, *summed)
    shifted = nw.concat(
        [narrow.with_columns((nw.col(YEAR) + years).cast(nw.Int32)) for years in range(-within, within + 1)],
        how="vertical",
    )
    return shifted.group_by(on).agg(*(nw.col(name).sum().alias(new) for name, new in summed.items()))


def _raised(alike: nw.LazyFrame[Any], knows: Sequence[Knowledge]) -> nw.LazyFrame[Any]:
    """Raise the look-alikes to the inhabitants who fit."""
    native = alike.to_native()
    plan = native if isinstance(native, pl.LazyFrame) else alike.collect(backend="polars").to_polars().lazy()
    fitting = pl.col("inhabitants").round().cast(pl.Int64)
    raised = inhabitants(plan, knows, YEAR).with_columns(fitting.alias(LOOK_ALIKES))
    return nw.from_native(raised.drop("inhabitants"))


def look_alikes(
    frame: nw.LazyFrame[Any], knows: Sequence[Knowledge], name: str, *, population: bool = False
) -> nw.LazyFrame[Any]:
    """Add to each person the number of people who fit (the person included), as column ``name``."""
    keyed, keys, within = key_columns(frame, knows)
    on = [*keys, YEAR] if within else keys
    counted = classes(frame, knows, population=population).select(*on, nw.col(LOOK_ALIKES).alias(name))
    return keyed.join(counted, on=on, how="left").drop(on, strict=False)
