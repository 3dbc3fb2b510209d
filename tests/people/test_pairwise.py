from collections import Counter
from itertools import combinations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import breachkit as bk
from breachkit import BreachkitError
from breachkit.people import pairwise


def side(ids):
    return pl.DataFrame(
        {"record_id": range(len(ids)), "person_id": ids},
        schema=dict.fromkeys(("record_id", "person_id"), pl.Int64),
    )


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=12))
def test_against_every_pair(rows):
    mine, real = [a for a, _ in rows], [b for _, b in rows]
    seen = Counter()
    for i, j in combinations(range(len(rows)), 2):
        seen["found"] += mine[i] == mine[j]
        seen["true"] += real[i] == real[j]
        seen["common"] += mine[i] == mine[j] and real[i] == real[j]
    found = pairwise(side(mine), side(real))
    assert (found.found, found.true, found.common) == (seen["found"], seen["true"], seen["common"])


def test_bad_frames():
    with pytest.raises(BreachkitError, match="no column record_id"):
        pairwise(side([0]).drop("record_id"), side([0]))
    with pytest.raises(BreachkitError, match="a frame is needed"):
        pairwise(None, side([0]))
    with pytest.raises(BreachkitError, match="twice"):
        pairwise(pl.concat([side([0]), side([0])]), side([0]))


def scores(patients, damage):
    leak = bk.synthesize("leak-2021", patients=patients, damage=damage)
    records = bk.label(leak, bk.classify(leak))
    people = bk.consolidate(records)
    keys = records.frame.select("table", "row", "record_id")
    return pairwise(
        people.members,
        leak.truth.people.with_columns(pl.col("row").cast(pl.Int64)).join(keys, on=["table", "row"]),
    )


@pytest.mark.slow
@pytest.mark.parametrize(("damage", "precision", "recall"), [("light", 0.999, 0.97), ("heavy", 0.999, 0.9)])
def test_full_size_bars(damage, precision, recall):
    found = scores(491_840, damage)
    assert found.precision >= precision
    assert found.recall >= recall
