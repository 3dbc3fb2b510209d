"""What an attacker with a linear solver gets back from the shared tables: never a small count."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

import breachkit as bk
from breachkit.exposure.shareable import TABLES, Ledger
from tests.people_by_hand import people, person

BELOW = 5


def interval(values, hidden, relations, at):
    """Smallest and largest value of a hidden cell that fit everything shown (hidden ones from 1)."""
    unknown = sorted(hidden)
    rows, sums = [], []
    for cells in relations:
        rows.append([1.0 if i in cells else 0.0 for i in unknown])
        sums.append(sum(values[i] for i in cells if i in hidden))
    ends = []
    for sign in (1, -1):
        goal = [sign if i == at else 0 for i in unknown]
        found = linprog(
            goal, A_eq=np.array(rows) if rows else None, b_eq=sums or None, bounds=[(1, None)] * len(unknown)
        )
        ends.append(float("inf") if found.status == 3 else sign * found.fun)
    return ends


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 30), min_size=2, max_size=8))
def test_no_small_count_comes_back_from_a_total(values):
    ledger = Ledger(BELOW)
    cells = [ledger.cell(value) for value in values]
    ledger.relate(cells)
    ledger.close()
    small = [i for i in cells if 0 < values[i] < BELOW]
    assert set(small) <= ledger.hidden
    if ledger.hidden == {i for i in cells if values[i]}:
        return  # all hidden: only the total is known, as it must be
    for i in small:
        low, high = interval(values, ledger.hidden, [cells], i)
        assert low <= 1 and high >= BELOW - 1


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=3, max_size=6))
def test_nor_from_rows_and_columns_together(pairs):
    ledger = Ledger(BELOW)
    rows = [[ledger.cell(a), ledger.cell(b)] for a, b in pairs]
    sums = [[row[0] for row in rows], [row[1] for row in rows], *rows]
    for cells in sums:
        ledger.relate(cells)
    ledger.close()
    values = ledger.values
    if any(
        sum(1 for i in cells if values[i]) < 2 or sum(values[i] for i in cells) < 2 * BELOW for cells in sums
    ):
        return  # a total that is itself a small count, or stands alone, is not to be shared at all
    for i in ledger.hidden:
        if values[i] < BELOW:
            low, high = interval(values, ledger.hidden, sums, i)
            assert high > low


def crowd():
    rows = []
    for i in range(40):
        rows.append(
            person(
                qi_sex="F", qi_first_name=f"N{i % 7}",
                qi_birth_date=dt.date(1950 + i, 3, 1), qi_commune="VANNES",
                qi_department="56" if i % 9 else "29", laboratory=f"L{i % 3}",
                visit_date=dt.date(2020, 1, 2),
                cancer=7, diabetes=7 if i < 12 else 5 if i < 14 else 0, hiv=7 if i < 2 else 0,
                has_nir=i > 2, key_nir=str(i) if i > 2 else None,
            )
        )  # fmt: skip
    return bk.expose(people(*rows), adversaries=["neighbour", "insurer"])


CROWD = crowd()


@pytest.mark.parametrize("table", TABLES)
def test_no_table_shows_a_small_count(table):
    shared = CROWD.shareable(table)
    for name in {"people", "findable", "learned", "own", "findable_own", "revealed"} & set(shared.columns):
        assert not shared.filter(shared[name].is_between(1, BELOW - 1)).height, name


def test_a_status_does_not_come_back_from_its_category():
    statuses = CROWD.shareable("statuses").filter(category="diabetes")
    categories = CROWD.shareable("categories").filter(category="diabetes")
    # 12 asserted and 2 tested make 14: neither may stand beside the total, nor the total beside one of them.
    assert statuses["people"].to_list() == [None, None]
    assert categories["own"].item() is None


def test_all_but_three_is_as_small_as_three():
    attributes = CROWD.shareable("attributes").filter(attribute="nir")
    assert attributes["people"].item() is None and attributes["share"].item() is None


def test_a_lone_hidden_category_takes_the_next_with_it():
    counts = dict(
        CROWD.shareable().filter(adversary="neighbour", direct=True).select("category", "people").iter_rows()
    )
    assert counts["hiv"] is None and counts["diabetes"] is None and counts["cancer"] == 40


def test_wrong_names_and_thresholds_are_refused():
    with pytest.raises(bk.BreachkitError, match="Unknown table 'peple'"):
        CROWD.shareable("peple")
    with pytest.raises(bk.BreachkitError, match="hides nothing"):
        CROWD.shareable(below=1)
