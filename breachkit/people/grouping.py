"""From links to persons: the surest links first, and nothing through a third that is kept apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from breachkit.errors import BreachkitError
from breachkit.people.rules import Rules

Integers = NDArray[np.int64]
#: In place of a rule's number: a person of one record; a person that only a decision holds together.
ALONE, DECIDED = -2, -1
#: Records numbered at a time.
AT_ONCE = 1_000_000
CUT_SCHEMA = pl.Schema({"a": pl.Int64, "b": pl.Int64, "rule": pl.Int32})
#: Yields the links of a rule, those in full agreement or the others: arrays of two columns.
Batches = Callable[[int, bool], Iterator[Integers]]


class Persons(NamedTuple):
    """Who is who: ``person`` of each record, dense, in order of first record.

    ``weakest``: per person, the number of the last rule that had to join something (or `ALONE`, `DECIDED`).
    ``cut``: ``a, b, rule``, the links not followed.
    """

    person: NDArray[np.int32]
    weakest: NDArray[np.int16]
    cut: pl.DataFrame


class Forest:
    """Groups of records, as a union-find over integers: six bytes a record, links in any number of pieces.

    The top of a group is its first record; ``weakest`` holds at each top the rule that last made it grow.
    """

    def __init__(self, n: int) -> None:
        self.parent = np.arange(n, dtype=np.int32)
        self.weakest = np.full(n, ALONE, dtype=np.int16)

    def copy(self) -> Forest:
        """Give an independent copy."""
        other = Forest(0)
        other.parent, other.weakest = self.parent.copy(), self.weakest.copy()
        return other

    def top(self, records: Integers) -> Integers:
        """Give the first record of each one's group."""
        up = self.parent[records]
        while (above := self.parent[up], (above != up).any())[1]:
            up = above
        self.parent[records] = up
        return up.astype(np.int64)

    def join(self, ends: Integers, place: int) -> None:
        """Join the groups at the links' ends; groups that grow get ``place`` as their weakest rule."""
        from scipy.sparse import coo_array
        from scipy.sparse.csgraph import connected_components

        tops = self.top(ends.ravel()).reshape(-1, 2)
        tops = tops[tops[:, 0] != tops[:, 1]]
        if not len(tops):
            return
        touched, where = np.unique(tops, return_inverse=True)
        where = where.reshape(-1, 2)
        ones = np.ones(len(where), dtype=np.int8)
        graph = coo_array((ones, (where[:, 0], where[:, 1])), shape=(touched.size, touched.size))
        component = connected_components(graph, directed=False)[1]
        # `touched` is in order: the first of each component is its smallest record.
        first = touched[np.unique(component, return_index=True)[1]]
        self.parent[touched] = first[component]
        self.weakest[first] = place


def persons(n: int, batches: Batches, barred: Integers, rules: Rules) -> Persons:
    """Group ``n`` records by links, rule by rule; what must stay apart, stays.

    People's decisions come first. Then each rule, its full agreements before its partial ones. Where a batch
    of links would put two records together that are kept apart (by a decision, or as ``barred``: twins
    joined by a record without a first name), the whole batch is cut within that group: which of the
    two it belongs to is not known. So the result depends neither on the order of records nor of links.

    Raises
    ------
    BreachkitError
        When decisions contradict each other, or name records that there are not.
    """
    forest = Forest(n)
    together, apart = _decided(rules.merge, n, "merge"), _decided(rules.keep_apart, n, "keep_apart")
    forest.join(together, DECIDED)
    clash = _together(forest, apart)
    if clash.any():
        one, other = apart[clash][0]
        raise BreachkitError(
            f"keep_apart: records {one} and {other} are also merged, directly or through others.",
            hint="Take one of the decisions back.",
        )
    apart = np.concatenate([apart, barred[~_together(forest, barred)]])
    cut = [pl.DataFrame(schema=CUT_SCHEMA)]
    for place in range(len(rules.rules)):
        for full in (True, False):
            forest, refused = _followed(forest, lambda p=place, f=full: batches(p, f), apart, place)  # type: ignore[misc]
            cut += [_cut(ends, place) for ends in refused]
    for start in range(0, n, AT_ONCE):
        forest.top(np.arange(start, min(n, start + AT_ONCE)))
    # Every record now points straight at the first of its group.
    first = forest.parent == np.arange(n, dtype=np.int32)
    number = np.cumsum(first, dtype=np.int32) - np.int32(1)
    return Persons(number[forest.parent], forest.weakest[first], pl.concat(cut))


def _decided(pairs: tuple[tuple[int, int], ...], n: int, what: str) -> Integers:
    found = np.array([*pairs], dtype=np.int64).reshape(-1, 2)
    unknown = found[(found < 0) | (found >= n)]
    if unknown.size:
        raise BreachkitError(f"{what}: there is no record {unknown[0]}.", hint=f"Records: 0 to {n - 1}.")
    return found


def _cut(ends: Integers, place: int) -> pl.DataFrame:
    rule = np.full(len(ends), place, dtype=np.int32)
    return pl.DataFrame({"a": ends[:, 0], "b": ends[:, 1], "rule": rule}, schema=CUT_SCHEMA)


def _together(forest: Forest, pairs: Integers) -> NDArray[np.bool_]:
    return np.asarray(forest.top(pairs[:, 0]) == forest.top(pairs[:, 1]))


def _followed(
    forest: Forest, batch: Callable[[], Iterable[Integers]], apart: Integers, place: int
) -> tuple[Forest, list[Integers]]:
    """Follow a batch of links, given in pieces; give the groups and the links that were cut."""
    trial = forest.copy()
    for ends in batch():
        trial.join(ends, place)
    broken = np.unique(trial.top(apart[_together(trial, apart), 0]))
    if not broken.size:
        return trial, []
    refused = []
    for ends in batch():
        # A group that is cut stays as it was, so that what lay inside it before still does.
        inside = _together(forest, ends)
        held = inside | ~np.isin(trial.top(ends[:, 0]), broken)
        refused.append(ends[~held])
        forest.join(ends[held], place)
    return forest, refused
