"""The prescribers, from what each record says of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from breachkit.people.grouping import Integers

if TYPE_CHECKING:
    from breachkit.classify import Records

NOBODY = -1


class Prescribers(NamedTuple):
    """``doctors``: ``prescriber_id, n_patients, has_*``; ``latest``: each person's, or `NOBODY`."""

    doctors: pl.DataFrame
    latest: NDArray[np.int32]


def prescribers(
    records: Records, ids: Integers, person: NDArray[np.int32], people: int, size: int
) -> Prescribers:
    """Number the prescribers in the order of their keys; a person's own is the last record's that names one.

    ``ids``: the ``record_id`` of each record; ``person``: its person. Rows are read ``size`` at a time.
    """
    named = records.prescribers.drop_nulls("key_prescriber")
    flags = [name for name in records.prescribers.collect_schema().names() if name.startswith("has_")]
    doctors = (
        named.group_by("key_prescriber")
        .agg(pl.col(name).max() for name in flags)
        .collect(engine="streaming")
        .sort("key_prescriber")
        .with_row_index("prescriber_id")
        .with_columns(pl.col("prescriber_id").cast(pl.Int64))
    )
    latest, said = np.full(people, NOBODY, dtype=np.int32), np.full(people, -1, dtype=np.int64)
    seen = [np.zeros(0, dtype=np.int64)]
    order = None if (ids == np.arange(ids.size)).all() else np.argsort(ids)
    rows = int(records.prescribers.select(pl.len()).collect().item())
    for start in range(0, rows, size):
        part = (
            records.prescribers.slice(start, size)
            .drop_nulls("key_prescriber")
            .select("record_id", "key_prescriber")
            .collect()
            .join(doctors.select("key_prescriber", "prescriber_id"), on="key_prescriber")
            .sort("record_id", "prescriber_id")
        )
        record, doctor = part["record_id"].to_numpy(), part["prescriber_id"].to_numpy()
        at = record if order is None else np.searchsorted(ids, record, sorter=order)
        known = at < ids.size
        record, doctor, at = record[known], doctor[known], at[known]
        at = at if order is None else order[at]
        right = ids[at] == record
        record, doctor, who = record[right], doctor[right], person[at[right]]
        seen.append(np.unique(doctor * np.int64(people) + who))
        # Rows are in order of record: the last assignment to a person is its last record's.
        newer = record >= said[who]
        latest[who[newer]], said[who[newer]] = doctor[newer], record[newer]
    pairs = np.unique(np.concatenate(seen))
    patients = np.bincount(pairs // max(people, 1), minlength=doctors.height)
    doctors = doctors.drop("key_prescriber").with_columns(n_patients=pl.Series(patients, dtype=pl.Int64))
    doctors = doctors.filter(pl.col("n_patients") > 0)
    return Prescribers(doctors.select("prescriber_id", "n_patients", *flags), latest)
