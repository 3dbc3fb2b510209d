"""The decision is pinned: public code often hangs its number on other companies."""

from breachkit.facts import table
from breachkit.severity import case, case_strata, cases


def test_the_decision_is_this_case_and_no_other():
    row = case("dedalus-2021")
    assert row["source"] == "CNIL SAN-2022-009" and row["id"] == "dedalus-2021"
    assert row["sanction"] == "EUR 1,500,000; adopted 15 April 2022, published 21 April 2022"
    assert (row["fine_eur"], row["articles"], row["people"]) == (1_500_000, "28(3); 29; 32", 491_840)
    assert row["score"] == 5.0 and row["band"] == "very_high"
    holders = [
        name
        for name, source in table("severity", "cases").select("id", "source").rows()
        if "2022-009" in source
    ]
    assert holders == ["dedalus-2021"]


def test_the_library():
    assert cases().height == 29 and cases()["id"].is_unique().all()
    assert cases().filter(cases()["score"].is_null())["id"].to_list() == ["cegedim-2024", "doctissimo-2023"]
    assert cases().filter(cases()["score"] >= 5)["score"].is_in([5.0, 5.25]).sum() == 18
    scores = dict(case_strata().select("stratum", "score").rows())
    assert (scores["free-text notes"], scores["administrative"], scores["medicines"], scores["others"]) == (
        5,
        2,
        5,
        3,
    )


def test_the_scores_of_the_table():
    expected = {
        "viamedis-almerys-2024": 3,
        "chsf-2022": 5.25,
        "nexpublica-2022": 4.25,
        "apoteket-2022": 4.25,
        "medhelp-2019": 4.5,
        "optical-center-2017": 3.5,
        "anthem-2015": 4,
        "free-2024": 3,
        "amca-2019": 5,
        "haga-2019": 4.25,
        "vastaamo-2020": 5,
        "france-travail-2024": 3,
        "23andme-2023": 5,
    }
    for name, score in expected.items():
        assert case(name)["score"] == score
