"""The known cases: 29 rows with sources and tags, 27 of them scored here by the same code."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import polars as pl

from breachkit.errors import BreachkitError
from breachkit.facts import table
from breachkit.locale import Language
from breachkit.severity.enisa import EnisaScore, band, enisa

if TYPE_CHECKING:
    from breachkit.severity.severity import Severity

HERE = "here"


def _number(column: str) -> pl.Expr:
    return pl.col(column).replace("", None).cast(pl.Int64)


def score_row(row: dict[str, str]) -> EnisaScore:
    """Score one row that names a DPC rule and the quarters of EI, C, I, A and M."""
    quarters = {name: int(row[f"{name}_quarters"]) / 4 for name in ("ei", "c", "i", "a", "m")}
    return enisa(
        row["dpc_rule"], quarters["ei"], quarters["c"], quarters["i"], quarters["a"], quarters["m"] > 0
    )


@cache
def case_strata() -> pl.DataFrame:
    """The scored strata: ``id, stratum, people, dpc_rule, dpc, ei, cb, score, band``."""
    rows = []
    for row in table("severity", "case_strata").iter_rows(named=True):
        got = score_row(row)
        rows.append(
            {
                "id": row["id"],
                "stratum": row["stratum"],
                "people": int(row["people"]) if row["people"] else None,
                "dpc_rule": row["dpc_rule"],
                "dpc": got.dpc,
                "ei": got.ei,
                "cb": got.cb,
                "score": got.score,
                "band": got.band,
            }
        )
    return pl.DataFrame(rows, infer_schema_length=None)


@cache
def cases() -> pl.DataFrame:
    """The library: what is known of each case, its source and tag, and its highest ENISA score.

    ``score`` and ``band`` are null for the two that were no breaches of confidentiality, integrity or
    availability. ``tag`` says how each was checked (V read, V2 two secondary sources, R recalled, U
    unverified); ``verified`` sums it up. Scores are our working: no authority published one.

    Examples
    --------
    >>> cases().height, cases()["score"].count()
    (29, 27)
    >>> cases().filter(pl.col("id") == "dedalus-2021")["score"].item()
    5.0
    """
    top = case_strata().group_by("id").agg(pl.col("score").max())
    return (
        table("severity", "cases")
        .with_columns(_number("people"), _number("fine_eur"), _number("turnover_eur"))
        .join(top, on="id", how="left", maintain_order="left")
        .with_columns(band=pl.col("score").map_elements(lambda se: band(int(se * 4)), return_dtype=pl.String))
    )


def case(name: str) -> dict[str, object]:
    """One case by its id.

    Raises
    ------
    BreachkitError
        If there is no such case.
    """
    found = cases().filter(pl.col("id") == name)
    if found.is_empty():
        raise BreachkitError.unknown("case", name, cases()["id"])
    return found.row(0, named=True)


def titled(title: str, lang: Language) -> str:
    """Give a title in ``lang`` where it is that of a known case; else as it was given.

    Examples
    --------
    >>> titled("Le cas de 2021 (SAN-2022-009)", "en"), titled("Inquiry 7", "en")
    ('The 2021 case (SAN-2022-009)', 'Inquiry 7')
    """
    known = table("severity", "cases").filter((pl.col("name") == title) | (pl.col("name_fr") == title))
    return str(known["name_fr" if lang == "fr" else "name"][0]) if known.height else title


def place(severity: Severity) -> pl.DataFrame:
    """The scored cases and this leak, most severe first.

    Columns: ``id, name, name_fr, people, score, band, verified``.

    This leak has the id ``here``, and the high end of its score where that is an interval.
    """
    columns = ["id", "name", "name_fr", "people", "score", "band", "verified"]
    known = cases().filter(pl.col("score").is_not_null()).select(columns)
    here = pl.DataFrame(
        [
            (
                HERE,
                severity.title,
                severity.title,
                severity.people,
                severity.score_max,
                severity.band_max,
                "yes",
            )
        ],
        schema=known.schema,
        orient="row",
    )
    return pl.concat([known, here]).sort(["score", "people"], descending=True, nulls_last=True)
