import datetime as dt

import polars as pl
import pytest
from polars.testing import assert_frame_equal

import breachkit as bk
from breachkit.classify.records import record_schema
from breachkit.classify.sensitive import strongest
from breachkit.errors import BreachkitError


def labelled(**columns):
    frame = pl.DataFrame(columns)
    return bk.label(frame, bk.classify(frame))


def test_quasi_identifiers_are_written_one_way():
    row = labelled(
        civilite=["Mme"], nom=["d'Œuvre-Léger"], date_naissance=["25/12/1985"], code_postal=["1000"],
        ville=["St-Denis"],
    ).frame.collect().row(0, named=True)  # fmt: skip
    assert row["qi_last_name"] == "D OEUVRE LEGER"
    assert row["qi_birth_date"] == dt.date(1985, 12, 25)
    assert (row["qi_postcode"], row["qi_department"]) == ("01000", "01")
    assert (row["qi_commune"], row["qi_sex"]) == ("SAINT DENIS", "F")


def test_titles_ages_and_texts_reveal():
    records = labelled(
        civilite=["Soeur", "Enfant", "M"],
        date_naissance=["25/12/1945", "25/12/2015", "25/12/1970"],
        date_visite=["13/02/2020"] * 3,
        commentaire=[None, "pas de diabète", "séropositif VIH"],
    )
    frame = records.frame.collect()
    assert frame["religion"].to_list() == [7, 0, 0]
    assert frame["minor"].to_list() == [0, 7, 0]
    assert frame["diabetes"].to_list() == [0, 2, 0]
    assert frame["hiv"].to_list() == [0, 0, 7]
    assert set(records.findings.collect()["source"]) == {"title", "age", "text"}


def test_usable_means_right_form_and_key_not_false():
    frame = labelled(
        nir=["269054958815780", "269054958815781", "2690549588157"], nom=["A", "B", "C"]
    ).frame.collect()
    assert frame["has_nir"].to_list() == [True, False, True]
    assert frame["key_nir"].to_list() == ["2690549588157", None, "2690549588157"]


def test_passwords_made_of_the_person_are_guessable():
    frame = labelled(nom=["Durand", "Petit"], mot_de_passe=["durand85", "Xq!92kz"]).frame.collect()
    assert frame["has_guessable_password"].to_list() == [True, False]


def test_any_batch_size_gives_the_same_records():
    leak = bk.synthesize(patients=700, seed=5, damage="light")
    fields = bk.classify(leak)
    one, many = bk.label(leak, fields), bk.label(leak, fields, batch=97)
    assert one.frame.collect_schema() == record_schema()
    assert_frame_equal(one.frame.collect(), many.frame.collect())
    assert_frame_equal(one.findings.collect(), many.findings.collect())
    assert_frame_equal(one.prescribers.collect(), many.prescribers.collect())


def test_one_sentence_among_many_is_found():
    texts = ["RAS"] * 20_000
    texts[12_345] = "patient séropositif VIH"
    frame = labelled(commentaire=texts).frame.filter(pl.col("hiv") > 0).collect()
    assert frame["row"].to_list() == [12_345]


@pytest.mark.slow
def test_one_sentence_among_half_a_million_distinct_ones_is_found():
    rows = 500_000
    texts = pl.Series([f"contrôle {i}" for i in range(rows)])
    texts[321_123] = "patient séropositif VIH"
    frame = labelled(commentaire=texts).frame.filter(pl.col("hiv") > 0).collect()
    assert frame["row"].to_list() == [321_123]


def test_a_column_may_be_called_like_our_own():
    frame = pl.DataFrame({"record_id": ["7", "8"], "nom": ["Durand", "Petit"], "note": ["VIH +", "RAS"]})
    found = bk.label(frame, bk.classify(frame)).findings.collect()
    assert found.select("record_id", "category").rows() == [(0, "hiv")]


@pytest.mark.parametrize("batch", [0, -1, None, 1.5, "a"])
def test_a_batch_of_no_rows_is_refused(batch):
    frame = pl.DataFrame({"nom": ["Durand"]})
    with pytest.raises(BreachkitError):
        bk.label(frame, bk.classify(frame), batch=batch)


def test_columns_of_nothing_keep_their_rows():
    frame = pl.DataFrame({"nom": pl.Series([None] * 5, dtype=pl.Null)})
    assert bk.label(frame, bk.classify(frame)).rows == 5


def test_of_two_words_for_one_thing_the_stronger_is_kept_in_any_order():
    said = [
        (f"v{n}", "hiv", "asserted", strength, "text", "vih")
        for n in range(99)
        for strength in ("weak", "strong", "test")
    ]
    columns = ["v", "category", "status", "strength", "source", "code"]
    for rows in (said, said[::-1]):
        kept = strongest(pl.DataFrame(rows, schema=columns, orient="row"), ["v", "category"])
        assert kept["strength"].unique().to_list() == ["strong"]


def test_columns_that_the_map_does_not_know_are_told():
    known, more = pl.DataFrame({"nom": ["Durand"]}), pl.DataFrame({"nom": ["Durand"], "note": ["VIH +"]})
    fields = bk.classify(known)
    assert ("table", "note", "not_in_map", 1) in bk.label(more, fields).quality.rows()
    with pytest.raises(BreachkitError):
        bk.label(more.select("note"), fields)
