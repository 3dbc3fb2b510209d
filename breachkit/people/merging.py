"""From the records of each person to one row."""

from __future__ import annotations

import polars as pl

SKIPPED = ("table", "row", "record_id")
VOTED = ("qi_", "key_")


def merge(records: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Merge ``records`` (with ``person_id``): one row per person, and the columns in which they disagree.

    Booleans and status levels merge by ``max``; quasi-identifiers and keys by vote (a tie goes to the first
    in order); ``laboratory`` and ``visit_date`` are those of the last visit.
    """
    alone = pl.len().over("person_id") == 1
    single = records.filter(alone)
    several = records.filter(~alone).sort("person_id", "visit_date", "record_id", nulls_last=False)
    schema = records.schema
    voted = [name for name in schema if name.startswith(VOTED)]
    highest = [name for name, dtype in schema.items() if dtype in (pl.Boolean, pl.Int8)]
    others = [n for n in schema if n not in (*SKIPPED, *voted, *highest, "person_id")]
    merged = several.group_by("person_id", maintain_order=True).agg(
        pl.len().cast(pl.Int64).alias("n_records"),
        *(pl.col(name).drop_nulls().first() for name in voted),
        *(pl.col(name).max() for name in highest),
        *(pl.col(name).drop_nulls().last() for name in others),
    )
    conflicts = []
    for name in voted:
        counts = several.filter(pl.col(name).is_not_null()).group_by("person_id", name).len()
        disputed = counts.filter(pl.len().over("person_id") > 1)
        if not disputed.height:
            continue
        winners = disputed.sort("person_id", "len", name, descending=[False, True, False]).unique(
            "person_id", keep="first", maintain_order=True
        )
        merged = (
            merged.join(
                winners.select("person_id", pl.col(name).alias("_won")),
                on="person_id",
                how="left",
                maintain_order="left",
            )
            .with_columns(pl.coalesce("_won", name).alias(name))
            .drop("_won")
        )
        conflicts.append(
            disputed.group_by("person_id")
            .agg(pl.len().cast(pl.Int64).alias("n_values"))
            .select("person_id", pl.lit(name).alias("column"), "n_values", pl.lit("majority").alias("rule"))
        )
    columns = ["person_id", "n_records", *voted, *highest, *others]
    one = single.with_columns(pl.lit(1, dtype=pl.Int64).alias("n_records")).select(columns)
    people = pl.concat([one, merged.select(columns)]).sort("person_id")
    order = ["person_id", "n_records", *(name for name in schema if name not in (*SKIPPED, "person_id"))]
    schema_ = {"person_id": pl.Int64, "column": pl.String, "n_values": pl.Int64, "rule": pl.String}
    return people.select(order), pl.concat([pl.DataFrame(schema=schema_), *conflicts])
