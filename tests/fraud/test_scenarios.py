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


def test_a_missing_part_or_row_is_named():
    book = copy.deepcopy(facts.document("fraud", "scenarios"))
    del book["model"]
    with pytest.raises(BreachkitError, match="scenarios, field model: this part is missing"):
        scenario_book(book)
    book = copy.deepcopy(facts.document("fraud", "scenarios"))
    book["model"] = [row for row in book["model"] if row["id"] != "rho"]
    with pytest.raises(BreachkitError, match="field model: missing: rho"):
        scenario_book(book)


@pytest.mark.parametrize(
    ("name", "changes", "field"),
    [
        ("rho", {"value": 1.5}, "field value"),
        ("rho", {"value": -0.1}, "field value"),
        ("rho", {"value": "much"}, "field value"),
        ("rho", {"grade": ""}, "grade"),
        ("rho", {"source": ""}, "source"),
        ("actors", {"low": 200}, "field low"),
        ("actors", {"low": -1}, "field low"),
        ("actors", {"high": None}, "field high"),
        ("blocking_effect", {"high": 1.2}, "field high"),
    ],
)
def test_a_bad_model_row_names_row_and_field(name, changes, field):
    book = copy.deepcopy(facts.document("fraud", "scenarios"))
    at = next(at for at, row in enumerate(book["model"]) if row["id"] == name)
    book["model"][at] |= changes
    with pytest.raises(BreachkitError) as error:
        scenario_book(book)
    assert f"model row {at + 1} ({name})" in str(error.value) and field in str(error.value)


@pytest.mark.parametrize("value", [None, 3, [], [3], {"a": 1}])
def test_what_is_no_list_of_scenarios(value):
    book = copy.deepcopy(facts.document("fraud", "scenarios")) | {"scenarios": value}
    with pytest.raises(BreachkitError, match="scenarios"):
        scenario_book(book)


def test_an_edited_copy_on_disk_is_named_in_its_errors(tmp_path):
    copied = tmp_path / "mine.yaml"
    copied.write_text("names: [unclosed", encoding="utf-8")
    with pytest.raises(BreachkitError, match=r"mine\.yaml, line"):
        scenario_book(copied)
    with pytest.raises(BreachkitError, match="Cannot read"):
        scenario_book(tmp_path / "absent.yaml")
