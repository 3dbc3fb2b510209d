"""What names and labels say, and above all what they do not say."""

import polars as pl
import pytest

import breachkit as bk
from breachkit.classify.names import read_name
from breachkit.classify.tokens import tokens

HARMLESS = {None, "amount", "technical", "other_date"}


def attribute(text, scope="name"):
    found = read_name(text, scope)
    return found.attribute if found else None


@pytest.mark.parametrize(
    "name",
    [
        "nom_enseigne",
        "lieu_execution_nom",
        "valeur_fonciere",
        "caractereEmployeurEtablissement",
        "expiration_passeport",
        "condition_acces",
        "service",
        "famille",
        "LAST",
        "procedure",
        "NAIS1318",
        "TP6019",
        "DER_SS_SEQ",
        "UNITE_RES",
        "localisation",
        "address_verified",
        "condition_occurrence_id",
    ],
)
def test_a_generic_word_beside_another_thing_says_nothing(name):
    assert attribute(name) in HARMLESS


@pytest.mark.parametrize(
    "label",
    [
        "Nomenclature d'activité de l'établissement",
        "Séjour facturable à l'assurance maladie",
        "Nom du protocole",
        "Numéro interne de classement de l'établissement",
        "Nom commercial, tel qu'il est affiché",
        "Régime de circulation",
        "Number of encounters",
        "Date d'expiration du passeport",
        "Unité du résultat",
        "Age units",
        "Âge théorique de départ",
        "Titre de la mission",
        "Adresse du site web",
        "Unique act identifier",
        "Short text that identifies the location",
        "Code du pays",
    ],
)
def test_the_first_word_of_a_label_decides(label):
    assert attribute(label, "label") in HARMLESS


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Établissement de soins", "facility_id"),
        ("Médecin traitant", "prescriber_id"),
        ("Résultat de l'analyse", "result_value"),
        ("Nom d'usage", "last_name"),
        ("Motif de consultation", "free_text"),
        ("Cryptage irréversible de l'IPP", "pseudonym"),
    ],
)
def test_the_same_words_at_the_head_do_speak(label, expected):
    assert attribute(label, "label") == expected


@pytest.mark.parametrize(
    ("name", "expected"), [("DTSOR", "visit_date"), ("NOSEJ", "patient_id"), ("CDPOSTAL", "postcode")]
)
def test_two_letters_may_head_a_joined_name(name, expected):
    assert attribute(name) == expected


def test_a_prefix_that_a_table_puts_before_its_names_is_taken_off():
    names = ["XQNOM", "XQPRENOM", "XQSEXE", "XQADRESSE", "XQDDN", "XQZZZ"]
    found = bk.classify(pl.DataFrame(schema=dict.fromkeys(names, pl.String))).to_frame()
    expected = ["last_name", "first_name", "sex", "address", "birth_date", None]
    assert found["attribute"].to_list() == expected


def test_a_place_open_to_the_public_reveals_nobody():
    fields = bk.classify(
        pl.DataFrame(schema={"accessibilite_pmr": pl.String}),
        dictionary={"accessibilite_pmr": "Accessibilité aux personnes à mobilité réduite"},
    ).to_frame()
    assert fields["categories"].to_list() == [[]]


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Cause directe de décès", "diagnosis_code"),
        ("Result or finding in original units", "result_value"),
        ("Geographic code of residence", "postcode"),
        ("Nom de l'hébergeur", "last_name"),
        ("RQTH", "category:disability"),
        ("LMP", "category:pregnancy"),
    ],
)
def test_a_label_of_two_ideas_says_the_more_telling_one(label, expected):
    assert attribute(label, "label") == expected


@pytest.mark.parametrize(
    ("label", "attribute"),
    [
        ("Code à 4 chiffres", None),
        ("Identifiant métier", "technical"),
        ("Tour de taille en cm", "result_value"),
        ("Inclinaison par rapport à la verticale", None),
        ("Compte rendu opératoire", "free_text"),
    ],
)
def test_phrases_and_homographs_of_labels(label, attribute):
    read = read_name(label, "label", frozenset({"around_people"}))
    assert (read.attribute if read else None) == attribute


def test_a_phrase_is_never_read_inside_a_word():
    assert "count" not in tokens("NUMBER_OFFSET")
    assert tokens("par rapporteur", cut=False) == ("par", "rapporteur")


def test_phrases_take_either_apostrophe():
    assert tokens("mode d’emploi") == tokens("mode d'emploi") == ("notice",)
