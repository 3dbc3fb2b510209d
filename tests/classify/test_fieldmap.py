import polars as pl
import pytest
import yaml

import breachkit as bk
from breachkit.classify.reasons import spoken_reasons
from breachkit.errors import BreachkitError

LEAK = pl.DataFrame({"nom": ["DURAND"], "xk7": ["zaza"]})


def test_human_decisions_survive_a_new_run(tmp_path):
    path = bk.classify(LEAK).decide("xk7", "login").save(tmp_path / "fields.yaml")
    again = bk.classify(LEAK, decisions=path)
    row = again.to_frame().row(1, named=True)
    assert (row["attribute"], row["decided_by"]) == ("login", "human")
    bk.classify(LEAK).save(path)
    assert bk.FieldMap.load(path).to_frame().row(1, named=True)["attribute"] == "login"


def test_an_attribute_changed_in_the_file_is_a_human_decision(tmp_path):
    path = bk.classify(LEAK).save(tmp_path / "fields.yaml")
    document = yaml.safe_load(path.read_text("utf-8"))
    next(iter(document["tables"].values()))[0]["attribute"] = "birth_name"
    path.write_text(yaml.safe_dump(document), "utf-8")
    row = bk.classify(LEAK, decisions=path).to_frame().row(0, named=True)
    assert (row["attribute"], row["decided_by"]) == ("birth_name", "human")


def test_decisions_as_a_mapping_and_unknown_ones():
    fields = bk.classify(LEAK, decisions={"xk7": {"attribute": "password", "subject": "prescriber"}})
    row = fields.to_frame().row(1, named=True)
    assert (row["attribute"], row["subject"], row["confidence"]) == ("password", "prescriber", 1.0)
    with pytest.raises(BreachkitError, match="Unknown attribute"):
        bk.classify(LEAK, decisions={"xk7": "loggin"})


def test_what_stayed_unexplained_is_listed():
    fields = bk.classify(LEAK)
    assert fields.unclassified["column"].to_list() == ["xk7"]
    assert fields.detectors.filter(~pl.col("ran"))["id"].to_list() == ["dictionary"]
    assert fields.plot(lang="fr").alt


def test_the_card_shows_what_tells_most_and_folds_the_rest_in_the_readers_words():
    leak = pl.DataFrame({"xk7": ["zaza"], "CODE_POSTAL": ["75011"], "NIR": ["1"]})
    card = bk.classify(leak).card("fr")
    assert card.table["colonne"].to_list() == ["NIR", "CODE_POSTAL"]
    assert card.folded["colonne"].to_list() == ["xk7"]
    assert "<details><summary>1 autre colonne</summary>" in card.html()
    assert card.table["preuves"][1].startswith(
        "nom de la colonne\u202f; valeurs\u00a0: code postal (100\u202f%)"
    )


def test_where_nothing_is_explained_the_card_still_shows():
    card = bk.classify(pl.DataFrame({"xk7": ["zaza"], "xk8": ["zaza"], "xk9": ["zaza"]})).card("fr")
    assert card.table["colonne"].to_list() == ["xk7", "xk8", "xk9"]
    assert "<details" not in card.html()
    assert card.sentences[0].startswith("3 colonnes, dont 0 expliquée (0 ")
    assert card.notes[-1] == "3 colonnes sans explication\u00a0: xk7, xk8, xk9"


def test_the_picture_counts_what_it_shows_the_most_telling_first():
    plot = bk.classify(pl.DataFrame({f"xk{i}": ["zaza"] for i in range(80)} | {"NIR": ["1"]})).plot(lang="en")
    assert plot.data["column"][0] == "NIR"
    assert plot.alt == "The 60 columns that tell most, of 81; 59 of them unexplained"


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("badge-no 100.0%", "values: badge-no (100%)"),
        ("our.badge:2 50.0%", "values: our.badge:2 (50%)"),
        ("dates 98.7%, years 1931-2015", "values: dates (99%, from 1931 to 2015)"),
        ("dates 98.7%, years 2015-2015", "values: dates (99%, in 2015)"),
        ("name: 10%", "name of the column"),
    ],
)
def test_reasons_are_said_whatever_the_detector_is_called(reason, said):
    assert spoken_reasons([reason], "en") == said
