"""Exercises: keys from the truth, hints in the learner's language."""

import sys

import polars as pl
import pytest

import breachkit as bk
from breachkit.facts import table
from breachkit.progress import report
from breachkit.teaching import bar, exercise, exercises


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


@pytest.mark.parametrize(
    ("name", "answer", "slip"),
    [
        ("minors", [3], "number"),
        ("minors", "beaucoup", "number"),
        ("minors", float("nan"), "number"),
        ("minors", 10**400, "number"),
        ("minors", pl.DataFrame({"people": [3]}), "number"),
        ("fine_per_person", (3, 5), "comma"),
        ("richest_column", 3, "name"),
        ("richest_column", "COMMENTAIRE", ""),
        ("minors", -1, ""),
    ],
)
def test_nonsense_never_fails_and_a_slip_of_form_is_named(leak, name, answer, slip):
    said = exercise(name, leak).check(answer)
    assert (said.right, said.slip) == (False, slip)
    assert len(said.card("fr").sentences) == len(said.card("en").sentences) == 1 + bool(slip)


def test_a_per_cent_is_told_from_a_share_and_a_french_comma_is_read(leak):
    share = exercise("unique_birth_year", leak)
    assert share.check(100 * share.key()).slip == "per_cent"
    assert exercise("fine_per_person", leak).check("3,05").right


def test_the_bar_names_the_station_at_work(monkeypatch, capsys):
    pytest.importorskip("tqdm", reason="the bar needs the extra `notebooks`")
    monkeypatch.setenv("BREACHKIT_LANG", "fr")
    with bar():
        report("assess", 4, 8)
        report("whatif", 1, 64)
    drawn = capsys.readouterr().err
    assert "Qui peut être retrouvé et par qui" in drawn and "4/8" in drawn
    assert "1/64" not in drawn


def test_without_tqdm_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    with pytest.raises(bk.BreachkitError, match=r"breachkit\[notebooks\]"), bar():
        pass


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
