import polars as pl
import pytest

from breachkit.classify.text import classify_text, qualify
from breachkit.errors import BreachkitError


def verdicts(text, lang="fr"):
    return set(classify_text([text], lang=lang).select("category", "status").rows())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Séro VIH nég", {("hiv", "negated")}),
        ("séropositif HIV", {("hiv", "asserted")}),
        ("CV indétectable", {("hiv", "asserted")}),
        ("V.I.H. 1 ET 2 DEPISTAGE", {("hiv", "tested")}),
        ("mère : K sein", {("cancer", "other_person")}),
        ("pas de grossesse", {("pregnancy", "negated")}),
        ("sœur VIH+", {("hiv", "other_person")}),
        ("VIH -, VHC +", {("hiv", "negated"), ("hepatitis", "asserted")}),
        ("sous Biktarvy", {("hiv", "asserted")}),
    ],
)
def test_what_secretaries_type(text, expected):
    assert verdicts(text) == expected


def test_offsets_are_those_of_the_original_text_even_after_ligatures_and_combining_accents():
    text = "sœur, cœur, se\u0301ro VIH+"
    found = classify_text([text]).row(0, named=True)
    assert text[found["start"] : found["end"]] == "VIH"


def test_lists_polars_and_pandas_series_give_the_same():
    import pandas as pd

    texts = ["grossesse 12 SA", None, "", "grossesse 12 SA"]
    frames = [classify_text(t) for t in (texts, pl.Series(texts), pd.Series(texts))]
    assert frames[0].equals(frames[1]) and frames[0].equals(frames[2])
    assert set(frames[0]["text_index"]) == {0, 3}


def test_spans_are_judged_whatever_they_name():
    text = "Pas de fièvre, toux ni dyspnée."
    spans = [(text.index(w), text.index(w) + len(w)) for w in ("fièvre", "toux", "dyspnée")]
    statuses = qualify([text] * 3, [s for s, _ in spans], [e for _, e in spans])
    assert statuses.to_list() == ["negated"] * 3


def test_what_cannot_be_judged_is_refused_in_words():
    with pytest.raises(BreachkitError, match="list"):
        classify_text("VIH+")
    with pytest.raises(BreachkitError, match="1 texts, 2 starts"):
        qualify(["VIH"], [0, 1], [1])
    with pytest.raises(BreachkitError, match="de"):
        classify_text(["VIH"], lang="de")
