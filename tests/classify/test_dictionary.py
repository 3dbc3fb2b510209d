"""Columns of the French national health data system, read from names and labels."""

import csv
from collections import Counter
from pathlib import Path

import polars as pl
import pytest

import breachkit as bk

ROWS = list(csv.DictReader(Path(__file__).with_name("dictionary.csv").read_text("utf-8").splitlines()))
HARMLESS = {None, "amount", "technical", "other_date"}


def judged(*, labels: bool) -> tuple[float, float]:
    frame = pl.DataFrame(schema=dict.fromkeys((r["column"] for r in ROWS), pl.String))
    dictionary = pl.DataFrame([{"table": "", "column": r["column"], "label": r["label"]} for r in ROWS])
    fields = bk.classify(frame, dictionary=dictionary if labels else None).to_frame()
    got = {row["column"]: row for row in fields.iter_rows(named=True)}
    hit, extra, missed, harmless, false = Counter(), Counter(), Counter(), 0, 0
    for row in ROWS:
        gold = row["attribute"] or row["categories"]
        said = {got[row["column"]]["attribute"], *got[row["column"]]["categories"]} - HARMLESS
        harmless += not gold
        false += not gold and bool(said)
        if gold:
            (hit if gold in said else missed)[gold] += 1
        if not row["categories"]:
            extra.update(said - {gold})
    kinds = set(hit) | set(missed)
    f1 = sum(2 * hit[k] / (2 * hit[k] + extra[k] + missed[k]) for k in kinds) / len(kinds)
    return f1, false / harmless


@pytest.mark.parametrize(("labels", "least", "most"), [(True, 0.9, 0.03), (False, 0.6, 0.1)])
def test_columns_of_the_snds(labels, least, most):
    f1, false = judged(labels=labels)
    assert f1 >= least
    assert false <= most
