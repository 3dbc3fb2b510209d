"""Exercises: keys from the truth, hints in the learner's language."""

import polars as pl
import pytest

import breachkit as bk
from breachkit.facts import table
from breachkit.teaching import exercise, exercises


@pytest.fixture(scope="module")
def leak():
    return bk.synthesize(patients=400, seed=11)


def test_every_exercise_has_a_hint_in_both_languages():
    keys = set(table("teaching", "messages")["key"])
    assert {f"hint_{name}" for name in exercises()} <= keys


@pytest.mark.parametrize("name", exercises())
def test_the_key_is_right_and_something_else_is_not(name, leak):
    task = exercise(name, leak)
    assert task.check(task.key()).right is True
    assert task.check("nonsense").right is False
    assert task.check(None).right is None


def test_counts_are_exact_and_shares_are_within_half_a_point(leak):
    count, share = exercise("minors", leak), exercise("unique_birth_year", leak)
    assert count.check(count.key() + 1).right is False
    assert share.check(share.key() + 0.004).right is True
    assert share.check(share.key() + 0.006).right is False


def test_the_key_follows_the_seed():
    keys = {exercise("out_of_scope", bk.synthesize(patients=400, seed=s)).key() for s in (1, 2, 3)}
    assert len(keys) > 1


def test_hints_speak_the_learners_language(leak):
    wrong = exercise("minors", leak).check(-1)
    assert "indice" in wrong.card("fr").text()
    assert "hint" in wrong.card("en").text()
    assert "<style>" in wrong._repr_html_()


def test_the_fine_per_person_is_that_of_the_case(leak):
    assert exercise("fine_per_person", leak).check(3.05).right


def test_errors_say_what_to_do():
    with pytest.raises(bk.BreachkitError, match="Did you mean 'minors'"):
        exercise("minor", bk.synthesize(patients=50))
    read = bk.read(pl.DataFrame({"nom": ["DUPONT"]}))
    with pytest.raises(bk.BreachkitError, match="no truth"):
        exercise("minors", read).check(3)
