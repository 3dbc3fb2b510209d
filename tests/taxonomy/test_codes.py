import polars as pl
import pytest

from breachkit import BreachkitError, taxonomy


def said(system, code):
    return {(entry.category, entry.status) for entry in taxonomy.code_category(system, code)}


def named(system, code):
    return {entry.category for entry in taxonomy.code_category(system, code)}


@pytest.mark.parametrize(
    ("system", "code", "expected"),
    [
        ("nabm", "0388", {("hiv", "tested")}),
        ("nabm", 388, {("hiv", "tested")}),
        ("nabm", "4122", {("hiv", "asserted")}),
        ("nabm", "1691", {("hiv", "asserted"), ("genetic", "tested")}),
        ("nabm", "4715", {("pregnancy", "asserted"), ("hepatitis", "tested")}),
        ("nabm", "4040", {("prenatal", "tested"), ("genetic", "tested")}),
        ("nabm", "4043", set()),  # between two codes of cystic fibrosis, but never given
        ("nabm", "1104", set()),  # blood count
        ("loinc", "21667-1", {("genetic", "tested")}),  # factor V, not TP53
        ("loinc", "21637-4", set()),  # often said to be BRCA2: it is not
        ("icd10", "Z80.3", {("cancer", "other_person")}),
        ("icd10", "Z85.3", {("cancer", "history")}),
        ("icd10", "D48.6", {("cancer", "suspected")}),
        ("icd10", "Z11.4", {("hiv", "tested")}),
        ("icd10", "O98.7", {("pregnancy", "asserted"), ("hiv", "asserted")}),
        ("atc", "J05AR03", {("hiv", "suspected"), ("hiv", "prevention")}),
        ("atc", "J05AF10", {("hepatitis", "asserted")}),
        ("atc", "J05AF05", {("hiv", "asserted"), ("hepatitis", "asserted")}),
        ("atc", "J05AE30", set()),  # Paxlovid
        ("atc", "G03XB02", set()),
        ("atc", "N02BE01", set()),
    ],
)
def test_what_a_code_says(system, code, expected):
    assert said(system, code) == expected


@pytest.mark.parametrize("code", ["B24", "b24.0", "Z21", "R75", "B22.7+"])
def test_icd10_hiv_in_any_writing(code):
    assert named("icd10", code) == {"hiv"}


@pytest.mark.parametrize(
    ("code", "category"),
    [
        ("C50.9", "cancer"), ("D05.1", "cancer"), ("F32.2", "mental_health"), ("F11.2", "addiction"),
        ("O80.0", "pregnancy"), ("O04.9", "abortion"), ("Q90.9", "genetic"), ("E11.9", "diabetes"),
        ("N97.0", "infertility"), ("Z36.0", "prenatal"), ("Z94.0", "transplant"), ("H90.3", "disability"),
        ("G82.2", "disability"), ("A53.9", "sti"), ("B18.1", "hepatitis"), ("E84.0", "genetic"),
        ("Z65.1", "detained"), ("I21.9", "health_other"),
    ],
)  # fmt: skip
def test_icd10_ranges(code, category):
    assert category in named("icd10", code)


def test_benign_tumours_are_not_cancer():
    assert not any("cancer" in named("icd10", f"D{number}") for number in range(10, 37))
    assert all("cancer" in named("icd10", f"C{number:02}") for number in range(98))


@pytest.mark.parametrize(
    ("old", "new"),
    [("J05AX08", "J05AJ01"), ("J05AX15", "J05AP08"), ("L01XE01", "L01EA01"), ("L04AA10", "L04AH01")],
)
def test_old_atc_codes_say_what_the_new_ones_say(old, new):
    assert said("atc", old) == said("atc", new) != set()


def test_a_class_speaks_for_its_drugs():
    assert said("atc", "J05AR") == said("atc", "J05AR98") == {("hiv", "asserted")}
    assert said("atc", "J05A") == set()


@pytest.mark.parametrize("code", [None, "", " ", "😀", "B", "9" * 10_000_000, "Z2１", 3.5, [], object()])
def test_what_is_no_code_says_nothing(code):
    assert all(taxonomy.code_category(system, code) == () for system in taxonomy.SYSTEMS)


def test_unknown_system():
    for ask in (taxonomy.code_table, lambda s: taxonomy.code_category(s, "B24")):
        with pytest.raises(BreachkitError, match="Choices: nabm, loinc, icd10"):
            ask("icd11")


def test_categorise_equals_one_by_one():
    codes = pl.Series(["388", None, "1691", "0388", "zzz"])
    found = taxonomy.categorise("nabm", codes)
    assert found.select("index", "category").rows() == [(0, "hiv"), (2, "hiv"), (2, "genetic"), (3, "hiv")]


@pytest.mark.parametrize("system", taxonomy.SYSTEMS)
def test_every_rule_speaks_the_vocabulary(system):
    table = taxonomy.code_table(system).filter(pl.col("category") != "")
    known = [*taxonomy.category_ids(), *taxonomy.context_ids()]
    assert table["category"].is_in(known).all()
    assert table["status"].is_in(list(taxonomy.STATUS_LEVEL)).all()
    assert table["strength"].is_in(taxonomy.strengths()["id"].to_list()).all()
    assert not table.select("code", "category", "status").is_duplicated().any()
