import polars as pl
import pytest

from breachkit import BreachkitError
from breachkit.people import People
from breachkit.severity import Options, score

BASE = {
    "person_id": pl.Int64, "n_records": pl.Int64, "has_first_name": pl.Boolean, "has_last_name": pl.Boolean,
    "has_nir": pl.Boolean, "has_birth_date": pl.Boolean, "has_act_code": pl.Boolean,
    "has_password": pl.Boolean, "hiv": pl.Int8, "blood_group": pl.Int8, "minor": pl.Int8,
}  # fmt: skip


def people(*rows, drop=()):
    default = dict.fromkeys(BASE, 0) | {name: False for name in BASE if name.startswith("has_")}
    default |= {"has_first_name": True, "has_last_name": True, "has_nir": True, "n_records": 1}
    frame = pl.DataFrame(
        [default | {"person_id": n} | dict(row) for n, row in enumerate(rows)], schema=BASE
    ).drop(*drop)
    return People(frame.lazy())


FULL = {"nature": ["C"], "published_openly": True, "malicious": True, "unintelligible": "no"}
ROWS = [{}, {}, {"has_act_code": True}, {"hiv": 5}, {"hiv": 7}, {"blood_group": 7}]


def test_each_person_falls_in_one_stratum_and_the_worst_off_gives_the_score():
    result = score(people(*ROWS), FULL)
    assert (result.score_max, result.band_max, result.score_low) == (5.0, "very_high", 5.0)
    assert result.by_stratum.select("stratum", "people", "dpc", "score").rows() == [
        ("result", 1, 4, 5.0), ("test", 1, 3, 4.0), ("test", 1, 2, 3.0), ("administrative", 3, 1, 2.0),
    ]  # fmt: skip
    assert result.people == result.by_stratum["people"].sum() == 6
    assert result.by_band().rows() == [("very_high", 2), ("high", 1), ("medium", 3), ("low", 0)]


def test_the_shipped_case_scores_five_and_tells_everybody():
    result = score(people(*ROWS), "dedalus-2021")
    assert result.score_max == 5.0 and result.missing == ()
    assert result.notify_authority.verdict == result.notify_people.verdict == "required"
    assert result.clock.verdict == "undecided"
    assert set(result.articles["article"]) >= {"28(3)", "29", "32"}
    assert result.fines["scope"].n_unique() == 4 and result.fines["seriousness"].n_unique() == 3


def test_without_circumstances_the_score_is_an_interval_over_cb_and_verdicts_are_not_guessed():
    result = score(people(*ROWS))
    assert (result.score_low, result.score_high) == (4.0, 6.0)
    assert {"confidentiality", "recipients", "integrity", "availability", "malicious"} == set(result.missing)
    assert result.notify_people.verdict == "undecided" and "unintelligible" in result.notify_people.unknown
    assert result.aepd is None and result.fines.is_empty() and "NO_TURNOVER" in result.flags
    assert result.clock.because == "no_awareness"


def test_dropping_the_sensitive_columns_lowers_dpc_and_dropping_identifiers_lowers_ei():
    assert score(people(*ROWS, drop=("hiv",)), FULL).score_max == 3.0
    without = ("has_nir", "has_first_name", "has_last_name", "has_birth_date")
    assert score(people(*ROWS, drop=without), FULL).score_max == 4 * 0.25 + 1


def test_a_name_alone_is_limited_and_with_a_birth_date_maximal():
    named = people({"has_nir": False}, {"has_nir": False, "has_birth_date": True})
    assert score(named, FULL).by_stratum["ei"].to_list() == [1.0, 0.5]


@pytest.mark.parametrize(("status", "dpc"), [(0, 1), (1, 2), (2, 3), (3, 2), (4, 3), (5, 3), (6, 4), (7, 4)])
def test_the_status_of_a_fact_decides_the_context(status, dpc):
    assert score(people({"hiv": status}), FULL).by_stratum["dpc"].item() == dpc


def test_a_password_counts_as_the_results_it_opens():
    result = score(people({"has_password": True}), FULL)
    assert result.by_stratum["stratum"].to_list() == ["credentials"] and "CREDENTIALS" in result.flags
    assert score(people({"has_password": True}), FULL, options=Options(credentials="S1")).score_max == 2.0


def test_minors_are_counted_beside_or_scored_four_on_request():
    assert "MINORS" in score(people({"minor": 7}), FULL).flags
    assert score(people({"minor": 7}), FULL, options=Options(minors="S4")).by_stratum["dpc"].item() == 4


def test_a_specialised_centre_makes_the_bare_row_say_something():
    assert score(people({}), FULL | {"specialised_centre": True}).by_stratum["dpc"].item() == 3
    assert "SPECIALISED_UNKNOWN" in score(people({}), FULL).flags


def test_encrypted_with_the_key_safe_flags_and_frees_from_article_34():
    given = {
        "nature": ["C"],
        "unintelligible": "yes_intact",
        "recipients": "unknown_number",
        "malicious": True,
    }
    result = score(people(*ROWS), given)
    assert "UNINTELLIGIBLE" in result.flags and result.score_max == 5.0
    assert (result.notify_authority.verdict, result.notify_people.verdict) == ("not_required", "not_required")
    lowered = score(people(*ROWS), given, options=Options(unintelligible="lower_ei"))
    assert lowered.score_max == 4 * 0.25 + 1


def test_nobody_is_no_score_not_zero():
    result = score(people(), FULL)
    assert result.score_max is None and result.people == 0
    assert "Personne" in result.card("fr").text()


@pytest.mark.parametrize("wrong", [None, 3, pl.DataFrame()])
def test_what_holds_no_people_is_refused(wrong):
    with pytest.raises(BreachkitError, match="takes People or an Exposure"):
        score(wrong)


def test_contradictory_circumstances_are_refused():
    with pytest.raises(BreachkitError, match="cannot both be true"):
        score(people({}), FULL | {"unintelligible": "yes_intact"})
    with pytest.raises(BreachkitError, match="Choices"):
        score(people({}), {"recipients": "everyone"})


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("given", [None, "dedalus-2021"])
def test_it_says_itself_and_marks_what_is_unverified(lang, given):
    result = score(people(*ROWS), given)
    text = result.card(lang).text()
    assert "C-184/20" in text and ("[non vérifié]" if lang == "fr" else "[unverified]") in text
    assert result.version in text and result.to_dict()["schema"] == "breachkit/severity/1"
    assert "<svg" in result.plot(lang=lang).svg()
    assert result.compare().height == 28


def test_more_people_never_move_enisa_but_move_the_second_opinion():
    few, many = score(people({"hiv": 7}), FULL), score(people(*[{"hiv": 7}] * 150), FULL)
    assert few.score_max == many.score_max and few.aepd.score < many.aepd.score and "VOLUME" in many.flags
