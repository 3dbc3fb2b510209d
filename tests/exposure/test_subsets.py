"""Sets of columns against counting by hand."""

from collections import Counter
from itertools import combinations

import duckdb
import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from breachkit import BreachkitError
from breachkit.exposure import measure, removals, smallest_singling_out, subsets

QIS = ["a", "b", "c", "d"]
value = st.sampled_from([None, "x", "y", "z"])
drawn = st.lists(st.tuples(value, value, value, value), min_size=1, max_size=12)


def table(rows):
    return pl.DataFrame(rows, schema=dict.fromkeys(QIS, pl.String), orient="row")


@given(drawn)
@settings(max_examples=40, deadline=None)
def test_every_set_is_counted(rows):
    found = {tuple(row["columns"]): row for row in subsets(table(rows), QIS).iter_rows(named=True)}
    assert len(found) == 4 + 6 + 4
    for size in (1, 2, 3):
        for which in combinations(range(4), size):
            sizes = Counter(tuple(row[i] for i in which) for row in rows)
            row = found[tuple(QIS[i] for i in which)]
            assert (row["classes"], row["k"]) == (len(sizes), min(sizes.values()))
            assert row["unique"] == sum(f == 1 for f in sizes.values())


@given(drawn)
@settings(max_examples=40, deadline=None)
def test_the_smallest_sets_by_search(rows):
    for i, size, columns, sets in smallest_singling_out(table(rows), QIS).collect().iter_rows():
        alone = [
            [QIS[j] for j in which]
            for n in (1, 2, 3)
            for which in combinations(range(4), n)
            if sum(all(other[j] == rows[i][j] for j in which) for other in rows) == 1
        ]
        smallest = [which for which in alone if len(which) == len(alone[0])]
        assert (size, columns, sets) == (
            (len(alone[0]), alone[0], len(smallest)) if alone else (None, None, 0)
        )


@given(drawn)
@settings(max_examples=20, deadline=None)
def test_removals_are_the_columns_of_measure(rows):
    found = removals(table(rows), QIS)
    figures = measure(table(rows), QIS)
    assert found["uniqueness"][0] == figures.uniqueness
    assert found["change"].to_list()[1:] == pytest.approx(figures.columns["change"].to_list())


def test_persons_and_other_engines():
    frame = pl.DataFrame({"id": [7, 7, 8, 9], "a": ["x", "x", "y", "y"], "b": ["u", "u", "u", "v"]})
    assert subsets(frame, ["a", "b"], person="id")["unique"].to_list() == [1, 1, 3]
    expected = [(7, 1, ["a"], 1), (8, 2, ["a", "b"], 1), (9, 1, ["b"], 1)]
    for other in (
        frame,
        frame.lazy(),
        frame.to_pandas(),
        frame.to_arrow(),
        duckdb.from_arrow(frame.to_arrow()),
    ):
        assert smallest_singling_out(other, ["a", "b"], person="id").collect().rows() == expected


def test_rows_without_a_person_number_and_a_column_called_row():
    frame = pl.DataFrame({"id": [2, None, None], "row": ["x", "x", "y"]})
    found = smallest_singling_out(frame, ["row"], person="id").collect()
    assert found.select("id", "size").rows() == [(2, None), (None, None), (None, 1)]
    assert smallest_singling_out(frame, ["row"]).collect()["row"].to_list() == [0, 1, 2]


def test_it_is_lazy():
    frame = pl.LazyFrame({"a": [1, 2]}).map_batches(lambda _: 1 / 0, schema={"a": pl.Int64})
    assert smallest_singling_out(frame, ["a"]).collect_schema().names() == ["row", "size", "columns", "sets"]


def test_nobody_and_nonsense():
    empty = pl.DataFrame(schema=dict.fromkeys(QIS, pl.String))
    assert subsets(empty, QIS).height == removals(empty, QIS).height == 0
    assert smallest_singling_out(empty, QIS).collect().height == 0
    with pytest.raises(BreachkitError, match=r"'e'.*a, b, c, d"):
        subsets(empty, ["e"])
    with pytest.raises(BreachkitError, match="whole number"):
        subsets(empty, QIS, most=0)
    for ask in (subsets, removals, smallest_singling_out):
        with pytest.raises(BreachkitError, match=r"'who'.*a, b, c, d"):
            ask(empty, QIS, person="who")
        with pytest.raises(BreachkitError, match="also a quasi-identifier"):
            ask(empty, QIS, person="a")
    wide = pl.DataFrame({f"c{i}": [1] for i in range(60)})
    with pytest.raises(BreachkitError, match="sets of at most"):
        subsets(wide, wide.columns, most=4)


def test_many_columns_warn():
    frame = pl.DataFrame({f"c{i}": [1, 2] for i in range(11)})
    with pytest.warns(UserWarning, match="11 quasi-identifiers: 231 sets"):
        assert subsets(frame, frame.columns).height == 231


@pytest.mark.slow
@pytest.mark.timeout(120)
def test_half_a_million_people_and_eight_columns():
    random = np.random.default_rng(1)
    sizes = (2, 36_500, 6_000, 2_000, 200, 100, 20, 9)
    frame = pl.DataFrame({f"c{i}": random.integers(0, n, 500_000) for i, n in enumerate(sizes)})
    found = subsets(frame, frame.columns)
    assert found.height == 8 + 28 + 56
    # More knowledge never finds fewer.
    share = {tuple(columns): unique for columns, unique in found.select("columns", "unique").iter_rows()}
    assert all(share[which] >= share[which[:-1]] for which in share if len(which) > 1)
