"""Inhabitants who fit: for an adversary who does not know whether its target is in the file at all."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from breachkit.exposure.adversaries import Adversary, Knowledge
from breachkit.population import FRANCE, birth_share, postcode_population

#: Columns of which the French marginals say how many inhabitants share a value.
KNOWN = ("qi_sex", "qi_birth_date", "qi_postcode")
#: Parts of a year that each precision of a birth date tells apart.
PARTS = {"day": 365.25, "month": 12.0, "year": 1.0, "years": 1.0}
#: What a match is compared with, see `basis`.
BASES = ("file", "population", "file_at_most")


def basis(adversary: Adversary, knows: Sequence[Knowledge]) -> str:
    """Say which crowd hides a person from an adversary.

    ``file``: it knows that the person is in the file, only leaked people can be confused (prosecutor).
    ``population``: it does not know, and matches on sex, birth or postcode only: all inhabitants who fit can
    be confused (journalist). ``file_at_most``: it does not know, but matches on something of which no
    marginal says how common it is (a name, a number, a town): the file's crowd is used, an upper bound on
    success, nearly reached with a number or a full name and birth date.
    """
    if adversary.membership:
        return "file"
    return "population" if all(known.column in KNOWN for known in knows) else "file_at_most"


def inhabitants(classes: pl.LazyFrame, knows: Sequence[Knowledge], year: str) -> pl.LazyFrame:
    """Add ``inhabitants``: the ``look_alikes`` of the file and the others expected in France, (N - f) p.

    p is the product of the shares of the values known, so a person alone in the file is expected to share
    them with (N - 1) p others: the chance of a right guess is taken as one over the (rounded) sum.

    Source: Golle 2006; marginals of Insee (sex, year of birth) and of the communes (postcode), taken as
    independent. A missing value narrows nothing; a postcode that is not in the table counts nobody.
    """
    chance = pl.lit(1.0)
    keyed = {known.column: (f"_k{i}", known) for i, known in enumerate(knows)}
    if "qi_postcode" in keyed:
        key, _ = keyed["qi_postcode"]
        shares = postcode_population().select("postcode", _place=pl.col("inhabitants") / FRANCE).lazy()
        classes = classes.join(shares, left_on=key, right_on="postcode", how="left")
        chance *= pl.when(pl.col(key) == "").then(1.0).otherwise(pl.col("_place").fill_null(0.0))
    born = keyed.get("qi_birth_date")
    sexed = keyed.get("qi_sex")
    if born is not None:
        key, known = born
        table = _windowed(known.within)
        on = ["_sex", "_year"] if sexed else ["_year"]
        shares = table.group_by(on).agg(pl.col("share").sum().alias("_born")).lazy()
        first, last = (getattr(birth_share()["year"], end)() for end in ("min", "max"))
        at = (
            {"day": pl.col(key).dt.year(), "month": (pl.col(key) - 1) // 12, "year": pl.col(key)}
            if (known.precision != "years")
            else {"years": pl.col(year)}
        )
        when = at[known.precision].cast(pl.Int32)
        classes = classes.with_columns(_year=pl.when(when > 1800).then(when.clip(first, last)))
        if sexed:
            classes = classes.with_columns(_sex=pl.col(sexed[0]))
        classes = classes.join(shares, on=on, how="left")
        chance *= pl.col("_born").fill_null(1.0) / (
            pl.when(pl.col("_year").is_not_null()).then(PARTS[known.precision]).otherwise(1.0)
        )
    elif sexed is not None:
        shares = birth_share().group_by("sex").agg(pl.col("share").sum().alias("_born")).lazy()
        classes = classes.join(shares, left_on=sexed[0], right_on="sex", how="left")
        chance *= pl.col("_born").fill_null(1.0)
    others = (FRANCE - pl.col("look_alikes")) * chance
    counted = classes.with_columns(inhabitants=pl.col("look_alikes") + others)
    return counted.drop("_place", "_born", "_year", "_sex", strict=False)


def _windowed(within: int) -> pl.DataFrame:
    """Shares by sex and year of birth, each year with ``within`` years on either side."""
    table = birth_share().select(_sex="sex", _year="year", share="share")
    shifted = [table.with_columns(pl.col("_year") + years) for years in range(-within, within + 1)]
    return pl.concat(shifted).group_by("_sex", "_year").agg(pl.col("share").sum())
