import pytest
from hypothesis import given
from hypothesis import strategies as st

from breachkit import BreachkitError
from breachkit.facts import table
from breachkit.severity import Options, enisa, parameters
from breachkit.severity.enisa import rules

EXAMPLES = list(table("severity", "dpc_examples").iter_rows(named=True))
BANDS = ("low", "medium", "high", "very_high")


@pytest.mark.parametrize("row", EXAMPLES, ids=lambda row: row["example"])
def test_every_scored_example_of_the_document(row):
    assert enisa(row["rule"], 1, 0, 0, 0, False).dpc == int(row["score"])


def test_the_examples_of_ease_stand_at_levels_of_the_method():
    assert {row["level"] for row in table("severity", "ei_examples").iter_rows(named=True)} == {
        "0.25",
        "0.5",
        "0.75",
        "1",
    }


levels = st.sampled_from([0, 0.25, 0.5])


@given(
    st.lists(st.sampled_from(sorted(rules())), min_size=1),
    st.sampled_from([0.25, 0.5, 0.75, 1]),
    levels,
    levels,
    levels,
    st.booleans(),
)
def test_the_formula_bounds_and_monotony(named, ei, c, i, a, malicious):
    got = enisa(named, ei, c, i, a, malicious)
    assert got.score == max(rules()[one] for one in named) * ei + c + i + a + 0.5 * malicious
    assert 0.25 <= got.score <= 6
    assert got.band == BANDS[(got.score >= 2) + (got.score >= 3) + (got.score >= 4)]
    assert enisa([*named, "X4"], 1, 0.5, 0.5, 0.5, True).score == 6 >= got.score


def test_flags_never_move_the_score():
    plain = enisa("X4", 1, 0.5, 0, 0, True)
    flagged = enisa("X4", 1, 0.5, 0, 0, True, people=101, unintelligible=True)
    assert plain.score == flagged.score == 5 and flagged.flags == ("VOLUME", "UNINTELLIGIBLE")
    assert enisa("X4", 1, 0.5, 0, 0, True, people=100).flags == ()


def test_the_open_points_are_options():
    assert enisa("X1", 1, 0, 0, 0, False, options=Options(x1="printed_delta")).dpc == 3
    hidden = {"unintelligible": True}
    assert (
        enisa("X4", 1, 0.5, 0, 0, False, options=Options(unintelligible="no_confidentiality"), **hidden).score
        == 4
    )
    assert enisa("X4", 1, 0.5, 0, 0, False, options=Options(unintelligible="lower_ei"), **hidden).score == 1.5


@pytest.mark.parametrize(
    "arguments",
    [
        ("X5", 1, 0, 0, 0, False),
        ("X4", 0.6, 0, 0, 0, False),
        ("X4", 1, 1, 0, 0, False),
        ("X4", 1, 0, 0, 0, 0.5),
        ([], 1, 0, 0, 0, False),
        ("X4", [], 0, 0, 0, False),
        ("X4", True, 0, 0, 0, False),
    ],
)
def test_what_the_method_does_not_have_is_refused(arguments):
    with pytest.raises(BreachkitError):
        enisa(*arguments)


def test_options_and_versions_are_checked():
    with pytest.raises(BreachkitError, match="Choices: max"):
        Options(combine="sum")
    with pytest.raises(BreachkitError, match="Choices: 2026-11"):
        parameters("2020-01")
