"""One row per person, lazily: how easily found, by whom, through what, and what is then learned."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import polars as pl

from breachkit.exposure.adversaries import Adversary
from breachkit.exposure.ease import candidates
from breachkit.exposure.revealed import sensitive_columns
from breachkit.exposure.subsets import smallest_singling_out

if TYPE_CHECKING:
    from breachkit.people import People

#: A category is rare when fewer people than this share it: the category itself then singles out.
RARE = 20


def per_person(
    people: People, adversaries: Sequence[Adversary], eased: pl.LazyFrame, categories: pl.DataFrame
) -> pl.LazyFrame:
    """Give the lazy part of an exposure: nothing is computed until it is collected.

    Columns: ``person_id, ei, reason`` (see `ease`); ``candidates_<adversary>`` (the chance of a right guess
    is one over it); ``smallest``, the fewest columns (at most three of sex, birth date, postcode, town and
    names) that nobody else in the file shares, null if none do, and ``smallest_sets``, how many such sets
    there are; ``reveals``, the categories and contexts that whoever finds the person learns of;
    ``minor``; ``rare_category`` (some category of the person is shared by fewer than 20 people of the file);
    ``no_quasi_identifier`` (sex, birth date, postcode, town and names all missing: look-alikes say nothing).
    """
    held = set(people.frame.collect_schema().names())
    named = sensitive_columns(people.frame)
    rare = categories.filter(pl.col("people").is_between(1, RARE - 1))["category"].to_list()
    known = [f"qi_{name}" for name in ("sex", "birth_date", "postcode", "commune", "first_name", "last_name")]
    known = [name for name in known if name in held]
    listed = [pl.when(pl.col(name) >= 1).then(pl.lit(name)) for name in named]
    flags = people.frame.select(
        "person_id",
        minor=pl.col("minor") >= 1 if "minor" in held else pl.lit(False),
        rare_category=pl.any_horizontal([pl.col(c) >= 1 for c in rare]) if rare else pl.lit(False),
        no_quasi_identifier=pl.all_horizontal(pl.col(known).is_null()) if known else pl.lit(True),
        reveals=pl.concat_list(listed).list.drop_nulls() if listed else pl.lit([], dtype=pl.List(pl.String)),
    )
    joined = eased.join(candidates(people, adversaries), on="person_id").join(flags, on="person_id")
    if not known:
        nothing = pl.lit(None, dtype=pl.List(pl.String)).alias("smallest")
        return joined.with_columns(nothing, smallest_sets=pl.lit(0, pl.Int64))
    single = smallest_singling_out(people.frame.select("person_id", *known), known, person="person_id")
    telling = single.select("person_id", smallest="columns", smallest_sets=pl.col("sets").cast(pl.Int64))
    return joined.join(telling, on="person_id", how="left")
