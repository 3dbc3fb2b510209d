"""From links to persons: the surest links first, and nothing through a third that is kept apart."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from breachkit.errors import BreachkitError
from breachkit.people.rules import Rules

Integers = NDArray[np.int64]
#: In place of a rule's number: a person of one record; a person that only a decision holds together.
ALONE, DECIDED = -2, -1


class Persons(NamedTuple):
    """Who is who: ``person`` of each record, dense, in order of first record.

    ``weakest``: per person, the number of the last rule that had to join something (or `ALONE`, `DECIDED`).
    ``cut``: ``a, b, rule``, the links not followed.
    """

    person: Integers
    weakest: Integers
    cut: pl.DataFrame


def persons(n: int, made: pl.DataFrame, barred: pl.DataFrame, rules: Rules) -> Persons:
    """Group ``n`` records by the links ``a, b, rule, full``, rule by rule; what must stay apart, stays.

    People's decisions come first. Then each rule, its full agreements before its partial ones. Where a batch
    of links would put two records together that are kept apart (by a decision, or as ``barred``: twins
    joined by a record without a first name), the whole batch is cut within that group: which of the
    two it belongs to is not known. So the result depends neither on the order of records nor of links.

    Raises
    ------
    BreachkitError
        When decisions contradict each other, or name records that there are not.
    """
    label = np.arange(n, dtype=np.int64)
    weakest = np.full(n, ALONE, dtype=np.int64)
    together, apart = _decided(rules.merge, n, "merge"), _decided(rules.keep_apart, n, "keep_apart")
    label, weakest = _union(label, weakest, together, DECIDED)
    clash = label[apart[:, 0]] == label[apart[:, 1]]
    if clash.any():
        one, other = apart[clash][0]
        raise BreachkitError(
            f"keep_apart: records {one} and {other} are also merged, directly or through others.",
            hint="Take one of the decisions back.",
        )
    softly = barred.select("a", "b").to_numpy().astype(np.int64).reshape(-1, 2)
    apart = np.concatenate([apart, softly[label[softly[:, 0]] != label[softly[:, 1]]]])
    cut = [made.select("a", "b", "rule").clear()]
    for place in range(len(rules.rules)):
        for full in (True, False):
            batch = made.filter((pl.col("rule") == place) & (pl.col("full") == full))
            if not batch.height:
                continue
            ends = batch.select("a", "b").to_numpy()
            held = _held(label, ends, apart)
            cut.append(batch.filter(pl.Series(~held)).select("a", "b", "rule"))
            label, weakest = _union(label, weakest, ends[held], place)
    first = np.unique(label, return_index=True)[1]
    order = np.empty(first.size, dtype=np.int64)
    order[np.argsort(first, kind="stable")] = np.arange(first.size)
    place_of = np.empty(first.size, dtype=np.int64)
    place_of[order] = weakest[first]
    return Persons(order[np.unique(label, return_inverse=True)[1]], place_of, pl.concat(cut))


def _decided(pairs: tuple[tuple[int, int], ...], n: int, what: str) -> Integers:
    found = np.array([*pairs], dtype=np.int64).reshape(-1, 2)
    unknown = found[(found < 0) | (found >= n)]
    if unknown.size:
        raise BreachkitError(f"{what}: there is no record {unknown[0]}.", hint=f"Records: 0 to {n - 1}.")
    return found


def _joined(label: Integers, ends: Integers) -> tuple[Integers, Integers]:
    """Give the groups that the links touch, and the new group of each."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    touched, where = np.unique(label[ends], return_inverse=True)
    where = where.reshape(-1, 2)
    ones = np.ones(len(where), dtype=np.int8)
    graph = coo_array((ones, (where[:, 0], where[:, 1])), shape=(touched.size, touched.size))
    component = connected_components(graph, directed=False)[1]
    smallest = np.full(touched.size, np.iinfo(np.int64).max)
    np.minimum.at(smallest, component, touched)
    return touched, smallest[component]


def _held(label: Integers, ends: Integers, apart: Integers) -> NDArray[np.bool_]:
    """Say of each link whether its group stays free of pairs that must be apart."""
    touched, new = _joined(label, ends)
    later = np.arange(label.size)
    later[touched] = new
    later = later[label]
    bad = later[apart[:, 0]] == later[apart[:, 1]]
    broken = np.unique(later[apart[bad, 0]])
    inside = label[ends[:, 0]] == label[ends[:, 1]]
    return np.asarray(inside | ~np.isin(later[ends[:, 0]], broken))


def _union(label: Integers, weakest: Integers, ends: Integers, place: int) -> tuple[Integers, Integers]:
    """Join the groups at the links' ends; groups that grow get ``place`` as their weakest rule."""
    if not len(ends):
        return label, weakest
    touched, new = _joined(label, ends)
    later = np.arange(label.size)
    later[touched] = new
    grown = np.zeros(label.size, dtype=bool)
    grown[new[new != touched]] = True
    joined = later[label]
    return joined, np.where(grown[joined], place, weakest)
