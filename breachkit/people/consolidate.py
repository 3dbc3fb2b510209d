"""The station: which records are the same person."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from breachkit import progress
from breachkit.errors import BreachkitError
from breachkit.people.grouping import ALONE, DECIDED, Persons, persons
from breachkit.people.linking import LINK_SCHEMA, PAIR_SCHEMA, Links, links
from breachkit.people.merging import merge
from breachkit.people.people import CONFLICT_SCHEMA, SINGLE, People
from breachkit.people.rules import Rules, load_rules

if TYPE_CHECKING:
    from breachkit.classify import Records

DECISION = "decision"


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
    Persons grow by the surest links first; nothing joins two records that a decision keeps apart, or that
    contradict each other in a barrier (first name, sex), not even through a third record: such links are cut.
    ``conflicts`` lists what was refused (``kept_apart:<rule>``), cut (``cut:<rule>``), left out because too
    many share the key (``crowd:<rule>``), and where merged records disagree (``majority``).

    Examples
    --------
    >>> import breachkit as bk
    >>> leak = bk.synthesize("leak-2021", patients=200)
    >>> people = bk.consolidate(bk.label(leak, bk.classify(leak)))
    >>> people.n_records
    200
    """
    chosen = load_rules(rules)
    frame = records.frame.collect()
    placed = frame.with_columns(record_id=pl.int_range(pl.len(), dtype=pl.Int64))
    numbered = _numbered(chosen, frame["record_id"])
    decided = sorted({i for pair in (*numbered.merge, *numbered.keep_apart) for i in pair})
    found = []
    for place, rule in enumerate(chosen.rules):
        progress.report("people", place, len(chosen.rules) + 1)
        found.append(links(placed, rule, place, chosen.barriers, decided))
    made = pl.concat([pl.DataFrame(schema=LINK_SCHEMA), *(each.made for each in found)])
    refused = pl.concat([pl.DataFrame(schema=PAIR_SCHEMA), *(each.refused for each in found)])
    grouped = persons(frame.height, made, refused.filter("barrier").unique(["a", "b"]), numbered)
    who = pl.Series("person_id", grouped.person, dtype=pl.Int64)
    merged, disputed = merge(frame.with_columns(who))
    progress.report("people", len(chosen.rules) + 1, len(chosen.rules) + 1)
    people = merged.with_columns(_evidence(grouped, chosen))
    members = frame.select("record_id").with_columns(who)
    doctors, latest = _prescribers(records, members)
    people = people.join(latest, on="person_id", how="left", maintain_order="left")
    head = ["person_id", "n_records", "merge_rule", "merge_confidence"]
    visits = frame.select(who, "visit_date", "laboratory").drop_nulls("visit_date").unique().sort(pl.all())
    return People(
        frame=people.select(*head, pl.exclude(head)).lazy(),
        prescribers=doctors.lazy(),
        visits=visits.lazy(),
        conflicts=_conflicts(disputed, found, grouped, chosen).lazy(),
        members=members.select("person_id", "record_id").lazy(),
    )


def _numbered(rules: Rules, ids: pl.Series) -> Rules:
    """Rewrite the decisions from record ids to positions."""
    wanted = {i for pair in (*rules.merge, *rules.keep_apart) for i in pair}
    if not wanted:
        return rules
    at = dict(
        pl.DataFrame({"id": ids, "at": range(len(ids))}, schema={"id": pl.Int64, "at": pl.Int64})
        .filter(pl.col("id").is_in(list(wanted)))
        .iter_rows()
    )
    if lost := sorted(wanted - at.keys()):
        raise BreachkitError(
            f"A decision names record {lost[0]}, which this leak does not have.",
            hint="Decisions hold for the leak they were made on; take it out of merge / keep_apart.",
        )
    merge_, apart = (tuple((at[a], at[b]) for a, b in p) for p in (rules.merge, rules.keep_apart))
    return dataclasses.replace(rules, merge=merge_, keep_apart=apart)


def _evidence(grouped: Persons, rules: Rules) -> list[pl.Series]:
    """Give each person the weakest rule that had to hold, and its confidence."""
    name = {ALONE: SINGLE, DECIDED: DECISION} | {i: rule.id for i, rule in enumerate(rules.rules)}
    trust = {ALONE: 1.0, DECIDED: 1.0} | {i: rule.confidence for i, rule in enumerate(rules.rules)}
    place = pl.Series(grouped.weakest, dtype=pl.Int64)
    return [
        place.replace_strict(name, return_dtype=pl.String).alias("merge_rule"),
        place.replace_strict(trust, return_dtype=pl.Float64).alias("merge_confidence"),
    ]


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


def _conflicts(disputed: pl.DataFrame, found: list[Links], grouped: Persons, rules: Rules) -> pl.DataFrame:
    """List what was disputed, refused, cut or left out, per person, column and rule."""
    rows = [disputed.select(*CONFLICT_SCHEMA.names())]
    for place, (rule, each) in enumerate(zip(rules.rules, found, strict=True)):
        cut = grouped.cut.filter(pl.col("rule") == place)
        rows.append(_between(each.refused, grouped, rule.keys[0], f"kept_apart:{rule.id}"))
        rows.append(_between(cut, grouped, rule.keys[0], f"cut:{rule.id}"))
        crowd = pl.Series("person_id", grouped.person[each.crowded.to_numpy()], dtype=pl.Int64).unique()
        rows.append(
            crowd.to_frame().select(
                "person_id",
                pl.lit(rule.keys[0]).alias("column"),
                pl.lit(crowd.len(), dtype=pl.Int64).alias("n_values"),
                pl.lit(f"crowd:{rule.id}").alias("rule"),
            )
        )
    return pl.concat(rows).sort("person_id", "column", "rule")


def _between(pairs: pl.DataFrame, grouped: Persons, column: str, rule: str) -> pl.DataFrame:
    """Count, for each person, the other persons at the far ends of the pairs (itself included)."""
    one, other = (grouped.person[pairs[end].to_numpy()] for end in ("a", "b"))
    ends = {"person_id": np.r_[one, other], "other": np.r_[other, one]}
    return (
        pl.DataFrame(ends, schema={"person_id": pl.Int64, "other": pl.Int64})
        .filter(pl.col("person_id") != pl.col("other"))
        .group_by("person_id")
        .agg((pl.col("other").n_unique() + 1).cast(pl.Int64).alias("n_values"))
        .select(
            "person_id",
            pl.lit(column).alias("column"),
            "n_values",
            pl.lit(rule).alias("rule"),
        )
    )
