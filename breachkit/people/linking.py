"""From rules to links between records, and from links to persons."""

from __future__ import annotations

import numpy as np
import polars as pl

from breachkit.people.rules import COMPARED, LISTS, Rule, Rules

#: Above this many records with one key, only those with the same first name are compared with each other.
CROWD = 30
LINK_SCHEMA = {"a": pl.Int64, "b": pl.Int64, "rule": pl.Int32}


def links(records: pl.DataFrame, rule: Rule, place: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Give the links a rule makes (``a, b, rule``, a < b) and the pairs it refused (``a, b``)."""
    named = {name: COMPARED[name].alias(name) for name in (*rule.keys, *rule.compatible)}
    frame = records.select("record_id", *named.values())
    for name in rule.keys:
        if name in LISTS:
            frame = frame.explode(name)
    frame = frame.drop_nulls(list(rule.keys))
    shared = frame.filter(pl.len().over(rule.keys) > 1).with_columns(_crowd=pl.len().over(rule.keys))
    if not shared.height:
        return pl.DataFrame(schema=LINK_SCHEMA), pl.DataFrame(schema={"a": pl.Int64, "b": pl.Int64})
    few = _paired(shared.filter(pl.col("_crowd") <= CROWD), rule.keys)
    # In a crowd each record is compared with the first one of the same first name only.
    first = "first_name" if "first_name" in shared.columns else "record_id"
    crowd = shared.filter(pl.col("_crowd") > CROWD)
    heads = crowd.unique([*rule.keys, first], keep="first", maintain_order=True)
    many = crowd.join(heads, on=list(dict.fromkeys([*rule.keys, first])), suffix="_b").filter(
        pl.col("record_id") != pl.col("record_id_b")
    )
    pairs = pl.concat([few, many.select(few.columns)] if many.height and first != "record_id" else [few])
    compared = [_compatible(name) for name in rule.compatible if f"{name}_b" in pairs.columns]
    fits = pl.all_horizontal(compared or [pl.lit(True)])
    ends = {
        "a": pl.min_horizontal("record_id", "record_id_b"),
        "b": pl.max_horizontal("record_id", "record_id_b"),
    }
    judged = pairs.select(**ends, fits=fits, rule=pl.lit(place, dtype=pl.Int32)).unique()
    return judged.filter("fits").select("a", "b", "rule"), judged.filter(~pl.col("fits")).select("a", "b")


def _paired(frame: pl.DataFrame, keys: tuple[str, ...]) -> pl.DataFrame:
    joined = frame.join(frame, on=list(keys), suffix="_b")
    return joined.filter(pl.col("record_id") < pl.col("record_id_b"))


def _compatible(name: str) -> pl.Expr:
    one, other = pl.col(name), pl.col(f"{name}_b")
    agree = one == other
    if name == "first_name":
        # MARIE and MARIE CLAUDE, J and JEAN: one begins the other, up to a word's end or as an initial.
        shorter = pl.when(one.str.len_chars() <= other.str.len_chars()).then(one).otherwise(other)
        longer = pl.when(one.str.len_chars() <= other.str.len_chars()).then(other).otherwise(one)
        initial = (shorter.str.len_chars() == 1) & longer.str.starts_with(shorter)
        agree = agree | longer.str.starts_with(shorter + " ") | initial
    if name == "birth_date_near":
        parts = [getattr(one.dt, part)() == getattr(other.dt, part)() for part in ("year", "month", "day")]
        swapped = (one.dt.day() == other.dt.month()) & (one.dt.month() == other.dt.day()) & parts[0]
        agree = (pl.sum_horizontal(parts) >= 2) | swapped
    return one.is_null() | other.is_null() | agree


def persons(n: int, found: pl.DataFrame, rules: Rules) -> np.ndarray:
    """Give each record its person: the connected components of the links, dense, in order of first record.

    Pairs that people want apart lose their direct link.
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    apart = pl.DataFrame(
        [sorted(p) for p in rules.keep_apart], schema={"a": pl.Int64, "b": pl.Int64}, orient="row"
    )
    held = found.join(apart, on=["a", "b"], how="anti")
    wanted = np.array([*rules.merge], dtype=np.int64).reshape(-1, 2)
    a = np.r_[held["a"].to_numpy(), wanted[:, 0]]
    b = np.r_[held["b"].to_numpy(), wanted[:, 1]]
    graph = coo_array((np.ones(a.size, dtype=np.int8), (a, b)), shape=(n, n))
    _, label = connected_components(graph, directed=False)
    _, first = np.unique(label, return_index=True)
    order = np.empty(first.size, dtype=np.int64)
    order[np.argsort(first, kind="stable")] = np.arange(first.size)
    return order[label]
