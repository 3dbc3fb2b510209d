"""Families of wording: one short sentence of our own for each mechanism and family of cues or terms."""

import pytest

from breachkit.classify.text import classify_text, qualify
from breachkit.classify.text.values import interpret


def verdicts(text, lang="fr"):
    return set(classify_text([text], lang=lang).select("category", "status").rows())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ne rien dire à son mari, IVG", ("abortion", "asserted")),
        ("? dépression", ("mental_health", "suspected")),
        ("suspicion d'hépatite C confirmée", ("hepatitis", "asserted")),
        ("TS médic. en 2012", ("mental_health", "history")),
        ("chimio 03/2012", ("cancer", "history")),
        ("greffé rein 2012", ("transplant", "asserted")),
        ("groupe B RH-", ("blood_group", "asserted")),
        ("mammo normale", ("cancer", "negated")),
        ("frottis ASCUS", ("cancer", "suspected")),
        ("gay, demande PrEP", ("sexual_orientation", "asserted")),
        ("2 FCS", ("pregnancy", "history")),
        ("HbA1c 9,1 %", ("diabetes", "asserted")),
        ("HbA1c 41 mmol/mol", ("diabetes", "tested")),
        ("risque T21 1/80", ("prenatal", "suspected")),
        ("risque T21 1/8000", ("prenatal", "negated")),
        ("chez le père une maladie de Huntington", ("genetic", "other_person")),
        ("diab gesta", ("diabetes", "asserted")),
        ("ALD 23", ("mental_health", "asserted")),
        ("AVC", ("health_other", "asserted")),
        ("Accident vasculaire cérébral", ("health_other", "asserted")),
        ("mutation facteur V Leiden", ("genetic", "asserted")),
        ("délégué FO", ("union", "asserted")),
        ("carte du parti, vote RN", ("political", "asserted")),
        ("scan rétinien enregistré", ("biometric", "asserted")),
        ("néphrectomie", ("health_other", "asserted")),
    ],
)
def test_families_of_wording(text, expected):
    assert expected in verdicts(text)


@pytest.mark.parametrize(
    "text",
    [
        "Mme CATHOLIQUE Denise",
        "M. PILULE Gérard",
        "RGO",
        "AME",
        "IVG SARL, plomberie",
        "rue Saint-Syndicat",
        "à l'origine d'un retard",
        "dépression atmosphérique",
        "avortement de la procédure",
        "vendeur de tabac",
    ],
)
def test_what_reveals_nothing(text):
    assert verdicts(text) == set()


def test_a_general_word_of_disease_gives_way_within_a_phrase_but_not_in_a_list():
    assert verdicts("infection par le VIH") == {("hiv", "asserted")}
    assert verdicts("VIH, infection cutanée") == {("hiv", "asserted"), ("health_other", "asserted")}


@pytest.mark.parametrize(
    ("text", "span", "status", "lang"),
    [
        ("Pas de récidive de la fistule.", "fistule", "history", "fr"),
        ("Pas de récidive de la fistule.", "récidive", "negated", "fr"),
        ("Le traitement n'a pas permis de contrôler la douleur.", "douleur", "asserted", "fr"),
        ("Pas de signes méningés, conscience normale, toux grasse.", "toux", "asserted", "fr"),
        ("Le bilan d'une anémie est en cours.", "anémie", "asserted", "fr"),
        ("Holter posé afin de dépister une arythmie.", "arythmie", "tested", "fr"),
        ("Soit une cystite, soit une prostatite.", "prostatite", "suspected", "fr"),
        ("Éthylisme non sevré.", "Éthylisme", "asserted", "fr"),
        ("No recurrence of the flutter.", "flutter", "history", "en"),
        ("No significant change in effusion.", "effusion", "asserted", "en"),
        ("Tests were inconclusive for Lyme disease.", "Lyme disease", "suspected", "en"),
        ("Last seizure two years ago.", "seizure", "history", "en"),
    ],
)
def test_families_of_cues(text, span, status, lang):
    start = text.index(span)
    assert qualify([text], [start], [start + len(span)], lang=lang)[0] == status


def test_a_unit_chooses_the_threshold_and_none_means_the_first():
    assert interpret("hba1c", 7) == (("diabetes", "asserted"),)
    assert interpret("hba1c", 41, unit="mmol") == (("diabetes", "tested"),)
    assert interpret("glycemie", 1.3, unit="g") == (("diabetes", "suspected"),)
    assert interpret("glycemie", 5.2, unit="mmol") == (("diabetes", "tested"),)
