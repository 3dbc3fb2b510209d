"""What was refused, cut or left out between persons: listed for the auditor, never settled in silence."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from breachkit.people.grouping import Integers, Persons
from breachkit.people.linking import PAIR_SCHEMA
from breachkit.people.people import CONFLICT_SCHEMA
from breachkit.people.rules import Rules
from breachkit.people.shelf import Shelf

#: What befell a rule's key that two persons share.
KINDS = ("kept_apart", "cut", "crowd")
CROWD_SCHEMA = pl.Schema({"record_id": pl.Int64})
FOUND_SCHEMA = pl.Schema({"person_id": pl.Int64, "n_values": pl.Int64, "place": pl.Int16, "kind": pl.Int8})


def refusals(shelf: Shelf, grouped: Persons, rules: Rules) -> pl.DataFrame:
    """Give ``person_id, n_values, place, kind`` in order of persons: numbers only, see `spoken`."""
    rows = [pl.DataFrame(schema=FOUND_SCHEMA)]
    for place in range(len(rules.rules)):
        pairs = shelf.take(f"refused-{place}", PAIR_SCHEMA).select("a", "b").to_numpy()
        cut = grouped.cut.filter(pl.col("rule") == place).select("a", "b").to_numpy()
        crowd = shelf.take(f"crowd-{place}", CROWD_SCHEMA)["record_id"].to_numpy()
        rows.append(_between(pairs, grouped, place, 0))
        rows.append(_between(cut, grouped, place, 1))
        people = np.unique(grouped.person[crowd])
        rows.append(_rows(people, np.full(people.size, people.size), place, 2))
    return pl.concat(rows).sort("person_id")


def spoken(found: pl.DataFrame, rules: Rules) -> pl.DataFrame:
    """Give them as rows of `People.conflicts`: the rule's first key, what befell it, the rule's name."""
    columns = _names([rule.keys[0] for rule in rules.rules])
    names = pl.concat_str(_names(KINDS, "kind"), pl.lit(":"), _names([rule.id for rule in rules.rules]))
    return found.with_columns(column=columns, rule=names).select(CONFLICT_SCHEMA.names())


def _names(values: Sequence[str], number: str = "place") -> pl.Expr:
    return pl.lit(pl.Series(values, dtype=pl.String)).gather(pl.col(number).cast(pl.UInt32))


def _between(pairs: Integers, grouped: Persons, place: int, kind: int) -> pl.DataFrame:
    """Count, for each person, the other persons at the far ends of the pairs (itself included)."""
    one, other = (grouped.person[pairs[:, end]].astype(np.int64) for end in (0, 1))
    apart = one != other
    one, other = one[apart], other[apart]
    n = np.int64(grouped.weakest.size)
    met = np.unique(np.concatenate([one * n + other, other * n + one]))
    people, others = np.unique(met // n, return_counts=True)
    return _rows(people, others + 1, place, kind)


def _rows(people: Integers, values: Integers, place: int, kind: int) -> pl.DataFrame:
    columns = {"person_id": people, "n_values": values}
    return pl.DataFrame(columns).select(
        pl.col("person_id").cast(pl.Int64),
        pl.col("n_values").cast(pl.Int64),
        pl.lit(place, dtype=pl.Int16).alias("place"),
        pl.lit(kind, dtype=pl.Int8).alias("kind"),
    )
