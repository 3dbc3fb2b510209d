"""Each person's DPC and EI, from the data: which stratum they fall in, and by which rule.

The rules are rows of ``status_rules.csv``, ``attribute_rules.csv`` and ``ei_rules.csv``: our reading of
ENISA's words for a laboratory's file. Several rules may hold for one person; the highest score counts, as
the method says.
"""

from __future__ import annotations

import dataclasses
from functools import cache
from typing import Any

import polars as pl

from breachkit.errors import BreachkitError
from breachkit.facts import table
from breachkit.severity.enisa import Options, dpc_score

ADMINISTRATIVE, TEST, RESULT, CREDENTIALS, MINOR = "administrative", "test", "result", "credentials", "minor"
FULL_NAME = ("has_first_name", "has_last_name")
PHONES = ("has_phone_mobile", "has_phone_landline")
STATUS_LEVEL = {
    row: level
    for level, row in enumerate(
        ("", "other_person", "negated", "prevention", "suspected", "tested", "history", "asserted")
    )
}


@dataclasses.dataclass(frozen=True)
class Claim:
    """One rule that may hold for a person: where it shows, the DPC rule it calls, and its stratum."""

    evidence: str
    rule: str
    stratum: str
    holds: pl.Expr


@cache
def _status_rules() -> dict[str, dict[str, str]]:
    rules: dict[str, dict[str, str]] = {}
    for row in table("severity", "status_rules").iter_rows(named=True):
        rules.setdefault(row["category"], {})[row["status"]] = row["rule"]
    return rules


def sensitive_columns(schema: pl.Schema) -> list[str]:
    """The columns of a people frame that hold a status level."""
    return [name for name, dtype in schema.items() if dtype == pl.Int8]


def claims(schema: pl.Schema, specialised: bool | None, options: Options) -> list[Claim]:
    """Every rule that the columns of this leak allow, the administrative row's first."""
    simple = "X1" if options.simple_row == "X1" else "S3" if specialised else "S1"
    found = [Claim("row", simple, ADMINISTRATIVE, pl.lit(True))]
    for column in sensitive_columns(schema):
        if column == "minor":
            # Beside the score by default: same rule as the row, so that they are counted and nothing moves.
            rule, stratum = ("S4", MINOR) if options.minors == "S4" else (simple, ADMINISTRATIVE)
            found.append(Claim("minor", rule, stratum, pl.col("minor") > 0))
            continue
        rules = _status_rules().get(column, {} if column in _contexts() else _status_rules()["default"])
        for status, rule in rules.items():
            stratum = RESULT if rule == "X4" else TEST if rule in ("X2", "X3") else ADMINISTRATIVE
            level = STATUS_LEVEL[status]
            found.append(Claim(f"{column}:{status}", rule, stratum, pl.col(column) == level))
    for row in table("severity", "attribute_rules").iter_rows(named=True):
        if row["attribute"] in schema:
            rule = options.credentials if row["stratum"] == CREDENTIALS else row["rule"]
            found.append(
                Claim(row["attribute"], rule, row["stratum"], pl.col(row["attribute"]).fill_null(False))
            )
    return found


@cache
def _contexts() -> tuple[str, ...]:
    return ("minor", "detained", "guardianship", "migrant_aid")


def _needs(needs: str, schema: pl.Schema) -> pl.Expr | None:
    parts: list[pl.Expr] = []
    for need in needs.split("+") if needs else []:
        names = FULL_NAME if need == "full_name" else PHONES if need == "has_phone" else (need,)
        have = [_present(name, schema) for name in names if name in schema]
        if not have or (need == "full_name" and len(have) < len(FULL_NAME)):
            return None
        parts.append(pl.all_horizontal(have) if need == "full_name" else pl.any_horizontal(have))
    return pl.all_horizontal(parts) if parts else pl.lit(True)


def _present(name: str, schema: pl.Schema) -> pl.Expr:
    column = pl.col(name)
    return column.fill_null(False) if schema[name] == pl.Boolean else column.is_not_null()


def ease_from_frame(schema: pl.Schema) -> pl.Expr:
    """EI from the columns alone, when no adversary has been walked: ``quarters, ei_rule``."""
    rows = list(table("severity", "ei_rules").iter_rows(named=True))
    first, *rest = [
        (pl.struct(quarters=pl.lit(int(row["quarters"])), ei_rule=pl.lit(row["id"])), holds)
        for row in rows
        if (holds := _needs(row["needs"], schema)) is not None
    ]
    expression: Any = pl.when(first[1]).then(first[0])
    for value, holds in rest:
        expression = expression.when(holds).then(value)
    return expression.alias("ease")  # type: ignore[no-any-return]


def stratify(
    frame: pl.LazyFrame,
    *,
    ease: pl.LazyFrame | None = None,
    specialised: bool | None = None,
    options: Options | None = None,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Count people by stratum, DPC, EI and rule; and how many people each rule holds for.

    Parameters
    ----------
    frame
        One row per person: ``has_*`` Booleans, sensitive columns Int8 (status level).
    ease
        ``person_id, ei, reason`` of ``exposure.ease``; without it EI comes from the columns alone.
    specialised
        Whether being known to the organisation already says something of one's health.

    Returns
    -------
    tuple of polars.DataFrame
        ``stratum, rule, dpc, ei_rule, ei_quarters, people`` (a partition of the people), and
        ``evidence, rule, dpc, stratum, people`` (overlapping).
    """
    options = options or Options()
    schema = frame.collect_schema()
    if not any(name.startswith(("has_", "qi_", "key_")) or schema[name] == pl.Int8 for name in schema):
        raise BreachkitError(
            "The people frame has no `has_*`, `qi_*`, `key_*` or status column.",
            hint="Build it with bk.consolidate(bk.label(leak, fields)).",
        )
    ranked = sorted(
        claims(schema, specialised, options),
        key=lambda claim: (-dpc_score(claim.rule, options), claim.stratum != RESULT, claim.stratum != TEST),
    )
    # A context of the same rank never hides the administrative row, which every person has.
    position = pl.coalesce(
        pl.when(claim.holds).then(pl.lit(index, dtype=pl.Int32)) for index, claim in enumerate(ranked)
    ).alias("claim")
    eased = _with_ease(frame, ease, schema)
    counts = eased.group_by(position, "ei_quarters", "ei_rule").agg(pl.len().cast(pl.Int64).alias("people"))
    held = frame.select(claim.holds.sum().cast(pl.Int64).alias(str(n)) for n, claim in enumerate(ranked))
    partition, evidence = pl.collect_all([counts, held])
    book = pl.DataFrame(
        {
            "claim": range(len(ranked)),
            "evidence": [claim.evidence for claim in ranked],
            "rule": [claim.rule for claim in ranked],
            "dpc": [dpc_score(claim.rule, options) for claim in ranked],
            "stratum": [claim.stratum for claim in ranked],
        },
        schema_overrides={"claim": pl.Int32},
    )
    people = sum(partition["people"].to_list())
    numbers = [
        min(value, people) if claim.evidence != "row" else people
        for value, claim in zip(evidence.row(0), ranked, strict=True)
    ]
    by = ["stratum", "rule", "dpc", "ei_rule", "ei_quarters"]
    cells = partition.join(book, on="claim").group_by(by).agg(pl.col("people").sum())
    order = ["dpc", "ei_quarters", "stratum", "rule", "ei_rule"]
    cells = cells.sort(order, descending=[True, True, False, False, False])
    return cells, book.with_columns(people=pl.Series(numbers, dtype=pl.Int64)).drop("claim").filter(
        pl.col("people") > 0
    )


def _with_ease(frame: pl.LazyFrame, ease: pl.LazyFrame | None, schema: pl.Schema) -> pl.LazyFrame:
    if ease is None:
        return frame.with_columns(ease_from_frame(schema)).with_columns(
            ei_quarters=pl.col("ease").struct.field("quarters").cast(pl.Int64),
            ei_rule=pl.col("ease").struct.field("ei_rule"),
        )
    measured = ease.select(
        "person_id",
        ei_quarters=(pl.col("ei") * 4).round().cast(pl.Int64),
        ei_rule=pl.col("reason").cast(pl.String),
    )
    return frame.join(measured, on="person_id", how="left")
