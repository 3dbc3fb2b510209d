"""Partitions: every pair that shares a key meets once, and no result depends on how many there are."""

from itertools import combinations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from breachkit import BreachkitError
from breachkit.people import consolidate, load_rules
from breachkit.people.candidates import Source, partitions
from breachkit.people.shelf import Shelf
from tests.people.test_consolidate import BORN, MARIE, OWN, records, some

value = st.sampled_from([None, "1", "2", "3"])
rows = st.lists(
    st.fixed_dictionaries(
        {
            "qi_sex": some("F", "M"),
            "qi_first_name": some("MARIE", "MARIE CLAUDE", "CLAIRE"),
            "qi_last_name": some("DURAND", "LE GALL"),
            "qi_birth_name": some("LE GALL"),
            "qi_birth_date": some(BORN),
            "qi_postcode": some("29200"),
            "key_nir": some(OWN),
            "key_patient_id": some("12"),
            "key_phone_mobile": value,
            "key_phone_landline": value,
            "laboratory": some("A", "B"),
            "visit_date": some(BORN),
        }
    ),
    max_size=12,
)
PARTS = ("frame", "prescribers", "visits", "conflicts", "members")


def with_doctors(drawn):
    made = records(*drawn)
    made.prescribers = made.frame.select(
        "record_id",
        pl.col("key_phone_mobile").alias("key_prescriber"),
        (pl.col("record_id") % 2 == 0).alias("has_last_name"),
    )
    return made


@given(rows, st.integers(1, 6), st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_the_number_of_partitions_changes_nothing(drawn, count, random):
    made = with_doctors(drawn)
    ids = list(range(len(drawn)))
    random.shuffle(ids)
    made.frame = made.frame.with_columns(record_id=pl.Series(ids, dtype=pl.Int64))
    decided = {"keep_apart": [[0, 1]], "merge": [[2, 3]]} if len(drawn) > 3 else {}
    whole, cut = (consolidate(made, rules=decided or None, partitions=n) for n in (1, count))
    for part in PARTS:
        assert_frame_equal(getattr(whole, part).collect(), getattr(cut, part).collect())


@given(st.lists(st.tuples(value, value), max_size=12), st.integers(1, 5))
@settings(max_examples=60, deadline=None)
def test_every_pair_that_shares_a_key_meets_in_one_partition(phones, size):
    rule = {"id": "x", "confidence": 0.5, "source": "test", "grade": "C"}
    given_ = [{"key_phone_mobile": a, "key_phone_landline": b, "qi_sex": a} for a, b in phones]
    frame = records(*given_).frame
    for keys in (["any_phone"], ["any_phone", "sex"], ["sex"]):
        (only,) = load_rules({"rules": [rule | {"keys": keys}]}).rules
        met = []
        for part in partitions(Source(frame, len(phones), size), only, Shelf(on_disk=True), "p"):
            met += combinations(sorted(part["record_id"]), 2)
        assert len(met) == len(set(met))
        for i, j in combinations(range(len(phones)), 2):
            same = bool({*phones[i]} & {*phones[j]} - {None})
            alike = phones[i][0] is not None and phones[i][0] == phones[j][0]
            wanted = (same or "any_phone" not in keys) and (alike or "sex" not in keys)
            assert not wanted or (i, j) in met


def test_frames_on_disk_are_read_lazily_and_in_order():
    found = consolidate(records(*[MARIE, {}] * 5), partitions=4)
    assert "Parquet SCAN" in found.frame.explain()
    assert found.frame.collect()["person_id"].to_list() == list(range(found.n_people))


@pytest.mark.parametrize("count", [0, -1, 1.5, True])
def test_no_partition_is_refused(count):
    with pytest.raises(BreachkitError, match="partitions="):
        consolidate(records(MARIE), partitions=count)
