"""`measure`: how far the people of a table can be told apart, and what their classes give away."""

from __future__ import annotations

import dataclasses
import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl

from breachkit.errors import BreachkitError
from breachkit.exposure.cells import Cells, chosen, count, lazy
from breachkit.exposure.codes import Codes, combine
from breachkit.exposure.disclosure import disclosure
from breachkit.exposure.measures import COLUMN_SCHEMA, HISTOGRAM_SCHEMA, Measures
from breachkit.exposure.register import Sizes, population_sizes
from breachkit.exposure.wildcard import compatible, compatible_cells, patterns

# k of the usual release thresholds, written as class sizes: 1/11 is already above 0.09.
SIZES = (2, 3, 5, 11, 20)
MANY = 11


def measure(
    frame: Any,
    quasi_identifiers: str | Sequence[str],
    sensitive: str | None = None,
    *,
    person: str | None = None,
    population: Any = None,
    weights: str | None = None,
) -> Measures:
    """Measure re-identification and disclosure risk from one count table.

    Parameters
    ----------
    frame
        Polars, pandas, PyArrow, DuckDB or Spark frame; the counting runs in its own engine.
    quasi_identifiers
        Columns that someone else may know. A missing value counts as a value of its own; see
        ``.wildcard`` for the other reading.
    sensitive
        Column that nobody else should learn.
    person
        Column that numbers the persons: people are counted, not rows. Where a person's rows disagree the
        smallest known value is taken and the number of such people noted.
    population
        Register with the same quasi-identifiers, one row per inhabitant, for the journalist and marketer
        figures.
    weights
        Column of sampling weights, in place of ``population``: F is estimated by their sum.

    Raises
    ------
    BreachkitError
        On an unknown or repeated column (with the columns there are), and on impossible weights.

    Examples
    --------
    Two men of 01000 share a diagnosis; the woman is alone:

    >>> people = pl.DataFrame(
    ...     {"sex": ["M", "M", "F"], "postcode": ["01000"] * 3, "result": ["hiv", "hiv", "none"]}
    ... )
    >>> figures = measure(people, ["sex", "postcode"], "result")
    >>> figures.k, round(figures.uniqueness, 3), round(figures.prosecutor_mean, 3)
    (1, 0.333, 0.667)
    >>> figures.homogeneity, figures.l_distinct, round(figures.t_equal, 3)
    (1.0, 1, 0.667)
    """
    table = lazy(frame)
    names = chosen(table, quasi_identifiers)
    for name, what in (
        (sensitive, "sensitive column"),
        (person, "person column"),
        (weights, "weights column"),
    ):
        if name is not None and chosen(table, [name], what)[0] in names:
            raise BreachkitError(f"The {what} is also a quasi-identifier.", hint="Name it once.")
    if weights is not None and weights in (sensitive, person):
        raise BreachkitError("The weights column has another part too.", hint="Name it once.")
    if weights is not None and not table.collect_schema()[weights].is_numeric():
        raise BreachkitError(f"The weights column {weights!r} is not numeric.", hint="Cast it to a number.")
    if population is not None and weights is not None:
        raise BreachkitError("Both a population and weights were given.", hint="Pass one of them.")
    if len(names) >= MANY:
        warnings.warn(f"{len(names)} quasi-identifiers: nearly everyone will be unique.", stacklevel=2)
    cells = count(table, names, sensitive, person, weights)
    return measured(cells, names, sensitive, population)


def measured(cells: Cells, names: list[str], sensitive: str | None, population: Any = None) -> Measures:
    """Compute every figure from a count table."""
    notes = [("many_columns", len(names))] if len(names) >= MANY else []
    notes += [(key, n) for key in ("inconsistent", "unidentified") if (n := getattr(cells, key))]
    if not cells.n:
        return Measures(tuple(names), sensitive, 0, 0, below=dict.fromkeys(SIZES), notes=tuple(notes))
    register, more = population_sizes(cells, names, population)
    own = _figures(
        cells, cells.people, (cells.cell_class, cells.cell_value, cells.cell_people), register.exact
    )
    base = Measures(tuple(names), sensitive, cells.n, len(cells.people), unmatched=register.unmatched)
    columns = _columns(cells, names, own["uniqueness"])
    result = dataclasses.replace(base, **own, columns=columns, notes=(*notes, *more))
    if (cells.codes > 0).all() and register.complete:
        return dataclasses.replace(result, wildcard=result)
    candidates = compatible(cells.codes, cells.codes, cells.people)
    if candidates is None:
        skipped = ("wildcard_skipped", patterns(cells.codes))
        return dataclasses.replace(result, notes=(*result.notes, skipped))
    candidate_cells, needed = compatible_cells(cells)
    figures = _figures(cells, candidates, candidate_cells, register.loose(candidates))
    limits = (("wildcard_sensitive_skipped", needed),) if candidate_cells is None and sensitive else ()
    loose = dataclasses.replace(base, **figures, columns=columns, notes=(*result.notes, *limits))
    return dataclasses.replace(result, notes=loose.notes, wildcard=loose)


def _figures(
    cells: Cells, candidates: Codes, inside: tuple[Codes, Codes, Codes] | None, population: Sizes | None
) -> dict[str, Any]:
    """Figures of people who each hide among ``candidates``; the classes themselves, or more."""
    people, n = cells.people, cells.n
    figures: dict[str, Any] = {
        "k": int(candidates.min()),
        "uniqueness": float(people[candidates == 1].sum() / n),
        "prosecutor_max": float(1 / candidates.min()),
        "prosecutor_mean": float((people / candidates).sum() / n),
        "below": {size: float(people[candidates < size].sum() / n) for size in SIZES},
        "separation": float(1 - (people * (candidates - 1)).sum() / (n * (n - 1))) if n > 1 else None,
        "distinction": len(people) / n,
        "histogram": _histogram(people, candidates),
    }
    if population is not None:
        mean = float((people / population).sum() / n)
        figures["journalist_max"] = float(1 / population.min())
        figures["journalist_mean"] = max(float(len(people) / population.sum()), mean)
        figures["marketer"] = mean
    if inside is not None and len(inside[0]):
        overall = np.bincount(cells.cell_value, weights=cells.cell_people, minlength=cells.n_values) / n
        figures |= disclosure(people, candidates, *inside, overall)._asdict()
    return figures


def _histogram(people: Codes, candidates: Codes) -> pl.DataFrame:
    sizes, where, classes = np.unique(candidates, return_inverse=True, return_counts=True)
    held = np.bincount(where, weights=people).astype(np.int64)
    return pl.DataFrame({"f": sizes, "classes": classes, "people": held}, schema=HISTOGRAM_SCHEMA)


def _columns(cells: Cells, names: list[str], uniqueness: float) -> pl.DataFrame:
    """What each column tells apart alone, and how uniqueness falls when it is removed."""
    rows = []
    n = cells.n
    for i, name in enumerate(names):
        alone = np.bincount(combine([cells.codes[:, i]]), weights=cells.people)
        others = [cells.codes[:, j] for j in range(len(names)) if j != i]
        rest = np.bincount(combine(others), weights=cells.people) if others else np.array([float(n)])
        without = float((rest == 1).sum() / n)
        missing = float(cells.people[cells.codes[:, i] == 0].sum() / n)
        apart = float(1 - (alone * (alone - 1)).sum() / (n * (n - 1))) if n > 1 else None
        rows.append((name, len(alone), missing, len(alone) / n, apart, without, without - uniqueness))
    return pl.DataFrame(rows, schema=COLUMN_SCHEMA, orient="row")
