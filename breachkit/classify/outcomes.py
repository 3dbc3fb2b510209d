"""What a result says of the test beside it: a positive HIV test is no mere test.

A row that names a test (a code, a label) and holds its result reveals more than either: ``results.csv`` says
which results raise ``tested`` to ``asserted``. A negative result raises nothing; it lowers nothing either, as
the test itself stays revealed. In a man hCG is a tumour marker and raises no pregnancy.
"""

from __future__ import annotations

import polars as pl

from breachkit.classify.frames import RECORD
from breachkit.classify.plan import Plan
from breachkit.classify.records import FINDING_SCHEMA
from breachkit.classify.vocabulary import folded_expr
from breachkit.facts import table

ID = "record_id"
TESTS = ("act_code", "act_label")
SHORTEST = 3


def outcomes(part: pl.DataFrame, plan: Plan, found: pl.DataFrame, identity: pl.DataFrame) -> pl.DataFrame:
    """Give the findings that results add to the tests of the same row; ``source`` is ``result``."""
    results, tests = plan.columns("result_value", "patient"), _tests(plan)
    tested = found.filter((pl.col("status") == "tested") & pl.col("column").is_in(tests))
    if not results or not tested.height:
        return pl.DataFrame(schema=FINDING_SCHEMA)
    known = tested.select(ID, "category", pl.col("code").alias("test")).unique(maintain_order=True)
    men = identity.filter(pl.col("qi_sex") == "M").select(ID, category=pl.lit("pregnancy"))
    known = known.join(men, on=[ID, "category"], how="anti", maintain_order="left")
    parts = [
        _of(part.select(pl.col(RECORD).alias(ID), pl.col(name).alias("v")), name, known) for name in results
    ]
    return pl.concat(parts)


def _tests(plan: Plan) -> list[str]:
    return [column for attribute in TESTS for column in plan.columns(attribute)]


def _of(cells: pl.DataFrame, column: str, known: pl.DataFrame) -> pl.DataFrame:
    read = cells.join(known, on=ID).with_columns(positive=_positive(), number=_number())
    rules = table("classify", "results").select(
        "category", pl.col("code").alias("rule"), "status", raises=pl.col("positive") == "yes",
        above=pl.col("above").cast(pl.Float64, strict=False),
    )  # fmt: skip
    special = rules.filter(pl.col("rule") != "")
    general = rules.filter(pl.col("rule") == "").drop("rule")
    exact = read.join(special, left_on=["category", "test"], right_on=["category", "rule"])
    rest = read.join(special, left_on=["category", "test"], right_on=["category", "rule"], how="anti")
    judged = pl.concat([exact, rest.join(general, on="category")], how="diagonal")
    raised = judged.filter(
        (pl.col("positive") & pl.col("raises")) | (pl.col("number") >= pl.col("above")).fill_null(False)
    )
    return raised.select(
        ID,
        "category",
        "status",
        column=pl.lit(column),
        strength=pl.lit("strong"),
        source=pl.lit("result"),
        code=pl.col("test"),
    ).select(FINDING_SCHEMA.names())


def _positive() -> pl.Expr:
    """Say whether a cell is a word for positive, alone or before a remark; never a bare digit or letter."""
    rows = table("classify", "answers").filter(pl.col("status") == "asserted")
    words = [word for word in rows["answer"] if len(word) >= SHORTEST]
    cell = folded_expr(pl.col("v"))
    return (cell.str.extract(r"^([a-z]+)").is_in(words) | (cell == "+")).fill_null(False)


def _number() -> pl.Expr:
    """Read a number, also after ``>``; a number after ``<`` is an upper bound and says nothing."""
    text = pl.col("v").str.extract(r"^\s*>?\s*([0-9]{1,12}(?:[.,][0-9]{1,6})?)\s*(?:\pL|%|$)", 1)
    return text.str.replace(",", ".").cast(pl.Float64, strict=False)
