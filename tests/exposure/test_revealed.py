"""Counts corrected for the classifier, and what they must never do."""

import math

import pytest

from breachkit.exposure.revealed import by_category, by_status, corrected
from breachkit.facts import table
from tests.people_by_hand import people, person


def measured(precision, recall, n):
    return {"precision": str(precision), "recall": str(recall), "n": str(n)}


def test_the_correction_by_hand():
    estimate, low, high = corrected(90, measured(0.8, 0.6, 1_000_000))
    assert estimate == pytest.approx(120)
    assert low == pytest.approx(120, rel=0.01) and high == pytest.approx(120, rel=0.01)


@pytest.mark.parametrize(
    "row", [None, measured("", 0.5, 10), measured(0.5, 0.0, 10), measured(0.5, "", 10), measured(1, 1, 0)]
)
def test_without_a_usable_measurement_the_interval_is_unknown(row):
    estimate, low, high = corrected(7, row)
    assert estimate == 7 and math.isnan(low) and math.isnan(high)


def test_a_perfect_score_of_a_few_cases_is_no_proof():
    _, low, high = corrected(100, measured(1, 1, 10))
    assert low < 90 and high > 110


def test_never_more_people_than_there_are():
    assert corrected(90, measured(1, 0.25, 4), 100) == pytest.approx(
        (100, *corrected(90, measured(1, 0.25, 4))[1:2], 100)
    )


def test_every_row_of_the_shipped_table_is_read():
    for row in table("classify", "performance").iter_rows(named=True):
        estimate, low, high = corrected(50, row, 1_000)
        assert estimate > 0
        assert math.isnan(low) or low <= estimate <= high <= 1_000


def test_categories_by_hand():
    frame = people(person(hiv=7), person(hiv=5), person(hiv=2, cancer=6), person()).frame
    found = by_category(frame, by_status(frame)).filter(people=3).row(0, named=True)
    assert (found["category"], found["own"]) == ("hiv", 1)
