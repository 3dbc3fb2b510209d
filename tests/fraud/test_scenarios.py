import copy

import pytest

from breachkit import facts
from breachkit.errors import BreachkitError
from breachkit.fraud import scenario_book


def edited(**changes):
    book = copy.deepcopy(facts.document("fraud", "scenarios"))
    for path, value in changes.items():
        at = book["scenarios"][2]
        *way, last = path.split("__")
        for step in way:
            at = at[step]
        at[last] = value
    return book


def test_twelve_ship_and_differ_from_nothing():
    book = scenario_book()
    assert len(book.scenarios) == 12
    assert book.changed.is_empty()


def test_an_edited_number_is_listed():
    changed = scenario_book(edited(probability__high=0.003)).changed
    assert changed.rows() == [("fictitious_billing", "probability.high", 0.002, 0.003)]


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        ("needs", "name & shoe_size", "needs"),
        ("needs", "name & (nir", "needs"),
        ("probability__high", 1.5, "probability.high"),
        ("probability__low", 0.5, "probability.low"),
        ("loss__low", -3, "loss.low"),
        ("loss__grade", "", "loss.grade"),
        ("probability__source", None, "probability.source"),
        ("bears__payers", 0.1, "bears"),
        ("half_life__value", -1, "half_life.value"),
    ],
)
def test_a_bad_row_names_file_row_and_field(path, value, field):
    with pytest.raises(BreachkitError) as error:
        scenario_book(edited(**{path: value}))
    assert "scenarios, scenario 3 (fictitious_billing), field " + field in str(error.value)
