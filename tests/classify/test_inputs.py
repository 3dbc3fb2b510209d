"""What a user hands in beside the leak: refused in words, never in a bare error."""

import math
import warnings

import pandas as pd
import polars as pl
import pytest

import breachkit as bk
from breachkit.classify.custom import with_custom
from breachkit.classify.decisions import decisions_of
from breachkit.classify.dictionary import labels_of
from breachkit.errors import BreachkitError

LEAK = pl.DataFrame({"nom": ["DURAND"], "xk7": ["zaza"]})
RECURSIVE = {}
RECURSIVE["a"] = RECURSIVE


def loaded(tmp_path, text):
    path = tmp_path / "fields.yaml"
    path.write_text(text, "utf-8")
    return bk.FieldMap.load(path).to_frame()


ENTRIES = [
    "position: abc",
    "position:",
    "position: 99999999999999999999",
    "position: true",
    "confidence: abc",
    "confidence:",
    "confidence: .nan",
    "scores: 3",
    "scores: {name_score: abc}",
    "categories: 3",
    "categories: {hiv: 1}",
    "reasons: 3",
    "example_shape: [3]",
    'example_shape: "\\ud800"',
    "decided_by: robot",
    "attribute: [nom]",
    "attribute: 2020-01-13",
    "subject: loggin",
    "categories: hivv",
]


@pytest.mark.parametrize("line", ENTRIES)
def test_an_entry_that_does_not_fit_names_its_place(tmp_path, line):
    who = "" if line.startswith("decided_by") else ", decided_by: tool"
    entry = f"  - {{column: nom, {line}{who}}}\n" if "{" not in line else f"  - column: nom\n    {line}\n"
    with pytest.raises(BreachkitError) as caught:
        loaded(tmp_path, f"tables:\n  t1:\n{entry}")
    key = line.partition(":")[0].replace("categories", "categor")
    assert all(word in str(caught.value) for word in ("'t1'", "'nom'", key))
    assert "abc" not in str(caught.value)


TEXTS = [
    "tables: 3",
    "tables: {t1: 3}",
    "tables: {t1: [3]}",
    "tables: {t1: [{column: }]}",
    "tables: {t1: [{column: [a]}]}",
    "tables: &a {t1: [*a]}",
    "tables: {t1: [{column: nom, found: 2020-13-45}]}",
    "a: !!timestamp x",
    "a: !!bool x",
    f"a: {'9' * 9999}",
    "[" * 5000,
]


@pytest.mark.parametrize("text", TEXTS)
def test_a_file_that_is_no_field_map_is_refused(tmp_path, text):
    with pytest.raises(BreachkitError, match=r"fields\.yaml"):
        loaded(tmp_path, text)


def test_one_category_may_stand_without_a_list(tmp_path):
    row = loaded(tmp_path, "tables: {t: [{column: nom, categories: hiv, reasons: seen}]}").row(0, named=True)
    assert (row["categories"], row["reasons"]) == (["hiv"], ["seen"])
    assert decisions_of({"nom": {"categories": "hiv"}})[0].categories == ("hiv",)


MAPPINGS = [
    {"nom": {"categories": 3}},
    {"nom": {"attribute": ["login"]}},
    {"nom": 3},
    {"nom": "x" * 9999},
    {"t": {"nom": {"x": "login"}}},
    RECURSIVE,
]


@pytest.mark.parametrize("mapping", MAPPINGS)
def test_a_mapping_that_is_no_decision_names_its_column(mapping):
    with pytest.raises(BreachkitError, match=r"column '(nom|a)'") as caught:
        decisions_of(mapping)
    assert "x" * 100 not in str(caught.value)


def test_a_decision_on_no_column_is_said():
    with pytest.warns(UserWarning, match=r"Decisions left aside, no such column: 'zzz', 't\.nom'\."):
        bk.classify(LEAK, decisions={"zzz": "login", "t": {"nom": "login"}, "xk7": "login"})


def test_a_label_on_no_column_of_a_known_table_is_said():
    labels = labels_of(
        pl.DataFrame({"table": ["T", "T", "u"], "column": ["a", "b", "c"], "label": ["x"] * 3})
    )
    with pytest.warns(UserWarning, match=r"Labels left aside, no such column: 't\.b'\."):
        labels.warn_unused([("t", "A")])


@pytest.mark.parametrize("missing", [None, math.nan, pd.NA, pd.NaT, ""])
def test_a_missing_label_is_no_label(missing):
    assert labels_of({"nom": missing}).get("t", "nom") == ""
    frame = pd.DataFrame({"column": ["nom", "nom"], "label": [missing, "Nom"]}, dtype=object)
    assert labels_of(frame).get("t", "nom") == "Nom"


GOOD = {"id": "badge", "attribute": "login", "pattern": "^BDG-[0-9]{4}$"}
ROWS = [
    ({"id": None}, "Detector 1 has no id"),
    ({"id": "email"}, "Two detectors"),
    ({"attribute": "loggin"}, r"attribute of detector 'badge'.*Choices: .*login"),
    ({"attribute": None}, "attribute of detector 'badge'"),
    ({"attribute": "category:hivv"}, "Did you mean 'category:hiv'"),
    ({"subject": "pateint"}, "Did you mean 'patient'"),
    ({"kind": "regexp"}, "Did you mean 'regex'"),
    ({"kind": "vocabulary:sexe"}, "Did you mean 'sex'"),
    ({"kind": "check", "pattern": "nirr"}, "Did you mean 'nir'"),
    ({"pattern": ""}, "pattern of detector 'badge' is empty"),
    ({"pattern": None}, "pattern of detector 'badge' is empty"),
    ({"pattern": ["a"]}, "pattern of the detectors holds List"),
    ({"pattern": "(?=a)b"}, "look-around"),
    *(({"shape_score": score}, "shape_score of detector 'badge'") for score in (2, -0.1, math.nan, "abc")),
]


@pytest.mark.parametrize(("changed", "said"), ROWS)
def test_a_row_that_is_no_detector_names_its_id(changed, said):
    with pytest.raises(BreachkitError, match=said):
        with_custom(pl.DataFrame([GOOD | changed]))


def test_an_id_given_twice_is_refused():
    with pytest.raises(BreachkitError, match="Two detectors are called 'badge'"):
        with_custom(pl.DataFrame([GOOD, GOOD]))


def test_detectors_come_from_a_csv_or_any_frame(tmp_path):
    pl.DataFrame([GOOD]).write_csv(tmp_path / "mine.csv")
    frames = [pl.DataFrame([GOOD]), pl.LazyFrame([GOOD]), pd.DataFrame([GOOD | {"subject": None}])]
    made = [with_custom(source)[0] for source in (tmp_path / "mine.csv", str(tmp_path / "mine.csv"), *frames)]
    assert len(set(made)) == 1
    mixed = pd.DataFrame([GOOD, GOOD | {"id": "b", "pattern": {1: 2}}])
    for source in (3, [GOOD], "absent.csv", "a\0b", mixed, pl.scan_csv("absent.csv")):
        with pytest.raises(BreachkitError), warnings.catch_warnings():
            with_custom(source)


def test_words_of_a_name_make_a_detector():
    frame = pl.DataFrame(schema={"zz_badge_no": pl.String, "zz": pl.String})
    added = pl.DataFrame({"id": ["badge"], "attribute": ["login"], "name_tokens": ["badge zz"]})
    assert bk.classify(frame, detectors=added).to_frame()["attribute"].to_list() == ["login", None]


def test_one_category_may_be_given_alone():
    fields = bk.classify(pl.DataFrame({"zz": ["a"]})).decide("zz", None, categories="hiv")
    assert fields.to_frame()["categories"].to_list() == [["hiv"]]
