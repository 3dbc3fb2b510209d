"""Missing values that match anything: who is compatible with whom, by patterns of missing values.

Two people are compatible if no column is known of both and differs. The relation is not transitive, so
there are no classes: each class of equal values gets its own set of candidates. Columns known on both
sides depend on the two patterns of missing values only, so that one projection per pattern and common
columns counts them, whatever the number of pairs of people.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from breachkit.exposure.cells import Cells
from breachkit.exposure.codes import Codes, combine

# Work bounds: class visits in all, and cells held at once (24 bytes each).
MOST_VISITS = 300_000_000
MOST_CELLS = 10_000_000


def _masks(codes: Codes) -> Codes:
    return combine([(codes[:, i] > 0).astype(np.int64) for i in range(codes.shape[1])])


def patterns(codes: Codes) -> int:
    """Count the distinct patterns of missing values."""
    return int(_masks(codes).max()) + 1 if len(codes) else 0


def _projections(left: Codes, right: Codes) -> Iterator[tuple[Codes, Codes, Codes, Codes]]:
    """Yield index and projected group of left rows, and of the right rows that share those columns."""
    left_masks, right_masks = _masks(left), _masks(right)
    members = [np.flatnonzero(right_masks == b) for b in range(int(right_masks.max()) + 1)]
    known = [right[rows[0]] > 0 for rows in members]
    for a in range(int(left_masks.max()) + 1):
        here = np.flatnonzero(left_masks == a)
        common: dict[tuple[bool, ...], list[Codes]] = {}
        for rows, mask in zip(members, known, strict=True):
            common.setdefault(tuple((left[here[0]] > 0) & mask), []).append(rows)
        for columns, groups in common.items():
            there = np.concatenate(groups)
            at = np.flatnonzero(columns)
            if len(at):
                group = combine([np.concatenate([left[here, i], right[there, i]]) for i in at])
            else:
                group = np.zeros(len(here) + len(there), dtype=np.int64)
            yield here, group[: len(here)], there, group[len(here) :]


def compatible(left: Codes, right: Codes, people: Codes) -> Codes | None:
    """Count, for each left row, the people of the right rows that do not contradict it.

    ``None`` if so many patterns of missing values occur that it would take too long.

    Examples
    --------
    The man without a postcode (code 0) may be either of the other two men:

    >>> codes = np.array([[1, 1], [1, 2], [1, 0]])
    >>> compatible(codes, codes, np.array([1, 1, 1])).tolist()
    [2, 2, 3]
    """
    if not len(right):
        return np.zeros(len(left), dtype=np.int64)
    if patterns(left) * len(right) > MOST_VISITS or patterns(left) * patterns(right) > 2**16:
        return None
    total = np.zeros(len(left), dtype=np.int64)
    for here, group, there, other in _projections(left, right):
        size = int(max(group.max(), other.max())) + 1
        total[here] += np.bincount(other, weights=people[there], minlength=size).astype(np.int64)[group]
    return total


def compatible_cells(cells: Cells) -> tuple[tuple[Codes, Codes, Codes] | None, int]:
    """Count the candidates of each class by sensitive value; the cells, and how many are needed.

    The cells are ``None`` without a sensitive column or if more than `MOST_CELLS` are needed.
    """
    if not len(cells.cell_class):
        return None, 0
    classes: list[Codes] = []
    values: list[Codes] = []
    people: list[Codes] = []
    needed = 0
    first = np.searchsorted(cells.cell_class, np.arange(len(cells.people) + 1))
    for here, group, there, other in _projections(cells.codes, cells.codes):
        index, counts = _cells_of(cells, first, there, other, int(max(group.max(), other.max())) + 1)
        sizes = np.diff(index)[group]
        needed += int(sizes.sum())
        if needed > MOST_CELLS:
            continue
        take = np.repeat(index[group] - (np.cumsum(sizes) - sizes), sizes) + np.arange(sizes.sum())
        classes.append(np.repeat(here, sizes))
        values.append(counts[0][take])
        people.append(counts[1][take])
    if needed > MOST_CELLS:
        return None, needed
    key = np.concatenate(classes) * cells.n_values + np.concatenate(values)
    cell, where = np.unique(key, return_inverse=True)
    total = np.bincount(where, weights=np.concatenate(people)).astype(np.int64)
    return (cell // cells.n_values, cell % cells.n_values, total), needed


def _cells_of(
    cells: Cells, first: Codes, there: Codes, group: Codes, size: int
) -> tuple[Codes, tuple[Codes, Codes]]:
    """Cells of projected groups: where each group starts, and its (values, people)."""
    sizes = np.diff(first)[there]
    take = np.repeat(first[there] - (np.cumsum(sizes) - sizes), sizes) + np.arange(sizes.sum())
    key = np.repeat(group, sizes) * cells.n_values + cells.cell_value[take]
    cell, where = np.unique(key, return_inverse=True)
    counts = np.bincount(where, weights=cells.cell_people[take]).astype(np.int64)
    index = np.searchsorted(cell // cells.n_values, np.arange(size + 1))
    return index, (cell % cells.n_values, counts)
