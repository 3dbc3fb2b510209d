import dataclasses
import datetime as dt

import pytest
import yaml

from breachkit import BreachkitError
from breachkit.circumstances import Circumstances, choices, fields, load, shipped, template


def test_the_class_and_the_table_name_the_same_fields_in_the_same_order():
    assert list(Circumstances.names()) == fields()["field"].to_list()


def test_nothing_given_is_nothing_known():
    assert load().given() == load(None).given() == load({}).given() == {}


def test_a_dictionary_a_path_and_the_object_say_the_same(tmp_path):
    given = {"nature": ["C"], "published_on": dt.date(2021, 2, 21), "turnover": {"a": 5}}
    path = tmp_path / "mine.yaml"
    path.write_text(yaml.safe_dump(given), encoding="utf-8")
    circumstances = load(given)
    assert load(path) == load(str(path)) == load(circumstances) == circumstances
    assert load(circumstances.to_dict()) == circumstances
    assert load(path) is not circumstances and load(circumstances) is circumstances


def test_the_shipped_case_holds_what_the_decision_says_and_leaves_the_rest():
    case = load("dedalus-2021")
    assert shipped() == ("dedalus-2021",)
    assert (case.confidentiality, case.unintelligible, case.recipients) == (
        "exfiltrated",
        "no",
        "unknown_number",
    )
    assert case.turnover["la société, 2020"] == 16_300_000
    assert case.fine_tier == "83(4)" and case.scope_from == dt.date(2017, 5, 7)
    assert case.blocking_order_on == dt.date(2021, 3, 4)
    for unknown in ("started_on", "ended_on", "authority_notified_at", "seriousness", "credentials_reset_on"):
        assert getattr(case, unknown) is None
    assert "dedalus" not in str(case).lower()


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"recipient": "none"}, r"Unknown circumstance 'recipient'. Did you mean 'recipients'"),
        ({"recipients": "all"}, r"`recipients` 'all'. Choices: none, known, known_hostile, unknown_number"),
        ({"nature": ["C", "Z"]}, r"`nature` 'Z'. Choices: C, I, A"),
        ({"malicious": "yes"}, r"`malicious` should be true or false; found str 'yes'"),
        (
            {"started_on": "2021-13-01"},
            r"`started_on` should be a date such as 2021-02-23; found str '2021-13-01'",
        ),
        ({"started_on": dt.datetime(2021, 1, 1)}, r"a date without a time"),
        ({"controller_aware_at": 20210223}, r"`controller_aware_at` should be a date, or a date and time"),
        ({"turnover": 16e6}, r"`turnover` should be a list of `name: yearly amount in euros`; found float"),
        ({"turnover": {"a": 0}}, r"`turnover.a` should be more than zero"),
        ({"turnover": {"a": float("nan")}}, r"`turnover.a` should be a number"),
        ({"turnover": {"a": -1}}, r"zero or more"),
        ({"availability_lost_days": True}, r"`availability_lost_days` should be a number"),
        ({"agreed_columns": [1]}, r"`agreed_columns` should be a list of names"),
        ({"recipients": ["none"]}, r"Unknown value for `recipients`"),
        ({"recipients": {"a": 1}}, r"Unknown value for `recipients`"),
        ({"title": 3}, r"`title` should be text"),
    ],
)
def test_a_wrong_value_is_named_with_what_was_found_and_the_choices(given, message):
    with pytest.raises(BreachkitError, match=message):
        load(given)


def test_several_errors_are_listed_at_once():
    with pytest.raises(BreachkitError) as caught:
        load({"recipients": "all", "malicious": 1, "colour": "red", "started_on": "soon"})
    assert "4 errors" in str(caught.value) or str(caught.value).count("\n- ") >= 2
    for name in ("recipients", "malicious", "colour", "started_on"):
        assert name in str(caught.value)


@pytest.mark.parametrize(
    "given",
    [
        {"unintelligible": "yes_intact", "published_openly": True},
        {"unintelligible": "yes_intact", "key_compromised": True},
        {"unintelligible": "yes_intact", "failings": ["no_encryption"]},
        {"started_on": "2021-02-02", "controller_aware_at": "2021-02-01"},
        {"started_on": "2021-02-02", "processor_aware_at": "2021-02-01T23:00+00:00"},
        {"started_on": "2021-02-02", "ended_on": "2021-02-01"},
        {"controller_aware_at": "2021-02-02T12:00", "authority_notified_at": "2021-02-02T11:00"},
        {"controller_aware_at": "2021-02-02", "people_notified_on": "2021-02-01"},
        {"recipients": "none", "published_openly": True},
        {"recipients": "none", "published_on": "2021-02-01"},
        {"availability_lost_days": 5, "nature": ["C"]},
        {"started_on": "2021-02-01", "authority_notified_at": "2021-01-01"},
        {"started_on": "2021-02-01", "people_notified_on": "2021-01-01"},
        {"started_on": "2021-02-01", "blocking_order_on": "2021-01-01"},
        {"started_on": "2021-02-01", "credentials_reset_on": "2021-01-01"},
        {"assessed_on": "2021-02-01", "processor_aware_at": "2022-01-01"},
        {"assessed_on": "2021-02-01", "people_notified_on": "2022-01-01"},
        {"assessed_on": "2021-02-01", "ended_on": "2022-01-01"},
        {"recipients": "known", "published_openly": True},
        {"recipients": "none", "confidentiality": "exfiltrated"},
        {"confidentiality": "not_exfiltrated", "recipients": "unknown_number"},
        {"confidentiality": "not_exfiltrated", "published_openly": True},
        {"recipients": "unknown_number", "recipient_trusted": True},
        {"nature": ["C"], "availability": "permanent"},
        {"nature": ["A"], "confidentiality": "exfiltrated"},
        {"backup": True, "availability": "permanent"},
        {"cause": "external_malicious", "malicious": False},
        {"scope_from": "2021-01-02", "scope_to": "2021-01-01"},
        {"assessed_on": "2021-01-01", "published_on": "2021-02-01"},
    ],
    ids=str,
)
def test_what_cannot_both_be_true_is_refused(given):
    with pytest.raises(BreachkitError, match=r"cannot both be true|comes before"):
        load(given)


def test_the_same_day_is_no_contradiction():
    day = "2021-02-23"
    load(
        {
            "started_on": day,
            "ended_on": day,
            "controller_aware_at": day,
            "authority_notified_at": f"{day}T10:00",
        }
    )


def test_a_copy_with_one_thing_changed_is_checked_again():
    with pytest.raises(BreachkitError, match="yes_intact"):
        dataclasses.replace(load("dedalus-2021"), unintelligible="yes_intact")


def test_times_with_an_offset_are_kept_in_universal_time():
    assert load({"controller_aware_at": "2021-02-23T16:15+01:00"}).controller_aware_at.hour == 15


def test_a_bare_no_in_yaml_is_the_word_no():
    assert load(yaml.safe_load("unintelligible: no")).unintelligible == "no"


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_template_names_every_field_and_choice_and_loads_when_uncommented(lang):
    text = template(lang)
    lines = text.splitlines()
    for name in Circumstances.names():
        assert any(line.startswith(f"# {name}:") for line in lines)
        for word in choices(name):
            assert f"#   - {word}: " in text
    assert load(yaml.safe_load(text)).given() == {}
    given = {}
    for line in lines:
        if line.startswith("# ") and line[2:].split(":")[0] in Circumstances.names():
            found = yaml.safe_load(line[2:])
            given |= {key: value for key, value in found.items() if value is not None}
    for name, value in given.items():
        load({name: value})


@pytest.mark.parametrize("source", ["/nowhere/mine.yaml", 3, [1]])
def test_what_is_no_circumstances_is_refused(source):
    with pytest.raises(BreachkitError):
        load(source)


def test_a_yaml_list_or_a_broken_file_is_refused(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("- a\n", encoding="utf-8")
    with pytest.raises(BreachkitError, match="found a list"):
        load(path)
    path.write_text("", encoding="utf-8")
    assert load(path).given() == {}


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_card_says_what_was_not_given_and_escapes(lang):
    html = load({"title": "<script>"}).card(lang).html()
    assert "&lt;script&gt;" in html and "<script>" not in html
    assert load("dedalus-2021").to_frame().height == len(load("dedalus-2021").given())
