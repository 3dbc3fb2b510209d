"""Who is the same person: cases a reader can check by hand, and properties on drawn records."""

import types
from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from breachkit import BreachkitError
from breachkit.people import consolidate, pairwise

TEXT = (
    *("qi_sex", "qi_postcode", "qi_commune", "qi_first_name", "qi_last_name", "qi_birth_name"),
    *("qi_department", "key_nir", "key_patient_id", "key_email", "key_phone_mobile", "key_phone_landline"),
    "laboratory",
)
OWN = "2650329000001"
BORN = date(1965, 3, 12)
MARIE = {
    "qi_sex": "F",
    "qi_first_name": "MARIE",
    "qi_last_name": "DURAND",
    "qi_birth_date": BORN,
    "qi_postcode": "29200",
}


def records(*rows):
    schema = dict.fromkeys(TEXT, pl.String) | {"qi_birth_date": pl.Date, "visit_date": pl.Date}
    schema |= {"has_nir": pl.Boolean, "hiv": pl.Int8}
    frame = pl.DataFrame([dict.fromkeys(schema) | row for row in rows], schema=schema)
    n = pl.int_range(pl.len(), dtype=pl.Int64)
    frame = frame.select(n.alias("record_id"), n.alias("row"), pl.lit("t").alias("table"), pl.all())
    prescribers = {"record_id": pl.Int64, "key_prescriber": pl.String, "has_last_name": pl.Boolean}
    return types.SimpleNamespace(frame=frame.lazy(), prescribers=pl.LazyFrame(schema=prescribers))


def groups(found):
    members = found.members.collect()
    by_person = members.group_by("person_id").agg(pl.col("record_id").sort())
    return sorted(tuple(ids) for ids in by_person["record_id"])


def who(*rows, rules=None):
    return groups(consolidate(records(*rows), rules=rules))


def rules_with(**more):
    from breachkit.facts import document

    return dict(document("people", "rules")) | more


def test_same_nir_and_birth_date():
    assert who(MARIE | {"key_nir": OWN}, MARIE | {"key_nir": OWN, "qi_postcode": "75001"}) == [(0, 1)]


def test_twins_share_all_but_the_first_name():
    claire = MARIE | {"qi_first_name": "CLAIRE"}
    for nir in (None, "1400329000001"):  # none, or a parent's
        assert who(MARIE | {"key_nir": nir}, claire | {"key_nir": nir}) == [(0,), (1,)]


def test_a_record_without_first_name_does_not_join_twins():
    marie = MARIE | {"key_nir": OWN}
    claire, nobody = marie | {"qi_first_name": "CLAIRE"}, marie | {"qi_first_name": None}
    found = consolidate(records(marie, claire, nobody))
    assert groups(found) == [(0,), (1,), (2,)]
    cut = found.conflicts.filter(pl.col("rule").str.starts_with("cut:")).collect()
    assert set(cut["person_id"]) == {0, 1, 2}
    assert "not followed" in found.card("en").text()


def test_a_twins_record_without_first_name_may_be_the_other_twins():
    twin = MARIE | {"key_nir": "1400329000001"}  # a parent's
    found = consolidate(records(twin, twin | {"qi_first_name": None}))
    assert groups(found) == [(0,), (1,)]
    assert "kept_apart:name_birth_date_postcode" in set(found.conflicts.collect()["rule"])


def test_a_child_with_a_parents_nir():
    child = MARIE | {"qi_first_name": "LEO", "qi_sex": "M", "qi_birth_date": date(2015, 1, 2), "key_nir": OWN}
    found = consolidate(records(MARIE | {"key_nir": OWN}, child))
    assert groups(found) == [(0,), (1,)]
    assert "kept_apart:nir" in set(found.conflicts.collect()["rule"])


def test_siblings_of_one_name_with_a_parents_nir():
    one = MARIE | {"qi_birth_date": date(2007, 6, 11), "key_nir": "1811229000001"}
    assert who(one, one | {"qi_birth_date": date(2010, 6, 11)}) == [(0,), (1,)]


def test_married_name():
    maiden = MARIE | {"qi_last_name": "LE GALL", "qi_postcode": None}
    assert who(maiden, MARIE | {"qi_birth_name": "LE GALL"}) == [(0, 1)]


def test_marie_and_marie_claude_and_an_initial():
    assert who(MARIE, MARIE | {"qi_first_name": "MARIE CLAUDE"}) == [(0, 1)]
    assert who(MARIE, MARIE | {"qi_first_name": "M"}) == [(0, 1)]
    assert who(MARIE, MARIE | {"qi_first_name": "MARIETTE"}) == [(0,), (1,)]


def test_marie_does_not_join_marie_claude_with_marie_anne():
    others = [MARIE | {"qi_first_name": name} for name in ("MARIE CLAUDE", "MARIE ANNE")]
    assert who(MARIE, *others) == [(0,), (1,), (2,)]


def test_swapped_day_and_month():
    assert who(MARIE, MARIE | {"qi_birth_date": date(1965, 12, 3)}) == [(0, 1)]
    assert who(MARIE, MARIE | {"qi_birth_date": date(1965, 12, 4)}) == [(0,), (1,)]


def test_a_patient_number_counts_within_its_laboratory():
    here = {"key_patient_id": "12", "laboratory": "LABO A"}
    assert who(MARIE | here, {**here}) == [(0, 1)]
    assert who({"key_patient_id": "12", "laboratory": "LABO B"}, {**here}) == [(0,), (1,)]


def test_missing_keys_join_nobody():
    assert who({}, {}, {"qi_first_name": "MARIE"}) == [(0,), (1,), (2,)]
    assert who(MARIE) == [(0,)]


def test_no_record_is_nobody():
    found = consolidate(records())
    assert (found.n_people, found.n_records, groups(found)) == (0, 0, [])
    assert pairwise(found.members, found.members).precision is None


def test_status_by_max_name_by_vote_and_the_conflict_listed():
    nir = {"key_nir": OWN, "has_nir": True}
    rows = [
        MARIE | nir | {"hiv": 5},
        MARIE | nir | {"hiv": 7},
        MARIE | {"key_nir": OWN, "qi_postcode": "75001", "hiv": 0},
    ]
    found = consolidate(records(*rows))
    person = found.frame.collect().row(0, named=True)
    assert (person["hiv"], person["has_nir"], person["qi_postcode"], person["n_records"]) == (
        7,
        True,
        "29200",
        3,
    )
    assert found.conflicts.collect().rows() == [(0, "qi_postcode", 2, "majority")]


def test_the_weakest_rule_that_had_to_hold():
    rows = [MARIE | {"key_nir": OWN}] * 2 + [MARIE]
    person = consolidate(records(*rows)).frame.collect().row(0, named=True)
    assert (person["merge_rule"], person["merge_confidence"]) == ("name_birth_date_postcode", 0.995)


def test_decisions_hold_at_every_run_and_through_a_third():
    three = [MARIE | {"key_nir": OWN}] * 3
    rules = rules_with(keep_apart=[[0, 1]])
    found = consolidate(records(*three), rules=rules)
    assert groups(found) == groups(consolidate(records(*three), rules=rules)) == [(0,), (1,), (2,)]
    assert found.conflicts.filter(pl.col("rule") == "cut:nir_birth_date").collect().height == 3
    decided = rules_with(keep_apart=[[0, 1]], merge=[[1, 2]])
    assert who(*three, rules=decided) == [(0,), (1, 2)]
    strangers = consolidate(records(MARIE, {}), rules=rules_with(merge=[[0, 1]]))
    assert strangers.frame.collect()["merge_rule"].to_list() == ["decision"]


def test_a_decision_joins_what_a_barrier_keeps_apart():
    claire = MARIE | {"qi_first_name": "CLAIRE"}
    assert who(MARIE, claire, rules=rules_with(merge=[[1, 0]])) == [(0, 1)]


@pytest.mark.parametrize(
    ("decisions", "said"),
    [
        ({"merge": [[0, 1], [1, 2]], "keep_apart": [[2, 0]]}, "also merged"),
        ({"merge": [[0, 99]]}, "record 99"),
        ({"keep_apart": [[1, 1]]}, "not a pair"),
        ({"keep_apart": 3}, "not a list"),
        ({"barriers": ["prenom"]}, "Unknown column 'prenom'"),
        ({"rules": [{"id": "x", "keys": []}]}, "keys"),
    ],
)
def test_bad_rules_say_what_is_wrong(decisions, said):
    with pytest.raises(BreachkitError, match=said):
        consolidate(records(MARIE, MARIE, MARIE), rules=rules_with(**decisions))


def test_a_crowd_is_listed_not_merged():
    rows = [
        {"key_nir": OWN, "qi_first_name": f"NAME{chr(65 + i // 26)}{chr(65 + i % 26)}"} for i in range(40)
    ]
    found = consolidate(records(*rows, {"key_nir": OWN}))
    assert found.n_people == 41
    assert found.conflicts.filter(pl.col("rule") == "crowd:nir").collect().height == 41


def test_a_thousand_visits_of_one_person():
    assert len(who(*[MARIE | {"key_nir": OWN}] * 1_000)) == 1


some = lambda *values: st.sampled_from([None, *values])  # noqa: E731
drawn = st.lists(
    st.fixed_dictionaries(
        {
            "qi_sex": some("F", "M"),
            "qi_first_name": some("MARIE", "MARIE CLAUDE", "CLAIRE"),
            "qi_last_name": some("DURAND", "LE GALL"),
            "qi_birth_name": some("LE GALL"),
            "qi_birth_date": some(BORN, date(1965, 12, 3)),
            "qi_postcode": some("29200"),
            "key_nir": some(OWN),
            "key_patient_id": some("12"),
            "laboratory": some("A", "B"),
        }
    ),
    max_size=9,
)


@given(drawn, st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_order_of_records_changes_nothing(rows, random):
    order = list(range(len(rows)))
    random.shuffle(order)
    mixed = who(*[rows[i] for i in order])
    back = sorted(tuple(sorted(order[i] for i in group)) for group in mixed)
    assert back == who(*rows)


@given(drawn, st.tuples(st.integers(0, 8), st.integers(0, 8)))
@settings(max_examples=40, deadline=None)
def test_what_must_stay_apart_stays_apart(rows, pair):
    a, b = pair
    if a == b or max(pair) >= len(rows):
        return
    found = who(*rows, rules=rules_with(keep_apart=[[a, b]]))
    assert not any(a in group and b in group for group in found)
    assert sorted(i for group in found for i in group) == list(range(len(rows)))


def test_decisions_alone_go_with_the_shipped_rules():
    same = [MARIE | {"key_nir": OWN}] * 2
    assert who(*same, rules={"keep_apart": [[0, 1]]}) == [(0,), (1,)]
    assert who(*same, rules={"merge": []}) == [(0, 1)]
