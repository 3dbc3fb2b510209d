"""DPC and EI come out of the data: the synthetic 2021 leak, and the same without some of its columns."""

import dataclasses
import json

import polars as pl
import pytest

import breachkit as bk
from breachkit.severity import cases
from breachkit.severity.cnil import pia_json
from breachkit.severity.library import case_strata
from breachkit.severity.sentences import people_words

CASE = "dedalus-2021"
# An occupation or a title ("sœur") can reveal a religion.
TELLING = [
    "PROFESSION",
    "TITRE",
    "COMMENTAIRE_P",
    "COMMENTAIRE_D",
    "GROUPE_SANGUIN",
    "MOT_DE_PASSE",
    "IDENTIFIANT_SR",
    "MEDECIN_SPECIALITE",
]
NAMES = [
    "NOM_USUEL", "NOM_NAISSANCE", "NOM_CONJOINT", "PRENOM", "PRENOM_2", "NIR", "ADRESSE",
    "COMPLEMENT_ADRESSE", "TEL_FIXE", "TEL_MOBILE", "EMAIL", "NUM_DOSSIER", "IDENTIFIANT_SR",
]  # fmt: skip
QUASI = ["DATE_NAISSANCE", "CODE_POSTAL", "VILLE", "COMMUNE_NAISSANCE", "SEXE", "TITRE"]


def walked(leak, dropped=()):
    tables = {name: frame.drop(dropped, strict=False) for name, frame in leak.tables.items()}
    bare = dataclasses.replace(leak, tables=tables)
    return bk.expose(bk.consolidate(bk.label(bare, bk.classify(bare))))


@pytest.fixture(scope="module")
def leak():
    return bk.synthesize(patients=1_500, seed=5)


@pytest.fixture(scope="module")
def whole(leak):
    return bk.score(walked(leak), CASE)


def people_at(severity, stratum):
    return int(severity.by_stratum.filter(stratum=stratum)["people"].sum())


def test_the_whole_leak_reaches_five(whole):
    assert whole.score_max == 5.0 and people_at(whole, "result") > 0


def test_without_the_comments_fewer_have_a_result(leak, whole):
    bare = bk.score(walked(leak, ["COMMENTAIRE_P", "COMMENTAIRE_D"]), CASE)
    assert people_at(bare, "result") < people_at(whole, "result")
    # The password still opens the results: the worst-off stay at 5.
    assert bare.score_max == 5.0 and people_at(bare, "credentials") >= people_at(whole, "credentials")


def test_without_any_telling_column_dpc_falls_and_so_does_the_score(leak, whole):
    bare = bk.score(walked(leak, TELLING), CASE)
    assert bare.by_stratum["dpc"].max() < whole.by_stratum["dpc"].max()
    assert bare.score_max < whole.score_max
    assert people_at(bare, "result") == people_at(bare, "credentials") == 0


def test_without_identifiers_ei_falls(leak, whole):
    pseudonymised = bk.score(walked(leak, [*NAMES, *QUASI]), CASE)

    def mean(severity):
        return severity.by_stratum.select(
            (pl.col("ei") * pl.col("people")).sum() / pl.col("people").sum()
        ).item()

    assert mean(pseudonymised) < mean(bk.score(walked(leak, NAMES), CASE)) <= mean(whole) == 1.0


def test_eighteen_known_cases_saturate_and_seventeen_by_their_main_stratum():
    assert cases().filter(pl.col("score") >= 5).height == 18
    main = case_strata().sort("people", descending=True, nulls_last=True).unique("id", keep="first")
    by_main = set(main.filter(pl.col("score") >= 5)["id"])
    worst = set(cases().filter(pl.col("score") >= 5)["id"])
    # Three cases saturate only by a minority of their people; the reference counted Equifax by its majority.
    assert worst - by_main == {"equifax-2017", "cegedim-mlm-2025", "singhealth-2018"}


def test_the_2021_case_is_not_named_in_titles():
    case = cases().filter(pl.col("id") == CASE).row(0, named=True)
    assert "SAN-2022-009" in case["name"] and "SAN-2022-009" in case["name_fr"]
    assert not any("edalus" in case[column] for column in ("name", "name_fr"))


@pytest.mark.parametrize(
    ("n", "fr", "en"),
    [(0, "0 personne", "0 people"), (1, "1 personne", "1 person"), (2, "2 personnes", "2 people")],
)
def test_singular_and_plural(n, fr, en):
    assert (people_words(n, "fr"), people_words(n, "en")) == (fr, en)


def test_marks_of_what_is_not_verified_show_in_the_plot(whole):
    drawn = [label.get_text() for label in whole.plot(lang="fr").figure.axes[0].get_yticklabels()]
    assert any("[non vérifié]" in name for name in drawn) and any(
        "[vérifié en partie]" in name for name in drawn
    )
    assert "Hôpital de Cannes" in drawn and not any("edalus" in name for name in drawn)


def test_the_pia_file_has_the_structure_of_the_cnil_tool(whole):
    from breachkit.circumstances import load

    made = json.loads(json.dumps(pia_json(whole, load(CASE), lang="fr")))
    assert set(made) == {"pia", "answers", "measures", "evaluations", "comments"}
    assert {"dbVersion", "numberOfQuestions", "status", "name", "author_name", "evaluator_name",
            "validator_name", "dpo_status", "dpo_opinion"} <= set(made["pia"])  # fmt: skip
    assert made["pia"]["dbVersion"] == 201707071818 and made["pia"]["numberOfQuestions"] == 36
    for answer in made["answers"]:
        assert set(answer) == {"id", "pia_id", "reference_to", "data", "created_at", "updated_at"}
        assert set(answer["data"]) == {"text", "gauge", "list"} and answer["data"]["gauge"] in (
            None,
            0,
            1,
            2,
            3,
            4,
        )
    gauges = {a["reference_to"]: a["data"]["gauge"] for a in made["answers"]}
    assert (gauges[325], gauges[326]) == (4, 4)
    assert {325, 326, 335, 336, 345, 346} <= set(gauges)
    assert len({a["id"] for a in made["answers"]}) == len(made["answers"])
