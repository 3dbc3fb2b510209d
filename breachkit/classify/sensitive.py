"""Findings of one batch: what texts, codes, titles, ages, specialities and columns reveal."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from breachkit import taxonomy
from breachkit.classify import revelations as r
from breachkit.classify.frames import RECORD
from breachkit.classify.outcomes import outcomes
from breachkit.classify.plan import Field, Plan
from breachkit.classify.records import FINDING_SCHEMA

ID = "record_id"
MAJORITY = 18
NAMES = ("first_name", "last_name", "birth_name", "spouse_name")


def sensitive_findings(part: pl.DataFrame, plan: Plan, identity: pl.DataFrame) -> pl.DataFrame:
    """Give `FINDING_SCHEMA` for one batch, the strongest status per record, column, category and source."""
    found = [
        joined for field, said in _said(part, plan) if (joined := _placed(part, field, said)) is not None
    ]
    minors = _minors(plan, identity)
    said = pl.concat([pl.DataFrame(schema=FINDING_SCHEMA), *found])
    return pl.concat([said, outcomes(part, plan, said, identity), minors]).sort(ID, maintain_order=True)


def _said(part: pl.DataFrame, plan: Plan) -> Iterator[tuple[Field, pl.DataFrame]]:
    whole, long = plan.read_as_text()
    for fields, long_only in ((whole, False), (long, True)):
        for field in fields:
            if field.attribute == "occupation" and field.subject != "patient":
                continue
            yield field, r.of_texts(_distinct(part, field), long_only=long_only)
    for field in plan.looked_over():
        yield field, r.of_unexpected(_distinct(part, field), names=field.attribute in NAMES)
    for field in plan.fields:
        if field.attribute in r.SYSTEMS_OF:
            yield field, r.of_codes(_distinct(part, field), field.attribute)
        elif field.attribute == "title" and field.subject == "patient":
            yield field, r.of_titles(_distinct(part, field))
        elif field.attribute == "occupation" and field.subject == "prescriber":
            yield field, r.of_specialities(_distinct(part, field), "speciality")
        elif field.attribute == "facility_id":
            yield field, r.of_specialities(_distinct(part, field), "facility")
        if field.categories:
            yield field, r.of_column(_distinct(part, field), field.categories)


def _distinct(part: pl.DataFrame, field: Field) -> pl.Series:
    values = part[field.column].unique(maintain_order=True)
    return values.filter(values.str.contains(r"\S"))


def _placed(part: pl.DataFrame, field: Field, said: pl.DataFrame) -> pl.DataFrame | None:
    """Join what distinct values reveal back to the rows that hold them."""
    if not said.height:
        return None
    best = strongest(said, ["v", "category"])
    cells = part.select(pl.col(RECORD).alias(ID), pl.col(field.column).alias("v"))
    return cells.join(best, on="v", maintain_order="left_right").select(
        ID, pl.lit(field.column).alias("column"), *FINDING_SCHEMA.names()[2:]
    )


def strongest(said: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """Keep the strongest status of each group, then the strongest word, then the code that sorts first."""
    level = pl.col("status").replace_strict(dict(taxonomy.STATUS_LEVEL), return_dtype=pl.Int8, default=0)
    ranks = dict(taxonomy.strengths().select("id", "rank").iter_rows())
    strength = pl.col("strength").replace_strict(ranks, return_dtype=pl.Int8, default=0)
    ordered = said.with_columns(_level=-level, _strength=-strength).sort(
        [*by, "_level", "_strength", "code", "status", "source"], maintain_order=True
    )
    return ordered.unique(by, keep="first", maintain_order=True).drop("_level", "_strength")


def _minors(plan: Plan, identity: pl.DataFrame) -> pl.DataFrame:
    """Find the rows of people under 18 at the visit, or at the table's latest visit when the row has none."""
    when = pl.coalesce(pl.col("visit_date"), pl.lit(plan.reference, dtype=pl.Date))
    young = (when < pl.col("qi_birth_date").dt.offset_by(f"{MAJORITY}y")) & (when >= pl.col("qi_birth_date"))
    columns = plan.columns("birth_date", "patient")
    if not columns:
        return pl.DataFrame(schema=FINDING_SCHEMA)
    return identity.filter(young).select(
        ID,
        column=pl.lit(columns[0]),
        category=pl.lit("minor"),
        status=pl.lit("asserted"),
        strength=pl.lit("proves"),
        source=pl.lit("age"),
        code=pl.lit(""),
    )


def levels_of(findings: pl.DataFrame) -> pl.DataFrame:
    """Give one Int8 column per category found: the strongest status level of each record."""
    level = pl.col("status").replace_strict(dict(taxonomy.STATUS_LEVEL), return_dtype=pl.Int8, default=0)
    names = findings["category"].unique().sort().to_list()
    known = findings.with_columns(level.alias("_level"))
    columns = [pl.col("_level").filter(pl.col("category") == name).max().alias(name) for name in names]
    return known.group_by(ID).agg(columns)
