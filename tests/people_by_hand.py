"""People made by hand, for the stations after `consolidate`."""

import datetime as dt

import polars as pl

from breachkit import taxonomy
from breachkit.people import People

COLUMNS = {
    "qi_sex": pl.String, "qi_birth_date": pl.Date, "qi_postcode": pl.String, "qi_commune": pl.String,
    "qi_first_name": pl.String, "qi_last_name": pl.String, "qi_birth_name": pl.String,
    "qi_department": pl.String,
    "key_nir": pl.String, "key_patient_id": pl.String, "key_email": pl.String, "key_phone_mobile": pl.String,
    "key_phone_landline": pl.String, "laboratory": pl.String, "visit_date": pl.Date,
}  # fmt: skip


def person(**values):
    """One person; what is not given is absent. Categories by name: ``hiv=7``."""
    return values


def people(*persons) -> People:
    """Make `People` from rows: `qi_*`, `key_*`, `has_*` and category columns as given."""
    names = dict.fromkeys(name for one in persons for name in one)
    sensitive = dict.fromkeys((*taxonomy.category_ids(), *taxonomy.context_ids()), pl.Int8)
    flags = {name: pl.Boolean for name in names if name.startswith("has_")}
    for name in ("has_nir", "has_first_name", "has_last_name", "has_birth_date", "has_email", "has_address"):
        flags.setdefault(name, pl.Boolean)
    frame = pl.DataFrame(list(persons), schema=COLUMNS | flags | sensitive).with_columns(
        pl.col([*sensitive]).fill_null(0), pl.col([*flags]).fill_null(False)
    )
    base = frame.with_row_index("person_id").with_columns(
        pl.col("person_id").cast(pl.Int64),
        n_records=pl.lit(1, pl.Int64),
        merge_rule=pl.lit("single"),
        merge_confidence=pl.lit(1.0),
    )
    visits = base.select("person_id", "visit_date", "laboratory").drop_nulls("visit_date")
    members = base.select("person_id", record_id="person_id")
    return People(base.lazy(), visits=visits.lazy(), members=members.lazy())


BORN = dt.date(1960, 5, 17)
