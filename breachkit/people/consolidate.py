"""The station: which records are the same person."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from breachkit import progress
from breachkit.people.linking import LINK_SCHEMA, links, persons
from breachkit.people.merging import merge
from breachkit.people.people import CONFLICT_SCHEMA, SINGLE, People
from breachkit.people.rules import Rules, load_rules

if TYPE_CHECKING:
    from breachkit.classify import Records

DECIDED = "decision"


def consolidate(records: Records, *, rules: str | Path | dict[str, Any] | Rules | None = None) -> People:
    """Merge the records of each person, each merge with its rule and confidence.

    Parameters
    ----------
    records
        What `label` gives.
    rules
        ``None`` for the shipped rules, or a YAML file or mapping of one's own, with people's decisions
        (``merge``, ``keep_apart``): they are honoured at every run.

    Returns
    -------
    People
        ``person_id`` is dense and follows the order of the records; it is never derived from an identifier.

    Raises
    ------
    BreachkitError
        For a bad rule, with file, row and field.

    Notes
    -----
    Deterministic: two records are linked when a rule's keys are equal and nothing it compares contradicts.
    Persons are the connected components of the links. Where a key is shared but the rule refused (a child
    with a parent's NIR, twins), the pair is listed in ``conflicts`` as ``kept_apart:<rule>``; where merged
    records disagree, as ``majority``.
    """
    chosen = load_rules(rules)
    frame = records.frame.collect()
    found, refused = [pl.DataFrame(schema=LINK_SCHEMA)], []
    for place, rule in enumerate(chosen.rules):
        progress.report("people", place, len(chosen.rules) + 1)
        made, denied = links(frame, rule, place)
        found.append(made)
        refused.append(denied.with_columns(rule=pl.lit(f"kept_apart:{rule.id}"), column=pl.lit(rule.keys[0])))
    linked = pl.concat(found).group_by("a", "b").agg(pl.col("rule").min())
    who = pl.Series("person_id", persons(frame.height, linked, chosen), dtype=pl.Int64)
    members = frame.select("record_id").with_columns(who)
    merged, disputed = merge(frame.with_columns(who))
    progress.report("people", len(chosen.rules) + 1, len(chosen.rules) + 1)
    people = merged.join(
        _evidence(linked, members, chosen), on="person_id", how="left", maintain_order="left"
    )
    people = people.with_columns(
        merge_rule=pl.when(pl.col("n_records") == 1)
        .then(pl.lit(SINGLE))
        .otherwise(pl.col("merge_rule").fill_null(DECIDED)),
        merge_confidence=pl.when(pl.col("n_records") == 1)
        .then(1.0)
        .otherwise(pl.col("merge_confidence").fill_null(1.0)),
    )
    doctors, latest = _prescribers(records, members)
    people = people.join(latest, on="person_id", how="left", maintain_order="left")
    head = ["person_id", "n_records", "merge_rule", "merge_confidence"]
    visits = frame.select(who, "visit_date", "laboratory").drop_nulls("visit_date").unique().sort(pl.all())
    return People(
        frame=people.select(*head, pl.exclude(head)).lazy(),
        prescribers=doctors.lazy(),
        visits=visits.lazy(),
        conflicts=_conflicts(disputed, refused, members).lazy(),
        members=members.select("person_id", "record_id").lazy(),
    )


def _evidence(linked: pl.DataFrame, members: pl.DataFrame, rules: Rules) -> pl.DataFrame:
    """Give each person the weakest of the best rules that hold it together."""
    placed = (
        linked.join(members.rename({"record_id": "a"}), on="a")
        .group_by("a", "person_id")
        .agg(pl.col("rule").min())
    )
    weakest = placed.group_by("person_id").agg(pl.col("rule").max())
    book = pl.DataFrame(
        {
            "rule": range(len(rules.rules)),
            "merge_rule": [rule.id for rule in rules.rules],
            "merge_confidence": [rule.confidence for rule in rules.rules],
        },
        schema={"rule": pl.Int32, "merge_rule": pl.String, "merge_confidence": pl.Float64},
    )
    return weakest.join(book, on="rule").drop("rule")


def _prescribers(records: Records, members: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Give one row per prescriber, and each person's own (that of the last record naming one)."""
    named = records.prescribers.collect().drop_nulls("key_prescriber").join(members, on="record_id")
    keys = named.select("key_prescriber").unique().sort("key_prescriber").with_row_index("prescriber_id")
    joined = named.join(keys.with_columns(pl.col("prescriber_id").cast(pl.Int64)), on="key_prescriber")
    flags = [name for name in joined.columns if name.startswith("has_")]
    doctors = joined.group_by("prescriber_id").agg(
        pl.col("person_id").n_unique().cast(pl.Int64).alias("n_patients"),
        *(pl.col(name).max() for name in flags),
    )
    latest = joined.sort("record_id").group_by("person_id").agg(pl.col("prescriber_id").last())
    return doctors.sort("prescriber_id"), latest


def _conflicts(disputed: pl.DataFrame, refused: list[pl.DataFrame], members: pl.DataFrame) -> pl.DataFrame:
    apart = [
        pairs.join(members.rename({"record_id": "a", "person_id": "one"}), on="a")
        .join(members.rename({"record_id": "b", "person_id": "other"}), on="b")
        .filter(pl.col("one") != pl.col("other"))
        .group_by(pl.col("one").alias("person_id"), "column", "rule")
        .agg((pl.col("other").n_unique() + 1).cast(pl.Int64).alias("n_values"))
        .select(*CONFLICT_SCHEMA.names())
        for pairs in refused
    ]
    return pl.concat([disputed.select(*CONFLICT_SCHEMA.names()), *apart]).sort("person_id", "column", "rule")
