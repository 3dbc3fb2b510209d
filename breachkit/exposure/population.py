"""Unique in the population, not only in the file: an interval with its direction of bias, never one truth."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals as nw
import numpy as np
import polars as pl

from breachkit.errors import BreachkitError
from breachkit.exposure.superpopulation import dankar, pitman, snb, zayatz
from breachkit.exposure.unicity import wilson
from breachkit.population import FRANCE, birth_share, postcode_population

SCHEMA = {"method": pl.String} | dict.fromkeys(("estimate", "low", "high"), pl.Float64) | {"bias": pl.String}
#: Columns the marginal model knows, and what each is.
MARGINALS = {
    "qi_sex": "sex", "sex": "sex", "qi_birth_date": "birth_date", "birth_date": "birth_date",
    "birth_year": "birth_year", "qi_postcode": "postcode", "postcode": "postcode",
}  # fmt: skip


def population_uniqueness(frame: Any, quasi_identifiers: Sequence[str], population: Any) -> pl.DataFrame:
    """Estimate the share of people who are alone in the population with their quasi-identifiers.

    Parameters
    ----------
    frame
        One row per person of the sample (the leak): any frame narwhals knows.
    quasi_identifiers
        Columns. The marginal model knows ``sex`` (F/M), ``birth_date``, ``birth_year`` and ``postcode``,
        with or
        without ``qi_``.
    population
        ``"france"`` for French marginals; a whole number of inhabitants; or a register with these columns.

    Returns
    -------
    polars.DataFrame
        ``method, estimate, low, high, bias``. ``sample``: share unique in the file, an upper bound, Wilson
        interval. ``zayatz, pitman, snb, dankar``: share of the population unique, from the sample alone.
        ``marginal``: Golle's product of marginals, mean over the leaked people of (1-p)^(N-1).
        ``register``: share
        of the leaked people alone in the register. ``interval``: from the marginal model (or register) to
        the sample.

    Raises
    ------
    BreachkitError
        For unknown columns (those there are listed), an empty frame, or an impossible population.

    Notes
    -----
    Marginals: P(postcode) P(sex, birth year) / 365.25 (Golle 2006; the individual score of Rocher et al.
    2019 with
    independence for the copula). The attributes of a person are taken as independent, and a leaked patient
    base
    is not a random sample: older, regional, more women. Nulls are a value of their own.
    """
    columns = list(quasi_identifiers)
    lazy = nw.from_native(frame).lazy()
    held = lazy.collect_schema().names()
    missing = [name for name in columns if name not in held]
    if missing or not columns:
        what = ", ".join(missing) if missing else "given"
        raise BreachkitError(f"No column {what}.", hint=f"There are: {', '.join(held)}.")
    counted = _counted(lazy, columns, "_f")
    n = int(counted["_f"].sum())
    if not n:
        return pl.DataFrame(schema=SCHEMA)
    table = counted["_f"].value_counts().sort("_f")
    sizes, classes = (table[name].to_numpy().astype(float) for name in ("_f", "count"))
    alone = float(classes[sizes == 1].sum())
    rows: list[tuple[str, float, float, float, str]] = [
        ("sample", alone / n, *wilson(alone, n), "upper_bound")
    ]
    register = None
    if isinstance(population, str | int | float):
        total = _total(population, n)
        found = [method(sizes, classes, total) for method in (pitman, zayatz, snb)]
        found.append(dankar(n / total, *found))
        rows += [
            (name, value / total, float("nan"), float("nan"), "over")
            for name, value in zip(("pitman", "zayatz", "snb", "dankar"), found, strict=True)
        ]
    elif population is not None:
        register = _register(counted, columns, population)
        rows.append(("register", register, float("nan"), float("nan"), "exact"))
    marginal = _marginal(counted, columns) if population == "france" else None
    if marginal is not None:
        rows.append(("marginal", marginal, float("nan"), float("nan"), "independence"))
    floor = register if register is not None else marginal
    if floor is not None:
        rows.append(("interval", floor, min(floor, alone / n), max(floor, alone / n), "between"))
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def _counted(lazy: nw.LazyFrame, columns: list[str], name: str) -> pl.DataFrame:
    grouped = lazy.group_by(columns).agg(nw.len().cast(nw.Int64).alias(name))
    return pl.DataFrame(grouped.collect(backend="polars").to_native())


def _total(population: str | float, n: int) -> float:
    if isinstance(population, str):
        if population != "france":
            raise BreachkitError.unknown("population", population, ["france", "a number", "a register"])
        return float(max(FRANCE, n))
    if not population >= n:
        raise BreachkitError(f"A population of {population} is smaller than the {n} people of the file.")
    return float(population)


def _register(counted: pl.DataFrame, columns: list[str], population: Any) -> float:
    register = nw.from_native(population).lazy()
    lacking = [name for name in columns if name not in register.collect_schema().names()]
    if lacking:
        raise BreachkitError(f"The register lacks {', '.join(lacking)}.", hint="It needs the same columns.")
    sizes = _counted(register, columns, "_F")
    joined = counted.join(sizes, on=columns, how="left", nulls_equal=True)
    inhabitants = pl.max_horizontal(pl.col("_F").fill_null(0), "_f")
    return float(joined.select(pl.col("_f").filter(inhabitants == 1).sum() / pl.col("_f").sum()).item())


def _marginal(counted: pl.DataFrame, columns: list[str]) -> float | None:
    """Mean over people of (1-p)^(N-1); ``None`` when a column has no marginal or no one has all values."""
    if any(name not in MARGINALS for name in columns):
        return None
    kinds = {MARGINALS[name]: name for name in columns}
    frame = counted.drop_nulls(columns)
    chance = pl.lit(1.0)
    if "postcode" in kinds:
        shares = postcode_population().select("postcode", _place=pl.col("inhabitants") / FRANCE)
        frame = frame.join(shares, left_on=kinds["postcode"], right_on="postcode", how="inner")
        chance *= pl.col("_place")
    born = kinds.get("birth_date") or kinds.get("birth_year")
    table = birth_share()
    if born:
        year = pl.col(born).dt.year() if "birth_date" in kinds else pl.col(born).cast(pl.Int32)
        frame = frame.with_columns(_year=year.clip(table["year"].min(), table["year"].max()))
        by = ["year", "sex"] if "sex" in kinds else ["year"]
        shares = table.group_by(by).agg(pl.col("share").sum().alias("_born"))
        on = ["_year", kinds["sex"]] if "sex" in kinds else ["_year"]
        frame = frame.join(shares, left_on=on, right_on=by, how="inner")
        chance *= pl.col("_born") / (365.25 if "birth_date" in kinds else 1.0)
    elif "sex" in kinds:
        shares = table.group_by("sex").agg(pl.col("share").sum().alias("_sexed"))
        frame = frame.join(shares, left_on=kinds["sex"], right_on="sex", how="inner")
        chance *= pl.col("_sexed")
    if not frame.height:
        return None
    p = frame.select(chance).to_series().to_numpy()
    unique = np.exp((FRANCE - 1) * np.log1p(-np.minimum(p, 1 - 1e-12)))
    return float(np.average(unique, weights=frame["_f"].to_numpy()))
