"""The population behind a file: how many inhabitants share each class's values (F beside f)."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from breachkit.errors import BreachkitError
from breachkit.exposure.cells import Cells, chosen, count, lazy
from breachkit.exposure.codes import Codes, combine, factorise
from breachkit.exposure.wildcard import compatible

Sizes = NDArray[np.float64]
Note = tuple[str, int]


@dataclasses.dataclass(frozen=True)
class Register:
    """F of each class: ``exact`` with a missing value as its own value; ``None`` without a population.

    ``codes`` and ``inhabitants`` describe the register's own classes, coded like the file's ``classes``;
    ``found`` is the register's count of each class of the file, 0 where it has none.
    """

    exact: Sizes | None = None
    unmatched: int | None = None
    classes: Codes | None = None
    codes: Codes | None = None
    inhabitants: Codes | None = None
    found: Codes | None = None

    @property
    def complete(self) -> bool:
        """Whether no value is missing in the register, so that both readings of nulls agree."""
        return self.codes is None or bool((self.codes > 0).all())

    def loose(self, candidates: Codes) -> Sizes | None:
        """F of each class when a missing value on either side matches anything; at least its candidates."""
        if self.codes is None or self.classes is None or self.inhabitants is None:
            return None if self.exact is None else np.maximum(self.exact, candidates)
        found = compatible(self.classes, self.codes, self.inhabitants)
        return None if found is None else np.maximum(found, candidates).astype(np.float64)


def population_sizes(cells: Cells, names: list[str], population: Any) -> tuple[Register, list[Note]]:
    """Find F of each class in a register, or as the sum of its weights; F is never below f."""
    if cells.weight is not None:
        size = np.maximum(cells.weight, cells.people)
        return Register(exact=size), [("weights_population", round(float(size.sum())))]
    if population is None:
        return Register(), []
    frame = lazy(population)
    register = count(frame, chosen(frame, names))
    try:
        both = pl.concat([cells.values, register.values.select(names)], how="vertical_relaxed")
    except pl.exceptions.PolarsError:
        raise BreachkitError(
            "The population's columns are of other types than the file's.",
            hint="Give both the same types: text postcodes, dates as dates.",
        ) from None
    codes = np.stack([factorise(both[name]) for name in names], axis=1)
    here, there = codes[: len(cells.people)], codes[len(cells.people) :]
    found = _exact(here, there, register.people)
    notes = []
    if missing := int(cells.people[found == 0].sum()):
        notes.append(("unmatched", missing))
    if small := int(cells.people[(found > 0) & (found < cells.people)].sum()):
        notes.append(("undersized", small))
    exact = np.maximum(found, cells.people).astype(np.float64)
    return Register(exact, missing, here, there, register.people, found), notes


def _exact(left: Codes, right: Codes, people: Codes) -> Codes:
    both = np.concatenate([left, right])
    group = combine([both[:, i] for i in range(both.shape[1])])
    size = int(group.max()) + 1
    found = np.bincount(group[len(left) :], weights=people, minlength=size)
    return found.astype(np.int64)[group[: len(left)]]
