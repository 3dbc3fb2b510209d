import datetime as dt
import json

import pytest

from breachkit import BreachkitError
from breachkit.circumstances import Circumstances, load
from breachkit.severity import aepd, articles_at_stake, clock, cnil, score
from breachkit.severity.aepd import impact_level
from breachkit.severity.bli import bli
from tests.severity.test_score import ROWS, people


def test_the_golden_case_of_the_aepd():
    got = aepd(4, 2, 8)
    assert (got.score, got.authority, got.people, len(got.flags)) == (64, True, True, 3)


def test_two_flags_are_needed():
    assert not aepd(5, 1, 4).authority and aepd(5, 1, 6).authority and not aepd(5, 1, 6).people


@pytest.mark.parametrize("levels", [(0, 1, 2), (6, 1, 2), (1, 3, 2), (1, 1, 3), (True, 1, 2)])
def test_no_such_level(levels):
    with pytest.raises(BreachkitError):
        aepd(*levels)


def test_the_impact_comes_from_the_circumstances_or_stays_unknown():
    assert impact_level(load("dedalus-2021")) == 8
    assert impact_level(Circumstances()) is None
    assert impact_level(Circumstances(recipients="known", cause="internal_non_malicious")) == 4


def test_the_index_refuses_what_it_does_not_know():
    for wrong in [(0, "identity", "outsider", "none"), (5, "gossip", "outsider", "none")]:
        with pytest.raises(BreachkitError):
            bli(*wrong)


@pytest.mark.parametrize(
    ("aware", "told", "assessed", "verdict", "because"),
    [
        ("2021-02-23T10:00", "2021-02-26T10:00", None, "in_time", "in_time"),
        ("2021-02-23T10:00", "2021-02-26T10:01", None, "late", "late"),
        ("2021-02-23", "2021-02-25", None, "in_time", "in_time"),
        ("2021-02-23", "2021-02-26", None, "undecided", "days_only"),
        ("2021-02-23", "2021-02-28", None, "late", "late"),
        (None, "2021-02-28", None, "undecided", "no_awareness"),
        ("2021-02-23", None, None, "undecided", "not_notified_no_day"),
        ("2021-02-23", None, "2021-02-24", "running", "running"),
        ("2021-02-23", None, "2021-03-24", "undecided", "overdue"),
    ],
)
def test_the_seventy_two_hours(aware, told, assessed, verdict, because):
    got = clock(Circumstances(controller_aware_at=aware, authority_notified_at=told, assessed_on=assessed))
    assert (got.verdict, got.because) == (verdict, because)
    assert got.sentences("fr") and got.sentences("en")


def test_the_processor_s_delay_is_reported_without_a_verdict():
    got = clock(Circumstances(processor_aware_at="2021-02-20", controller_aware_at="2021-02-23"))
    assert got.processor_hours == (48, 96) and len(got.sentences("en")) == 2


def test_a_controller_that_knew_first_was_not_told_late():
    got = clock(Circumstances(processor_aware_at="2021-03-01", controller_aware_at="2021-02-01"))
    assert got.processor_hours is None


def test_a_known_case_is_titled_in_the_language_of_the_page():
    result = score(people(*ROWS), load("dedalus-2021"))
    assert "The 2021 case" in result.card("en").title and "Le cas de 2021" in result.card("fr").title


def test_an_unknown_failing_is_refused():
    with pytest.raises(BreachkitError, match="no_encryption"):
        articles_at_stake(["bad_luck"])


def test_the_file_of_the_pia_tool_has_its_shape_and_gauges():
    given = load("dedalus-2021")
    pia = json.loads(json.dumps(cnil.pia_json(score(people(*ROWS), given), given, lang="fr")))
    assert set(pia) == {"pia", "answers", "measures", "evaluations", "comments"}
    assert pia["pia"]["numberOfQuestions"] == 36 and pia["pia"]["dbVersion"] == 201707071818
    gauges = {one["reference_to"]: one["data"]["gauge"] for one in pia["answers"]}
    assert (gauges[325], gauges[326]) == (4, 4) and gauges[335] == gauges[345] == 0
    assert len({one["id"] for one in pia["answers"]}) == len(pia["answers"])


# LINCnil/pia, src/assets/files/pia_architecture.json: ``answer_type`` of the questions that are written.
ANSWER_TYPES = {111: "text", 121: "text", 321: "list"} | dict.fromkeys(
    (325, 326, 335, 336, 345, 346), "gauge"
)
# src/app/services/pia.service.ts, importData: what it reads of `pia` for everybody.
READ = """name category dpo_status dpo_opinion concerned_people_opinion concerned_people_status
    concerned_people_searched_opinion concerned_people_searched_content rejected_reason
    applied_adjustements created_at dpos_names people_names author_name evaluator_name validator_name
    status updated_at"""


def test_the_importer_of_the_pia_tool_finds_all_that_it_reads():
    given = load("dedalus-2021")
    made = cnil.pia_json(score(people(*ROWS), given), given, lang="fr")
    assert set(READ.split()) <= set(made["pia"])
    assert all(isinstance(made[name], list) for name in ("measures", "evaluations", "comments"))
    by_question = {one["reference_to"]: one["data"] for one in made["answers"]}
    assert set(by_question) == set(ANSWER_TYPES)
    for question, data in by_question.items():
        kind = ANSWER_TYPES[question]
        assert set(data) == {"text", "gauge", "list"} and isinstance(data["list"], list)
        assert bool(data["list"]) == (kind == "list") and bool(data["text"]) == (kind == "text")
        assert data["gauge"] in (0, 1, 2, 3, 4) if kind != "list" else data["gauge"] is None


def test_hours_are_written_as_numbers_of_the_language():
    late = clock(Circumstances(controller_aware_at="2021-01-01", authority_notified_at="2021-06-01"))
    assert "3\u202f600 à 3\u202f648 h" in late.sentences("fr")[0] and "3,600" in late.sentences("en")[0]


def test_an_undecided_score_sets_no_gauge_and_no_day_is_an_error():
    result = score(people(*ROWS))
    pia = cnil.pia_json(result, Circumstances(), written_on=dt.date(2021, 3, 1))
    assert not any(one["data"]["gauge"] for one in pia["answers"])
    with pytest.raises(BreachkitError, match="assessed_on"):
        cnil.pia_json(result, Circumstances())


def test_hostile_text_is_escaped_in_the_file():
    given = load({"title": "<img src=x>", "assessed_on": "2021-03-01"})
    pia = cnil.pia_json(score(people({}), given), given)
    assert "<img" not in json.dumps(pia["answers"])
