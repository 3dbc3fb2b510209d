from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from breachkit.whatif.shapley import interaction, shapley

PLAYERS = ("a", "b", "c")
SUBSETS = [frozenset(c) for size in range(4) for c in combinations(PLAYERS, size)]


@given(st.lists(st.floats(0, 1e6), min_size=8, max_size=8))
def test_shares_add_up_to_none_less_all(values):
    harm = {on: np.array([value]) for on, value in zip(SUBSETS, values, strict=True)}
    total = sum(float(share[0]) for share in shapley(harm, PLAYERS).values())
    assert np.isclose(total, values[0] - values[-1], atol=1e-6)


def test_who_does_nothing_deserves_nothing_and_equals_share_equally():
    harm = {on: np.array([10.0 - 3.0 * len(on - {"c"})]) for on in SUBSETS}
    assert {name: float(share[0]) for name, share in shapley(harm, PLAYERS).items()} == {
        "a": 3.0,
        "b": 3.0,
        "c": 0.0,
    }


def test_two_locks_on_one_door_substitute_for_each_other():
    either = {on: np.array([0.0 if on else 10.0]) for on in SUBSETS}
    both = {on: np.array([0.0 if {"a", "b"} <= on else 10.0]) for on in SUBSETS}
    assert interaction(either, "a", "b") < 0 < interaction(both, "a", "b")
