"""How likely an inhabitant of France is to have given values: a product of marginals, column by column.

Sex, year of birth and first name are taken together (a first name goes with a sex and a decade), postcode and
commune together; these groups, the day within the year and the surname are taken as independent.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from breachkit.classify.normalise import commune_expr, name_expr
from breachkit.population import (
    DECADES,
    FRANCE,
    birth_share,
    commune_population,
    first_name_share,
    postcode_population,
    surname_share,
)

#: Columns that the French model knows; of the two surnames, which are mostly the same, one at a time.
KINDS = ("sex", "birth_date", "birth_year", "postcode", "commune", "first_name", "last_name", "birth_name")
SURNAMES = ("last_name", "birth_name")
DAYS = 365.25
_DISTRICT = r" \d{1,2}(E|ER|EME)?( ARRONDISSEMENT)?$"


def chance(values: pl.DataFrame) -> pl.Series | None:
    """Give p of each row, null where the tables lack a value; ``None`` if a column is not one of `KINDS`.

    Names and communes are compared without case, accents and hyphens, Paris, Lyon and Marseille as a whole.
    A name too rare to be listed has no p.

    Examples
    --------
    One woman in 12 born in the 1940s is called Marie:

    >>> rows = pl.DataFrame({"sex": ["F", "F"], "birth_year": [1945, 1945], "first_name": ["MARIE", "Xyz"]})
    >>> both, known = chance(rows), chance(rows.drop("first_name"))
    >>> round(both[0] / known[0], 2), both[1]
    (0.08, None)
    """
    kinds = {name.removeprefix("qi_"): name for name in values.columns}
    if not set(kinds) <= set(KINDS) or len(kinds) < values.width or set(SURNAMES) <= set(kinds):
        return None
    p = pl.repeat(1.0, values.height, dtype=pl.Float64, eager=True)
    if places := [kind for kind in ("postcode", "commune") if kind in kinds]:
        p = p * _place(values, kinds, places)
    if {"sex", "birth_date", "birth_year", "first_name"} & set(kinds):
        p = p * _born(values, kinds)
    for kind in SURNAMES:
        if kind in kinds:
            table = _folded(surname_share(), "name", name_expr(pl.col("name")))
            p = p * _looked_up(_text(values, kinds[kind], "name").select(name_expr(pl.col("name"))), table)
    return p.alias("p")


def _text(values: pl.DataFrame, column: str, name: str) -> pl.DataFrame:
    return values.select(pl.col(column).cast(pl.String).alias(name))


def _folded(table: pl.DataFrame, name: str, folded: pl.Expr) -> pl.DataFrame:
    others = [other for other in table.columns if other not in (name, "share")]
    return table.with_columns(folded.alias(name)).group_by(*others, name).agg(pl.col("share").sum())


def _looked_up(rows: pl.DataFrame, table: pl.DataFrame) -> pl.Series:
    """Join shares to rows on the columns that rows have; null where a value is missing or not listed."""
    shares = table.group_by(rows.columns).agg(pl.col("share").sum())
    return rows.join(shares, on=rows.columns, how="left", maintain_order="left")["share"]


def _place(values: pl.DataFrame, kinds: dict[str, str], places: Sequence[str]) -> pl.Series:
    rows = pl.concat([_text(values, kinds[kind], kind) for kind in places], how="horizontal")
    if places == ["postcode"]:
        table = postcode_population().rename({"inhabitants": "share"})
    else:
        commune = commune_expr(pl.col("commune")).str.replace(_DISTRICT, "")
        table = _folded(commune_population().rename({"inhabitants": "share"}), "commune", commune)
        rows = rows.with_columns(commune)
    if "postcode" in places:
        rows = rows.with_columns(pl.col("postcode").str.zfill(5))
    return _looked_up(rows, table) / FRANCE


def _born(values: pl.DataFrame, kinds: dict[str, str]) -> pl.Series:
    """Chance of the sex, the birth day (or year, or both) and the first name of each row."""
    table = birth_share()
    rows = []
    if "sex" in kinds:
        rows.append(_text(values, kinds["sex"], "sex").with_columns(pl.col("sex").str.to_uppercase()))
    if "birth_date" in kinds or "birth_year" in kinds:
        first, last = (int(getattr(table["year"], end)()) for end in ("min", "max"))
        rows.append(_year(values, kinds).clip(first, last).alias("year").to_frame())
    if "first_name" in kinds:
        name = name_expr(pl.col("name"))
        asked = _text(values, kinds["first_name"], "name").select(name)
        listed = first_name_share().with_columns(name).join(asked.unique(), on="name", how="semi")
        decade = (pl.col("year") // 10 * 10).clip(DECADES[0], DECADES[-1]).alias("decade")
        table = table.with_columns(decade).join(listed, on=["sex", "decade"], suffix="_of_name")
        table = table.with_columns(share=pl.col("share") * pl.col("share_of_name"))
        rows.append(asked)
    found = _looked_up(pl.concat(rows, how="horizontal"), table)
    return found / DAYS if "birth_date" in kinds else found


def _year(values: pl.DataFrame, kinds: dict[str, str]) -> pl.Series:
    if "birth_date" not in kinds:
        return values[kinds["birth_year"]].cast(pl.Int32, strict=False)
    born = values[kinds["birth_date"]]
    if born.dtype.is_numeric():  # 19500101 is no count of days
        return pl.Series(born.name, [None] * len(born), dtype=pl.Int32)
    if born.dtype == pl.String:
        born = born.str.to_date("%Y-%m-%d", strict=False)
    return born.cast(pl.Date, strict=False).dt.year()
