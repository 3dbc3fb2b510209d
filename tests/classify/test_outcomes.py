import polars as pl

import breachkit as bk


def levels(category, **columns):
    frame = pl.DataFrame(columns)
    return bk.label(frame, bk.classify(frame)).frame.collect()[category].to_list()


def test_a_positive_result_is_more_than_a_test():
    results = ["positif", "négatif", "POSITIF (confirmé)", "12", None]
    columns = {"CODE_ACTE": ["0388"] * 5, "LIBELLE_ACTE": ["Sérologie VIH"] * 5, "RESULTAT": results}
    assert levels("hiv", **columns) == [7, 5, 7, 5, 5]


def test_numbers_speak_where_a_limit_is_known():
    columns = {
        "CODE_LOINC": ["4548-4", "4548-4", "21198-7", "21198-7"],
        "RESULTAT": ["8,5", "<6.5", ">1000", "1.2"],
    }
    assert levels("diabetes", **columns)[:2] == [7, 5]
    assert levels("pregnancy", **columns)[2:] == [7, 5]


def test_vaccination_is_no_hepatitis_and_a_man_is_not_pregnant():
    assert levels("hepatitis", CODE_LOINC=["16935-9"] * 6, RESULTAT=["positif"] * 6) != [7] * 6
    assert levels("pregnancy", SEXE=["M", "F"], CODE_LOINC=["2106-3"] * 2, RESULTAT=["positif"] * 2) == [5, 7]


def test_words_where_none_are_expected():
    columns = {
        "nom": ["DURAND VIH+", "GROSSESSE", "GAY", "séropo", "MOINE"],
        "telephone": ["0639981234", None, None, None, "patient sida"],
        "ville": ["CONDOM", "LE SYNDICAT", "VIOLES", None, None],
    }
    frame = pl.DataFrame(columns)
    found = bk.label(frame, bk.classify(frame)).findings.collect()
    assert found.select("record_id", "category").rows() == [(0, "hiv"), (3, "hiv"), (4, "hiv")]
