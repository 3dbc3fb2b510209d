"""What each row says of its prescriber: a person too, whose data leaked."""

from __future__ import annotations

import polars as pl

from breachkit.classify import normalise as n
from breachkit.classify.frames import RECORD
from breachkit.classify.identity import identifier, phone, usable
from breachkit.classify.plan import Plan
from breachkit.classify.records import PRESCRIBER_ATTRIBUTES, PRESCRIBER_SCHEMA

WHO = "prescriber"


def prescribers_of(part: pl.DataFrame, plan: Plan) -> pl.DataFrame:
    """Give one row per record that names a prescriber.

    ``key_prescriber`` is the RPPS where there is a usable one, else the folded names and the postcode: two
    doctors of one name in one town are then one.
    """
    held = [_has(plan, name).fill_null(False).alias(f"has_{name}") for name in PRESCRIBER_ATTRIBUTES]
    frame = part.select(pl.col(RECORD).alias("record_id"), _key(plan).alias("key_prescriber"), *held)
    return frame.filter(pl.col("key_prescriber").is_not_null()).cast(PRESCRIBER_SCHEMA)


def _key(plan: Plan) -> pl.Expr:
    numbers = [_number(column) for column in plan.columns("prescriber_id")]
    parts = [n.name_expr(pl.col(c)) for a in ("last_name", "first_name") for c in plan.columns(a, WHO)]
    places = [n.postcode_expr(pl.col(c)) for c in plan.columns("postcode", WHO)]
    named = (
        pl.concat_str([*parts, *places], separator="|", ignore_nulls=True)
        if parts
        else pl.lit(None, pl.String)
    )
    someone = pl.any_horizontal([part.is_not_null() for part in parts]) if parts else pl.lit(False)
    return n.first_of([*numbers, pl.when(someone).then(named)])


def _number(column: str) -> pl.Expr:
    known = identifier("rpps")
    cell = pl.col(column)
    return pl.when(usable("rpps", column)).then(known.normalise_expr(cell)).otherwise(n.blank_expr(cell))


def _has(plan: Plan, attribute: str) -> pl.Expr:
    if attribute in ("phone_mobile", "phone_landline"):
        return phone(plan, WHO, mobile=attribute == "phone_mobile").is_not_null()
    columns = plan.columns(attribute) if attribute == "prescriber_id" else plan.columns(attribute, WHO)
    if not columns:
        return pl.lit(False)
    if attribute == "email":
        return pl.any_horizontal([usable("email", c) for c in columns])
    if attribute == "postcode":
        return pl.any_horizontal([n.postcode_expr(pl.col(c)).is_not_null() for c in columns])
    return pl.any_horizontal([n.blank_expr(pl.col(c)).is_not_null() for c in columns])
