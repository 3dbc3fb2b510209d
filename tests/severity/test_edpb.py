import pytest

from breachkit import BreachkitError
from breachkit.facts import table
from breachkit.severity import edpb
from breachkit.severity.library import score_row

CASES = {int(row["case"]): row for row in table("severity", "edpb_cases").iter_rows(named=True)}


def facts(number, **changes):
    row = CASES[number]
    given = {
        "people": int(row["people"]),
        "availability_lost_days": float(row["lost_days"]),
        **{k: row[k] == "1" for k in ("unintelligible", "backup", "widely_exposed", "direct_identity")},
    }
    return edpb(changes.pop("score", score_row(row).score), **(given | changes))


@pytest.mark.parametrize("number", CASES)
def test_the_eighteen_cases(number):
    assert facts(number).outcome == CASES[number]["verdict"]


def test_the_bands_alone_give_fourteen_or_fewer_so_the_rules_of_ours_matter():
    def bands(row):
        score = score_row(row).score
        return "P" if score >= 3 else "A" if score >= 2 else "N"

    moved = [number for number, row in CASES.items() if bands(row) != row["verdict"]]
    assert moved == [2, 10, 11, 14]
    assert [facts(number).rules for number in moved] == [("r1",), ("r4",), ("r2",), ("r2",)]


def test_no_rule_of_ours_moves_another_case():
    used = {number: facts(number).rules for number in CASES}
    assert {number for number, names in used.items() if names} == {1, 2, 6, 10, 11, 14}


ORDER = "NAP"


@pytest.mark.parametrize("number", CASES)
def test_mutations_make_sense(number):
    base = ORDER.index(facts(number).outcome)
    assert ORDER.index(facts(number, unintelligible=True, backup=True).outcome) == 0
    assert ORDER.index(facts(number, people=10 * int(CASES[number]["people"])).outcome) >= base
    assert ORDER.index(facts(number, widely_exposed=True).outcome) >= base
    assert ORDER.index(facts(number, widely_exposed=False).outcome) <= base
    assert ORDER.index(facts(number, availability_lost_days=30.0, backup=False).outcome) >= base


def test_what_hangs_on_the_unknown_is_not_decided_and_named():
    got = edpb((4.0, 6.0), people=5, widely_exposed=True, direct_identity=True)
    assert got.people.verdict == "undecided" and got.people.unknown == ("unintelligible",)
    assert got.outcome == "undecided"


def test_an_unknown_that_does_not_matter_does_not_stop_the_verdict():
    assert edpb(5.0, unintelligible=False).outcome == "P"


def test_encrypted_but_lost_without_a_copy_spares_the_people_not_the_authority():
    got = edpb(5.0, unintelligible=True, backup=False, availability_lost_days=5)
    assert (got.outcome, got.people.reasons) == ("A", ("band_people", "exempt_a"))


@pytest.mark.parametrize("score", [1.1, -1, 7, (3.0, 2.0), True])
def test_a_score_that_cannot_be_is_refused(score):
    with pytest.raises(BreachkitError):
        edpb(score)
