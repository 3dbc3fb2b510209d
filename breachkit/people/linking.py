"""From rules to links: which pairs of records a rule joins, and which it refuses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import polars as pl

from breachkit.people.rules import LISTS, STRICT, Rule, one_digit

#: Above this many different profiles with one key, the key is a crowd's: it links equal, full profiles only.
CROWD = 30
LINK_SCHEMA = pl.Schema({"a": pl.Int64, "b": pl.Int64, "full": pl.Boolean})
PAIR_SCHEMA = pl.Schema({"a": pl.Int64, "b": pl.Int64, "barrier": pl.Boolean})


class Links(NamedTuple):
    """What one rule says of the records; ``a < b`` are positions of records.

    ``made``: ``a, b, full``, ``full`` where nothing compared differs, not even by being missing.
    ``refused``: ``a, b, barrier``, the key shared and something contradicted; ``barrier`` where that was a
    column that keeps records apart even through a third. ``crowded``: records whose key is a crowd's.
    """

    made: pl.DataFrame
    refused: pl.DataFrame
    crowded: pl.Series


def links(
    records: pl.DataFrame,
    rule: Rule,
    barriers: Sequence[str] = (),
    decided: Sequence[int] = (),
) -> Links:
    """Compare the records that share a rule's keys; ``records`` has ``record_id`` and what the rule compares.

    Records alike in every compared column form one profile: profiles are compared, not records, so that a
    thousand visits of one person cost as much as two. Records in ``decided`` stay profiles of their own.
    """
    keys = list(rule.keys)
    others = [name for name in rule.compatible if name not in keys]
    frame = records.select(
        "record_id",
        *keys,
        *others,
        _own=pl.when(pl.col("record_id").is_in(list(decided))).then("record_id"),
    )
    for name in keys:
        if name in LISTS:
            frame = frame.explode(name)
    frame = frame.drop_nulls(keys)
    shared = frame.filter(pl.len().over(keys) > 1)
    if not shared.height:
        return Links(pl.DataFrame(schema=LINK_SCHEMA), pl.DataFrame(schema=PAIR_SCHEMA), _none())
    profile = [*keys, *others, "_own"]
    shared = shared.with_columns(_head=pl.col("record_id").min().over(profile))
    heads = shared.filter(pl.col("record_id") == pl.col("_head")).with_columns(_crowd=pl.len().over(keys))
    few = heads.filter(pl.col("_crowd") <= CROWD)
    crowd = heads.filter(pl.col("_crowd") > CROWD)["_head"]
    known = pl.all_horizontal([pl.col(name).is_not_null() for name in others] or [pl.lit(True)])
    alike = shared.filter(
        (pl.col("record_id") != pl.col("_head")) & (~pl.col("_head").is_in(crowd.implode()) | known)
    )
    alike = alike.drop_nulls([name for name in others if name in STRICT])
    pairs = _judged(few, keys, others, barriers)
    made = pl.concat(
        [
            alike.select(a="_head", b="record_id", full=pl.lit(True)),
            pairs.filter("fits").select("a", "b", "full"),
        ]
    )
    # A pair met twice (two telephones in common) keeps its best agreement.
    made = made.group_by("a", "b").agg(pl.col("full").max())
    refused = pairs.filter(~pl.col("fits")).group_by("a", "b").agg(pl.col("barrier").max())
    return Links(
        made.select("a", "b", "full"),
        refused.join(made, on=["a", "b"], how="anti"),
        shared.filter(pl.col("_head").is_in(crowd.implode()))["record_id"].unique().sort(),
    )


def _none() -> pl.Series:
    return pl.Series("record_id", [], dtype=pl.Int64)


def _judged(
    heads: pl.DataFrame, keys: Sequence[str], others: Sequence[str], barriers: Sequence[str]
) -> pl.DataFrame:
    """Pair the profiles that share the keys; say whether they fit, agree in full, or meet a barrier."""
    joined = heads.join(heads, on=keys, suffix="_b").filter(pl.col("record_id") < pl.col("record_id_b"))
    fits = {name: compatible(name) for name in others}
    full = [pl.col(name).eq_missing(pl.col(f"{name}_b")) for name in others]
    barred = [~fits[name] for name in others if name in barriers]
    return joined.select(
        a="record_id",
        b="record_id_b",
        fits=pl.all_horizontal(list(fits.values()) or [pl.lit(True)]),
        full=pl.all_horizontal(full or [pl.lit(True)]),
        barrier=pl.any_horizontal(barred or [pl.lit(False)]),
    )


def compatible(name: str) -> pl.Expr:
    """Whether ``name`` and ``name_b`` do not contradict each other; a missing one does in `STRICT` only.

    Examples
    --------
    >>> pairs = {"first_name": ["MARIE", "JEAN", "EVE"], "first_name_b": ["MARIE CLAUDE", "J", "EVA"]}
    >>> pl.DataFrame(pairs).select(compatible("first_name")).to_series().to_list()
    [True, True, False]
    """
    one, other = pl.col(name), pl.col(f"{name}_b")
    agree = one == other
    if name in STRICT:
        return agree.fill_null(False).alias(name)
    if name == "first_name":
        # MARIE and MARIE CLAUDE, J and JEAN: one begins the other, up to a word's end or as an initial.
        shorter = pl.when(one.str.len_chars() <= other.str.len_chars()).then(one).otherwise(other)
        longer = pl.when(one.str.len_chars() <= other.str.len_chars()).then(other).otherwise(one)
        initial = (shorter.str.len_chars() == 1) & longer.str.starts_with(shorter)
        agree = agree | longer.str.starts_with(shorter + " ") | initial
    if name == "names":
        common = one.str.split("|").list.set_intersection(other.str.split("|"))
        agree = common.list.len() > 0
    if name == "birth_date_near":
        parts = [getattr(one.dt, part)() == getattr(other.dt, part)() for part in ("year", "month", "day")]
        swapped = (one.dt.day() == other.dt.month()) & (one.dt.month() == other.dt.day()) & parts[0]
        mistyped = (pl.sum_horizontal(parts) >= 2) & one_digit(one.dt.year(), other.dt.year())
        agree = mistyped | swapped
    return (one.is_null() | other.is_null() | agree).alias(name)
