"""Union-find in pieces, against sets that grow link by link."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from breachkit.people.grouping import ALONE, Forest

links = st.lists(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=6), max_size=4)


@given(links)
def test_groups_are_those_of_sets(pieces):
    forest, sets = Forest(10), [{i} for i in range(10)]
    for place, piece in enumerate(pieces):
        forest.join(np.array(piece, dtype=np.int64).reshape(-1, 2), place)
        for a, b in piece:
            joined = next(s for s in sets if a in s) | next(s for s in sets if b in s)
            sets = [s for s in sets if not s & joined] + [joined]
    top = forest.top(np.arange(10)).tolist()
    assert top == [min(next(s for s in sets if i in s)) for i in range(10)]


def test_the_last_rule_that_made_a_group_grow():
    forest = Forest(4)
    forest.join(np.array([[2, 1]]), 5)
    before = forest.copy()
    forest.join(np.array([[1, 2], [2, 0]]), 7)
    assert forest.weakest[forest.top(np.arange(4))].tolist() == [7, 7, 7, ALONE]
    assert before.weakest[before.top(np.arange(4))].tolist() == [ALONE, 5, 5, ALONE]
