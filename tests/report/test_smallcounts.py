"""Small counts: out of sentences, tables and assessment.json, and not to be had back by subtraction."""

import json

import pytest

from breachkit.facts import table
from breachkit.report.smallcounts import exposure_to_share, hidden, told, written


def test_subtraction_brings_nothing_back():
    assert hidden([500, 3, 40]) == [500, None, None]
    assert hidden([500, 0, 40]) == [500, 0, 40]
    # 2 people alone in their band: the band's other stratum goes too.
    assert hidden([100, 2, 60, 900], [[1, 2]])[:3] == [100, None, None]


def test_a_table_says_small_or_not_told():
    assert written([500, 3, 40], "fr") == ["500", "< 5", "non dit"]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_phrasing_hides_its_own_example(lang):
    for row in table("report", "phrasings").filter(lang=lang).iter_rows(named=True):
        assert "3" not in told(row["example"], lang), row


@pytest.mark.parametrize("n", [1, 2, 3, 4])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_sentences_of_the_stations_are_covered(n, lang):
    """Every sentence that carries a count of people loses it when the count is small."""
    from breachkit.exposure.sentences import counted
    from breachkit.locale import say
    from breachkit.severity.sentences import card  # noqa: F401  (its sentences are said below)

    people = say("severity", "people_one" if n == 1 else "people_many", lang, n=n)
    said = [
        say("severity", "score_point", lang, score="7,50", band="x", people=people),
        say("severity", "spread", lang, high=n, people=say("severity", "people_many", lang, n="800")),
        say("severity", "flag_MINORS", lang, people=n),
        say("severity", "flag_CREDENTIALS", lang, people=n),
        counted("reveals", n, lang, people="800"),
        counted("finds", n, lang, people="800", share="0,6 %", who="X", reach="y"),
        counted("minors", n, lang),
        counted("passwords", n, lang, guessable=n),
        say("exposure", "wp29_singling_out", lang, people=n, share="0,6 %"),
    ]
    for sentence in said:
        words = told(sentence, lang)
        kept = words.replace("33", "").replace("29", "").replace("DPC 4", "").replace("S4", "")
        kept = (
            kept.replace("7,50", "").replace("6,", "").replace(" 6 ", " ").replace("800", "").replace("5", "")
        )
        assert str(n) not in kept, (sentence, words)


def test_large_counts_and_estimates_stay():
    for sentence in ("pour 1 203 personnes.", "pour 1\u202f003 personnes.", "13 personnes", "12,3 personnes"):
        assert told(sentence, "fr") == sentence


def counts(value, path=""):
    """Every number under a name that counts people."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from counts(item, f"{path}.{key}")
    elif isinstance(value, list):
        for item in value:
            yield from counts(item, path)
    elif path.rsplit(".", 1)[-1] in {
        "people",
        "findable",
        "learned",
        "own",
        "findable_own",
        "revealed",
        "eligible",
    }:
        yield path, value


def test_what_is_handed_on_holds_no_small_count(result, work):
    kept = json.loads((work / "assessment.json").read_text())
    assert kept["exact"] is False
    kept["what_if"] = None  # averages over futures, not counts
    small = [(path, n) for path, n in counts(kept) if n is not None and 0 < n < 5]
    assert not small
    revealed = list(counts(result.to_dict(reveal=True)["exposure"]["categories"], ".people"))
    assert any(0 < n < 5 for _, n in revealed)


def test_paths_are_not_handed_on(result):
    assert [source["origin"] for source in result.to_dict()["leak"]["provenance"]] == ["*.csv"]


def test_averages_do_not_give_a_hidden_count_back(result):
    shared = result.to_dict()
    hushed = {r["category"] for r in shared["exposure"]["categories"] if r["people"] is None}
    assert hushed
    assert not hushed & {row["category"] for row in shared["what_if"]["categories"]}


def test_strata_sum_to_no_hidden_one(result):
    rows = result.to_dict()["severity"]["by_stratum"]
    gone = [one for one in rows if one["people"] is None]
    assert len(gone) != 1


def test_maps_draw_what_may_be_shared(result):
    shared = exposure_to_share(result.exposure)
    for kind in ("matrix", "identifiability", "departments", "removal", "overlaps"):
        data = shared.plot(kind, lang="fr").data
        for name in {"people", "findable", "left", "unique"} & set(data.columns):
            assert not data[name].is_between(1, 4).any(), (kind, name)
