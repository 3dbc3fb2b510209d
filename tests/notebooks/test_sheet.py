"""Small tables of the notebooks: headers, identifiers and numbers in the reader's language, escaped."""

import polars as pl

from breachkit.teaching import sheet

FIGURES = pl.DataFrame({"category": ["hiv", None], "people": [1200, 3], "share": [0.25, 0.5]})


def test_headers_identifiers_and_numbers_are_written_for_people():
    assert sheet(FIGURES).written("fr").to_dicts() == [
        {"catégorie": "VIH", "personnes": "1\u202f200", "part": "25,0\u202f%"},
        {"catégorie": None, "personnes": "3", "part": "50,0\u202f%"},
    ]


def test_an_unknown_column_keeps_its_name_and_the_frame_stays_plain():
    shown = sheet(pl.DataFrame({"mine": ["hiv"]}))
    assert shown.written("fr").to_dicts() == [{"mine": "hiv"}]
    assert shown.frame.columns == ["mine"]


def test_numbers_stand_right_and_markup_is_escaped(monkeypatch):
    monkeypatch.setenv("BREACHKIT_LANG", "fr")
    page = sheet(pl.DataFrame({"people": [7], "phrase": ["<script>"]}))._repr_html_()
    assert '<td class="num">7</td>' in page
    assert "<script>" not in page


def test_no_more_rows_than_asked():
    assert sheet(FIGURES, most=1).written("en").height == 1


def test_empty_frame_shows_its_headers():
    assert sheet(FIGURES.clear()).written("en").columns == ["category", "people", "share"]


def test_adversaries_are_named():
    shown = sheet(pl.DataFrame({"adversary": ["neighbour", "nobody known"]}))
    assert shown.written("fr")["adversaire"].to_list() == ["un voisin", "nobody known"]


def test_the_names_of_the_code_stay_at_hand_and_a_cut_is_told():
    shown = sheet(FIGURES, most=1)
    assert shown.notes("en") == ["Rows shown: 1 of 2."]
    assert shown.notes("fr")[0] == "Dans le code, ces colonnes s’appellent\u00a0: category, people, share."
    assert shown.notes("fr")[1] == "Lignes montrées\u00a0: 1 sur 2."
    assert sheet(pl.DataFrame({"mine": [1]})).notes("fr") == []


def test_words_are_borrowed_from_the_room_that_owns_them():
    shown = sheet(pl.DataFrame({"band": ["high"], "first": ["encryption"], "unit": ["ENISA score"]}))
    assert shown.written("fr").row(0) == ("élevée", "chiffrement, clé conservée ailleurs", "score ENISA")


def test_estimates_carry_two_digits_and_small_ones_are_no_zero():
    shown = sheet(pl.DataFrame({"value": [19_035.4, 66.47, -0.801, 0.0031, 2925.0]}))
    written = ["19\u202f000", "66,5", "\u22120,80", "0,0031", "2\u202f925"]  # narrow space, minus sign
    assert shown.written("fr")["valeur"].to_list() == written


def test_each_identifier_of_a_composed_rule_is_said():
    shown = sheet(pl.DataFrame({"rule": ["X3 pregnancy:suspected", "X4 has_password"]}))
    assert shown.written("fr")["règle"].to_list() == ["X3 grossesse\u00a0: suspecté", "X4 mot de passe"]
    assert shown.written("en")["rule"].to_list() == ["X3 pregnancy: suspected", "X4 password"]
