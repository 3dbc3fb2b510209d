"""An assessment as a dictionary that may be handed on: no small count, nor what would bring one back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import polars as pl

from breachkit.report.smallcounts import BELOW, exposure_to_share, hidden, told_sums
from breachkit.results import jsonable

if TYPE_CHECKING:
    from breachkit.leak import Leak
    from breachkit.report.assessment import Assessment

STATIONS = ("leak", "fields", "people", "exposure", "fraud", "severity", "what_if", "circumstances")


def stations_of(assessment: Assessment, *, reveal: bool = False) -> dict[str, Any]:
    """Give each station's result; with ``reveal`` counts of fewer than five people too."""
    made = {name: jsonable(getattr(assessment, name)) for name in STATIONS}
    if not reveal:
        for name, change in CHANGES.items():
            if made[name] is not None:
                made[name] |= {key: jsonable(value) for key, value in change(assessment).items()}
    return made


def sources_of(leak: Leak) -> list[dict[str, Any]]:
    """Give the provenance without paths: a person's name may stand in them; the hash tells which file."""
    made: list[dict[str, Any]] = jsonable(leak.provenance)
    for source in made:
        source["origin"] = f"*{PurePath(str(source['origin'])).suffix[:6]}"
    return made


def _leak(assessment: Assessment) -> dict[str, Any]:
    return {"provenance": sources_of(assessment.leak)}


def _fields(assessment: Assessment) -> dict[str, Any]:
    """A share of a column times its rows is a count."""
    rows = {row["table"]: row["rows"] for row in assessment.leak.to_frame().iter_rows(named=True)}
    frame = assessment.fields.to_frame()
    sizes = pl.col("table").replace_strict(rows, default=0, return_dtype=pl.Int64)
    near = pl.min_horizontal(pl.col("share"), 1 - pl.col("share")) * sizes
    told = pl.when(near.is_between(0.5, BELOW - 0.5).not_()).then(pl.col("share"))
    return {"fields": frame.with_columns(share=told)}


def _people(assessment: Assessment) -> dict[str, Any]:
    people = assessment.people
    merges = people.to_frame()
    changed = [pl.Series(name, hidden(merges[name].to_list()), pl.Int64) for name in ("people", "records")]
    return {
        "merges": merges.with_columns(changed),
        "conflicts": people.conflict_counts().with_columns(small_out("people")),
    }


def small_out(*names: str) -> list[pl.Expr]:
    """Counts of 1 to 4 become null."""
    return [pl.when(~pl.col(n).is_between(0, BELOW, closed="none")).then(pl.col(n)).alias(n) for n in names]


def _exposure(assessment: Assessment) -> dict[str, Any]:
    from breachkit.exposure.shareable import TABLES

    exposure = assessment.exposure
    verdicts = exposure.verdicts.with_columns(small_out("people"))
    return {name: exposure.shareable(name, below=BELOW) for name in TABLES} | {
        "removal": exposure_to_share(exposure).removal,
        "verdicts": verdicts.with_columns(pl.when(pl.col("people").is_not_null()).then(pl.col("share"))),
    }


def _fraud(assessment: Assessment) -> dict[str, Any]:
    def kept(frame: pl.DataFrame) -> pl.DataFrame:
        few = pl.col("eligible").is_between(0, BELOW, closed="none")
        return frame.with_columns(pl.when(~few).then(pl.col(n)).alias(n) for n in ("eligible", "exposed"))

    fraud = assessment.fraud
    return {"scenarios": kept(fraud.scenarios), "conditional": kept(fraud.conditional)}


def _severity(assessment: Assessment) -> dict[str, Any]:
    severity = assessment.severity
    if severity.by_stratum["people"].null_count():  # not counted at all: nothing to hide
        return {}
    strata = hidden(severity.by_stratum["people"].to_list(), told_sums(severity))
    return {
        "by_stratum": severity.by_stratum.with_columns(pl.Series("people", strata, pl.Int64)),
        # What a rule decided, person by person, adds up in too many ways to be told in part.
        "trace": severity.trace.with_columns(people=pl.lit(None, pl.Int64)),
        "counts": {
            name: None if count is not None and 0 < count < BELOW else count
            for name, count in severity.counts.items()
        },
    }


def _what_if(assessment: Assessment) -> dict[str, Any]:
    """An average over futures of one group, divided by that of all, is the group's count."""
    found: Any = assessment.what_if
    kept = assessment.exposure.shareable("categories", below=BELOW).drop_nulls("people")["category"]
    bands = assessment.severity.by_band()
    shown = pl.Series(hidden(bands["people"].fill_null(0).to_list()), dtype=pl.Int64).is_not_null()
    few = 0 < assessment.exposure.n_revealed < BELOW
    names = ("sensitive", "sensitive_q05", "sensitive_q95") if few else ()
    return {
        "categories": found.categories.filter(pl.col("category").is_in(kept.implode())),
        "bands": found.bands.filter(pl.col("band").is_in(bands["band"].filter(shown).implode())),
        "combinations": found.combinations.with_columns(pl.lit(None).alias(name) for name in names),
    }


CHANGES: dict[str, Callable[[Assessment], dict[str, Any]]] = {
    "leak": _leak,
    "fields": _fields,
    "people": _people,
    "exposure": _exposure,
    "fraud": _fraud,
    "severity": _severity,
    "what_if": _what_if,
}
