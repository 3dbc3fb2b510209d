"""What each row holds and reveals: `label`, one pass over every cell, batch by batch.

`label_batch` is a pure function of one batch and a plan, so the same rows give the same result in any
batches, here or partition by partition elsewhere.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import polars as pl

from breachkit import progress
from breachkit.classify import frames
from breachkit.classify.columns import as_leak
from breachkit.classify.fieldmap import FieldMap
from breachkit.classify.identity import identity_exprs
from breachkit.classify.plan import Plan, plan_for
from breachkit.classify.prescribers import prescribers_of
from breachkit.classify.records import (
    FINDING_SCHEMA,
    PRESCRIBER_SCHEMA,
    QUALITY_SCHEMA,
    Records,
    record_schema,
)
from breachkit.classify.sensitive import levels_of, sensitive_findings
from breachkit.classify.usable import attribute_exprs, malformed
from breachkit.errors import BreachkitError
from breachkit.leak import ROW

BATCH = 131_072
ID = "record_id"


class Batch(NamedTuple):
    """What one batch gives: its records, its findings, its prescribers."""

    records: pl.DataFrame
    findings: pl.DataFrame
    prescribers: pl.DataFrame


def label(leak: Any, fields: FieldMap, *, batch: int = BATCH) -> Records:
    """Standardise every row of a leak.

    Parameters
    ----------
    leak
        A `Leak`, or anything `read` takes.
    fields
        What `classify` found, with the decisions of people.
    batch
        Rows at a time; it changes the memory needed, never the result.

    Raises
    ------
    BreachkitError
        If ``batch`` is no count of rows, row numbers stand twice, or the map knows no column of the leak.

    Examples
    --------
    >>> import breachkit as bk, polars as pl
    >>> leak = pl.DataFrame({"nom": ["Durand", "Petit"], "commentaire": ["séropositive VIH", "RAS"]})
    >>> bk.label(leak, bk.classify(leak)).frame.select("qi_last_name", "hiv").collect().rows()
    [('DURAND', 7), ('PETIT', 0)]
    """
    source = as_leak(leak)
    if not isinstance(batch, int) or batch < 1:
        raise BreachkitError("A batch holds no rows.", hint=f"batch is a count of rows: {BATCH:,}, say.")
    done: list[Batch] = []
    quality: list[tuple[str, str, str, int]] = []
    mapped = not source.tables
    start = seen = 0
    total = len(source.tables)
    for number, (name, frame) in enumerate(source.tables.items()):
        data = frames.numbered(name, frames.whole(frame))
        plan, notes = plan_for(name, data, fields)
        mapped = mapped or bool(plan.fields) or data.width == 1
        quality += [*notes, *malformed(plan, data)]
        for part in frames.batches(data, batch):
            done.append(label_batch(part, plan, start))
            start += part.height
            seen += part.height
            progress.report(
                "label", number * data.height + min(seen, data.height), total * max(1, data.height)
            )
        seen = 0
    if not mapped:
        raise BreachkitError(
            "The field map knows no column of this leak.", hint="Pass the map that classify gave for it."
        )
    return Records(
        _stack([part.records for part in done], record_schema()),
        _stack([part.findings for part in done], FINDING_SCHEMA),
        _stack([part.prescribers for part in done], PRESCRIBER_SCHEMA),
        pl.DataFrame(quality, schema=QUALITY_SCHEMA, orient="row"),
    )


def _stack(parts: list[pl.DataFrame], schema: pl.Schema) -> pl.LazyFrame:
    return pl.concat([pl.DataFrame(schema=schema), *parts]).lazy()


def label_batch(part: pl.DataFrame, plan: Plan, first_id: int = 0) -> Batch:
    """Label one batch: a pure function of its rows, the plan and the first record number."""
    numbered = part.with_row_index(frames.RECORD, offset=first_id)
    numbered = numbered.with_columns(pl.col(frames.RECORD).cast(pl.Int64))
    identity = numbered.select(
        pl.lit(plan.table).alias("table"),
        pl.col(ROW).alias("row"),
        pl.col(frames.RECORD).alias(ID),
        *identity_exprs(plan),
        *attribute_exprs(plan),
    )
    findings = sensitive_findings(numbered, plan, identity)
    levels = levels_of(findings)
    records = identity.join(levels, on=ID, how="left", maintain_order="left")
    wanted = record_schema()
    zero = [
        pl.lit(0, dtype=pl.Int8).alias(name)
        for name, kind in wanted.items()
        if kind == pl.Int8 and name not in records.columns
    ]
    full = records.with_columns(zero).with_columns(pl.col(pl.Int8).fill_null(0)).select(wanted.names())
    return Batch(full.cast(wanted), findings, prescribers_of(numbered, plan))
