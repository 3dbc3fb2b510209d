"""What a class tells about a sensitive value: l-diversity, t-closeness, beta, delta, homogeneity."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from breachkit.exposure.codes import Codes

Floats = NDArray[np.float64]


class Disclosure(NamedTuple):
    """The worst class under each measure, and the share of people in classes with one value."""

    l_distinct: int
    l_entropy: float
    l_recursive: float
    alpha: float
    t_equal: float
    t_ordered: float
    beta: float
    beta_enhanced: float
    beta_enhanced_met: bool
    delta: float
    homogeneity: float
    certainty: float


def disclosure(
    people: Codes,
    candidates: Codes,
    cell_class: Codes,
    cell_value: Codes,
    cell_people: Codes,
    overall: Floats,
) -> Disclosure:
    """Compute every disclosure measure from the cells (ordered by class, then value).

    Parameters
    ----------
    people
        People in each class.
    candidates
        People among whom a member of the class hides (the class itself, unless nulls match anything).
    cell_class, cell_value, cell_people
        How many candidates of each class have each value; absent values have no entry.
    overall
        Share of each value in the whole table.
    """
    start = np.searchsorted(cell_class, np.arange(len(people)))
    q = cell_people / candidates[cell_class]
    p = overall[cell_value]
    distinct = np.diff(np.append(start, len(cell_class)))
    entropy = np.maximum(-np.add.reduceat(q * np.log(q), start), 0)
    top = np.maximum.reduceat(q, start)
    gain = (q - p) / p
    ceiling = -np.log(p)
    n = people.sum()
    return Disclosure(
        l_distinct=int(distinct.min()),
        l_entropy=float(np.exp(entropy.min())),
        l_recursive=_recursive(candidates, cell_class, cell_people, start, int(distinct.min())),
        alpha=float(q.max()),
        t_equal=float(max(0.0, (1 - np.add.reduceat(np.minimum(q, p), start)).max())),
        t_ordered=_ordered(candidates, cell_class, cell_value, cell_people, start, overall),
        beta=float(max(0.0, gain.max())),
        beta_enhanced=float(max(0.0, np.minimum(gain, ceiling).max())),
        beta_enhanced_met=bool((gain <= ceiling + 1e-12).all()),
        delta=float(np.abs(np.log(q / p)).max()),
        homogeneity=float(people[distinct == 1].sum() / n),
        certainty=float((people * top).sum() / n),
    )


def _recursive(
    candidates: Codes, cell_class: Codes, cell_people: Codes, start: Codes, diversity: int
) -> float:
    """Largest r_1 / (r_l + ... + r_m) over the classes, counts in descending order, l = distinct l."""
    order = np.lexsort((-cell_people, cell_class))
    counts = cell_people[order]
    rank = np.arange(len(counts)) - start[cell_class[order]]
    head = np.add.reduceat(np.where(rank < diversity - 1, counts, 0), start)
    return float((counts[start] / (candidates - head)).max())


def _ordered(
    candidates: Codes, cell_class: Codes, cell_value: Codes, cell_people: Codes, start: Codes, overall: Floats
) -> float:
    """Earth mover's distance over ordered values, without visiting the values absent from a class.

    Between two present values the class's cumulative share is constant and the table's rises, so that
    their difference changes sign once: two prefix sums give the whole stretch.
    """
    m = len(overall)
    if m == 1:
        return 0.0
    table = np.cumsum(overall)
    table[-1] = 1.0
    prefix = np.concatenate([[0.0], np.cumsum(table)])
    running = np.cumsum(cell_people)
    before = (running[start] - cell_people[start])[cell_class]
    level = (running - before) / candidates[cell_class]
    last = np.append(cell_class[1:] != cell_class[:-1], True)
    until = np.where(last, m, np.append(cell_value[1:], m))
    cross = np.clip(np.searchsorted(table, level), cell_value, until)
    stretch = (
        level * (2 * cross - cell_value - until) + prefix[cell_value] + prefix[until] - 2 * prefix[cross]
    )
    moved = np.add.reduceat(stretch, start) + prefix[cell_value[start]]
    return float(max(0.0, moved.max()) / (m - 1))
