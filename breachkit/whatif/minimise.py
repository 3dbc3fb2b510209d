"""The same leak had only the agreed columns and rows been extracted: exact, from the records."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import polars as pl

from breachkit import taxonomy

if TYPE_CHECKING:
    from breachkit.circumstances import Circumstances
    from breachkit.classify import FieldMap, Records
    from breachkit.people import People

#: Columns of `People.frame` that an attribute fills, beside ``has_<attribute>``.
FILLED = {
    "sex": ("qi_sex",),
    "birth_date": ("qi_birth_date",),
    "postcode": ("qi_postcode", "qi_department"),
    "city": ("qi_commune",),
    "first_name": ("qi_first_name",),
    "last_name": ("qi_last_name",),
    "birth_name": ("qi_birth_name",),
    "nir": ("key_nir",),
    "patient_id": ("key_patient_id",),
    "email": ("key_email",),
    "phone_mobile": ("key_phone_mobile",),
    "phone_landline": ("key_phone_landline",),
    "visit_date": ("visit_date",),
    "facility_id": ("laboratory",),
    "password": ("has_guessable_password",),
}
#: Without a list of agreed columns, what a migration of accounts does not need: free text.
UNNEEDED = ("free_text",)


def excess(fields: FieldMap, given: Circumstances) -> tuple[str, ...]:
    """Name the columns that should not have been extracted.

    Those outside ``agreed_columns``, or those of ``excess_columns`` (letter case and punctuation aside);
    without
    either, the columns of free text (our assumption: a migration of accounts does not need them).
    """
    frame = fields.to_frame()
    columns = frame["column"].to_list()
    if given.agreed_columns is not None:
        agreed = {_folded(name) for name in given.agreed_columns}
        return tuple(name for name in columns if _folded(name) not in agreed)
    if given.excess_columns is not None:
        unwanted = {_folded(name) for name in given.excess_columns}
        named = tuple(name for name in columns if _folded(name) in unwanted)
        if named:
            return named
    return tuple(frame.filter(pl.col("attribute").is_in(UNNEEDED))["column"].to_list())


def minimised(
    people: People,
    records: Records,
    fields: FieldMap,
    dropped: Sequence[str],
    given: Circumstances | None = None,
) -> People:
    """Give the people as they would stand without the columns ``dropped`` (and the rows out of scope).

    Statuses are merged again from the findings of the columns that stay; an attribute is gone when every
    column of the patient that held it is. Persons stay the persons they were: who is who is not asked
    again. With ``given``, records of visits outside ``scope_from``/``scope_to`` are left out too.
    """
    frame = people.frame
    members = people.members
    if given is not None and (given.scope_from or given.scope_to):
        kept = _in_scope(records.frame, given)
        members = members.join(kept, on="record_id", how="semi")
        frame = frame.join(members, on="person_id", how="semi")
    schema = frame.collect_schema()
    sensitive = [n for n in (*taxonomy.category_ids(), *taxonomy.context_ids()) if n in schema]
    levels = pl.DataFrame(
        {"status": list(taxonomy.STATUS_LEVEL), "level": list(taxonomy.STATUS_LEVEL.values())},
        schema={"status": pl.String, "level": pl.Int8},
    ).lazy()
    merged = (
        records.findings.filter(~pl.col("column").is_in(list(dropped)))
        .join(levels, on="status")
        .join(members, on="record_id")
        .group_by("person_id", "category")
        .agg(pl.col("level").max())
        .collect()
        .pivot("category", index="person_id", values="level")
    )
    here = [name for name in sensitive if name in merged.columns]
    joined = frame.drop(sensitive).join(merged.select("person_id", *here).lazy(), on="person_id", how="left")
    gone = _gone(fields, dropped)
    empty = [name for attribute in gone for name in FILLED.get(attribute, ()) if name in schema]
    absent = [f"has_{attribute}" for attribute in gone if f"has_{attribute}" in schema]
    return dataclasses.replace(
        people,
        frame=joined.with_columns(
            *(
                pl.col(name).fill_null(0) if name in here else pl.lit(0, pl.Int8).alias(name)
                for name in sensitive
            ),
            *(pl.lit(False).alias(name) for name in absent),
            *(pl.lit(None, dtype=schema[name]).alias(name) for name in empty),
        ).select(schema.names()),
        members=members,
    )


def _gone(fields: FieldMap, dropped: Sequence[str]) -> list[str]:
    held = fields.to_frame().filter(pl.col("subject").is_null() | (pl.col("subject") == "patient"))
    stays = set(held.filter(~pl.col("column").is_in(list(dropped)))["attribute"].drop_nulls())
    return sorted(set(held.filter(pl.col("column").is_in(list(dropped)))["attribute"].drop_nulls()) - stays)


def _in_scope(records: pl.LazyFrame, given: Circumstances) -> pl.LazyFrame:
    day = pl.col("visit_date")
    inside = pl.lit(True)
    if given.scope_from:
        inside &= day.is_null() | (day >= given.scope_from)
    if given.scope_to:
        inside &= day.is_null() | (day <= given.scope_to)
    return records.filter(inside).select("record_id")


def _folded(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())
