import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breachkit import BreachkitError
from breachkit.locale import brief, day, decimal, integer, language, money, percent, rounded, say

NARROW = "\u202f"
NO_BREAK = "\u00a0"


def test_french_groups_and_percent_sign():
    assert integer(491840, "fr") == f"491{NARROW}840"
    assert percent(0.996, "fr") == f"99,6{NARROW}%"
    assert money(1_500_000, "fr") == f"1{NARROW}500{NARROW}000{NO_BREAK}€"


def test_english():
    assert (integer(491840, "en"), percent(0.996, "en")) == ("491,840", "99.6%")
    assert money(1.5e6, "en") == "€1,500,000"


@pytest.mark.parametrize(
    ("value", "most", "words"),
    [
        (999_999_999, 999_999, "1 Md"),
        (999_600, 9_999, "1 M"),
        (500, 100, "500"),
        (12_345_678, 9_999, "12,3 M"),
    ],
)
def test_units_are_chosen_after_rounding(value, most, words):
    assert brief(value, "fr", most).replace(NARROW, " ") == words


def test_no_number_is_said_as_a_dash():
    assert integer(None, "fr") == decimal(float("nan"), "en") == percent(None, "fr") == "–"
    assert day(None, "fr") == "–"


def test_dates():
    assert day(dt.date(2021, 2, 23), "fr") == "23 février 2021"


@pytest.mark.parametrize(
    ("argument", "variable", "system", "spoken"),
    [
        ("en", "fr", "fr_FR.UTF-8", "en"),
        (None, "en", "fr_FR.UTF-8", "en"),
        (None, "", "en_GB.UTF-8", "en"),
        (None, "", "C", "fr"),
        (None, "", "", "fr"),
    ],
)
def test_language_by_argument_then_environment_then_locale(monkeypatch, argument, variable, system, spoken):
    monkeypatch.setenv("BREACHKIT_LANG", variable)
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", system)
    assert language(argument) == spoken


def test_an_unknown_language_or_sentence_is_an_error():
    with pytest.raises(BreachkitError, match="Choices: fr, en"):
        language("de")
    with pytest.raises(BreachkitError, match="no_such_key"):
        say("locale", "no_such_key", "fr")


@given(st.floats(min_value=1e-6, max_value=1e12))
def test_rounding_keeps_two_significant_digits(value):
    assert rounded(value) == pytest.approx(value, rel=0.05)
    assert float(f"{rounded(value):.1e}") == pytest.approx(rounded(value), rel=1e-12)
