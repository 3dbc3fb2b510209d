import numpy as np
import polars as pl
import pytest

from breachkit import taxonomy
from breachkit.classify.text import classify_text, qualify
from breachkit.classify.text.lexicon import rows
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


@pytest.mark.parametrize(
    ("text", "category", "revealed"),
    [
        ("K sein opéré", "cancer", True),
        ("K 4,1 Na 140", "cancer", False),
        ("K+ 4.2 mmol/L", "cancer", False),
        ("CV indétectable", "hiv", True),
        ("CV périmée", "hiv", False),
        ("facteurs de risque CV", "hiv", False),
        ("ACE, CA 15-3", "cancer", True),
        ("ACE enzyme de conversion", "cancer", False),
        ("12 SA", "pregnancy", True),
        ("laboratoire SA", "pregnancy", False),
        ("TS médicamenteuse", "mental_health", True),
        ("TP TCA TS", "mental_health", False),
        ("IVG J2", "abortion", True),
        ("IVG avec OAP", "abortion", False),
        ("OH chronique", "addiction", True),
        ("25 OH vitamine D", "addiction", False),
        ("HbS porteur", "genetic", True),
        ("Ag HBs", "hepatitis", True),
        ("Ag HBs", "genetic", False),
        ("Mme Grossesse", "pregnancy", False),
        ("grossesse en cours", "pregnancy", True),
        ("rue du Sida", "hiv", False),
        ("DG HGPO", "pregnancy", True),
        ("tumeur bénigne", "cancer", False),
        ("HCG testicule homme marqueur", "cancer", True),
        ("PrEP suivi", "hiv", True),
        ("bowel prep", "hiv", False),
        ("post AES", "hiv", True),
    ],
)
def test_homographs_are_told_apart_by_their_neighbours(text, category, revealed):
    assert (category in set(classify_text([text])["category"])) is revealed


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\x00\x01",
        "😀VIH+😀",
        "مرض VIH",
        "\u202eVIH",
        "'" * 1000,
        "?" * 1000,
        "VIH -",
        "K sein ?",
        "VIH (-)",
        ": non",
        "0",
        "de " * 1000,
        "pas " * 3000,
    ],
)
def test_hostile_texts_neither_crash_nor_give_offsets_outside_the_text(text):
    found = classify_text([text])
    assert all(0 <= s < e <= len(text) for s, e in found.select("start", "end").rows())
    qualify([text], [0], [len(text)])


def test_a_hyphen_inside_a_name_is_no_sign():
    assert verdicts("VIH-1 positif") == {("hiv", "asserted")}


def test_every_row_names_its_source_and_every_category_is_of_the_taxonomy():
    from breachkit import taxonomy
    from breachkit.classify.text.lexicon import ROOM, TABLES
    from breachkit.facts import table

    known = {*taxonomy.category_ids(), *taxonomy.context_ids(), ""}
    for name in TABLES:
        rows = table(ROOM, name)
        assert set(rows["category"]) <= known
        assert (rows["source"] != "").all() and set(rows["grade"]) <= {"A", "B", "C"}
        assert set(rows["status"]) <= {*taxonomy.STATUS_LEVEL, ""}


@pytest.mark.slow
def test_a_ten_megabyte_cell_is_read_in_linear_time():
    assert classify_text(["pas de vih " * 900_000]).height == 900_000


@pytest.mark.parametrize(
    ("text", "span", "lang"),
    [
        ("N'est plus traitée pour son lymphome.", "lymphome", "fr"),
        ("Ne prend plus de méthadone.", "méthadone", "fr"),
        ("No longer has diabetes.", "diabetes", "en"),
    ],
)
def test_no_longer_means_it_was_and_of_a_bare_span_that_it_is_not(text, span, lang):
    start = text.index(span)
    assert "history" in classify_text([text], lang=lang)["status"].to_list()
    assert qualify([text], [start], [start + len(span)], lang=lang).to_list() == ["negated"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("brochure sur le diabète remise", ("diabetes", "prevention")),
        ("patient diabétique, vaccin grippe fait", ("diabetes", "asserted")),
        ("Lovenox 0,4 prophylactique", ("treatment", "prevention")),
    ],
)
def test_teaching_touches_what_a_vaccine_does_not(text, expected):
    assert expected in verdicts(text)


@pytest.mark.parametrize("said", ["pas confirmée", "non confirmée", "n'a pas été confirmée", "pas retrouvée"])
def test_what_is_not_confirmed_is_negated(said):
    assert verdicts(f"Grossesse {said}.") == {("pregnancy", "negated")}


@pytest.mark.parametrize("mark", ["œ", "…", "e\u0301", "\u200b", "½"])
def test_a_sign_that_folds_to_another_length_changes_no_other_word(mark):
    assert verdicts(f"adherent lab depuis {mark}") == verdicts("adherent lab depuis")
    assert verdicts(f"Mme CATHOLIQUE Denise, suivie {mark}") == set()
    assert verdicts(f"{mark} CD detenu") == verdicts("CD detenu")


def test_a_finding_ends_after_the_marks_of_its_last_letter():
    text = "séropositivite\u0301 connue"
    found = classify_text([text])
    assert text[: found["end"][0]] == "séropositivite\u0301"


@pytest.mark.parametrize(
    "text", ["hcg" + " " * 200_000 + "x", "Mme Catholique Denise " * 20_000, "vih " + "e" * 400_000]
)
@pytest.mark.timeout(60)
def test_long_cells_take_time_in_proportion(text):
    classify_text([text])


def test_missing_values_of_pandas_and_half_characters_are_no_text():
    pd = pytest.importorskip("pandas")
    texts = pd.Series(["VIH", pd.NA], dtype="string")
    assert classify_text(texts).height == classify_text(["VIH", pd.NA, float("nan")]).height == 1
    assert classify_text(["VIH \udc80"])["category"].to_list() == ["hiv"]


def test_arrays_tuples_and_generators_are_several_texts():
    several = (np.array(["VIH"]), ("VIH",), (text for text in ["VIH"]))
    assert [classify_text(texts).height for texts in several] == [1, 1, 1]


@pytest.mark.parametrize(
    "texts",
    [None, 3, [["VIH"]], {"VIH": 1}, {"VIH"}, b"VIH", pl.Series([["VIH"]]), pl.DataFrame({"VIH": ["VIH"]})],
)
def test_what_is_no_list_of_texts_is_refused(texts):
    with pytest.raises(BreachkitError):
        classify_text(texts)


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 1), (99, 100), ("ZZ", 3), (None, 3)])
def test_spans_that_cannot_be_are_refused_without_a_word_of_them(start, end):
    with pytest.raises(BreachkitError) as error:
        qualify(["VIH négatif"], [start], [end])
    assert "ZZ" not in str(error.value)


def test_an_empty_span_is_reached_by_nothing():
    assert qualify(["pas de VIH"], [8], [8]).to_list() == ["asserted"]


def test_strengths_are_those_of_the_taxonomy():
    known = taxonomy.strengths()["id"].to_list()
    assert {row["strength"] or "strong" for lang in ("fr", "en") for row in rows(lang)} <= set(known)
