"""Unique in the population, not only in the file: an interval with its direction of bias, never one truth."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import polars as pl

from breachkit.errors import BreachkitError
from breachkit.exposure.cells import Cells, chosen, count, lazy
from breachkit.exposure.golle import of_france, of_register
from breachkit.exposure.register import population_sizes
from breachkit.exposure.superpopulation import dankar, pitman, snb, zayatz
from breachkit.exposure.unicity import wilson
from breachkit.population import FRANCE

SCHEMA: dict[str, Any] = {"method": pl.String}
SCHEMA |= dict.fromkeys(("estimate", "low", "high"), pl.Float64) | {"bias": pl.String}
HOME = "france"
#: More inhabitants than this are a slip of the pen.
MOST = 10**15


class _Row(NamedTuple):
    method: str
    estimate: float | None
    low: float | None
    high: float | None
    bias: str


def population_uniqueness(
    frame: Any, quasi_identifiers: str | Sequence[str], population: Any = HOME
) -> pl.DataFrame:
    """Estimate the share of people who are alone in the population with their quasi-identifiers.

    Parameters
    ----------
    frame
        One row per person of the sample (the leak): any frame narwhals knows.
    quasi_identifiers
        Columns; a missing value is a value of its own. The French model knows ``sex`` (F/M),
        ``birth_date``, ``birth_year``, ``postcode``, ``commune``, ``first_name`` and one of ``last_name``
        and ``birth_name``, with or without ``qi_``.
    population
        ``"france"`` for French marginals; a whole number of inhabitants; or a register with these columns,
        one row per inhabitant; ``None`` for none.

    Returns
    -------
    polars.DataFrame
        ``method, estimate, low, high, bias``, null where there is no figure; no row without people.
        ``sample``: share of the leaked people unique in the file (``upper_bound``; Wilson interval).
        ``pitman, zayatz, snb, dankar``: share of the population unique, from the sample alone (Zayatz and
        SNB ``over``, Pitman and what Dankar's rule takes from it ``either``).
        ``marginal``: mean over the leaked people of (1-p)^(N-1), p a product of marginals
        (``independence``); ``low`` and ``high`` count those the tables do not know as all shared, all unique.
        ``register``: share of the leaked people alone in the register (``exact`` if it is complete;
        ``low``: those it lacks counted as not unique). ``interval``: from the register, else the
        marginal model, to the sample (``between``), which the truth cannot exceed.

    Raises
    ------
    BreachkitError
        For unknown columns (those there are listed) and an impossible population.

    Notes
    -----
    Zayatz 1991; Hoshino 2001 (Pitman); Chen and McNulty 1998 (SNB); Dankar et al. 2012; Golle 2006, the
    individual score of Rocher et al. 2019 with independence in place of the copula. A leaked patient base is
    not a random sample: older, regional, more women.

    Examples
    --------
    >>> people = pl.DataFrame({"sex": ["F", "M"], "birth_year": [1950, 1990]})
    >>> population_uniqueness(people, ["sex", "birth_year"]).filter(method="marginal")["estimate"].item()
    0.0
    """
    table = lazy(frame)
    names = chosen(table, quasi_identifiers)
    cells = count(table, names)
    total, register = _population(population, names, cells.n)
    if not cells.n:
        return pl.DataFrame(schema=SCHEMA)
    alone = int((cells.people == 1).sum()) / cells.n
    rows = [_Row("sample", alone, *wilson(alone * cells.n, cells.n), "upper_bound")]
    if total is not None:
        rows += _guesses(cells, total)
    floor, model = None, None
    if isinstance(population, str):
        model = of_france(cells.values, cells.people)
    elif register is not None:
        rows.append(_found(cells, names, population))
        floor = rows[-1].estimate
        model = of_register(cells.values, cells.people, register)
    if model is not None:
        rows.append(_Row("marginal", *model, "independence"))
        floor = model[0] if floor is None else floor
    if floor is not None:
        # Who is alone in the population is alone in the file: a model above that share is wrong by as much.
        rows.append(_Row("interval", min(floor, alone), min(floor, alone), alone, "between"))
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def _population(population: Any, names: list[str], n: int) -> tuple[float | None, Cells | None]:
    """Give the number of inhabitants and the register, as far as there are."""
    if population is None:
        return None, None
    if isinstance(population, str):
        if population != HOME:
            raise BreachkitError.unknown("population", population, [HOME, "a number", "a register"])
        return float(max(FRANCE, n)), None
    register = None
    if isinstance(population, int | float | np.integer | np.floating) and not isinstance(population, bool):
        total = float(population) if -MOST < population < MOST else math.inf
        if not math.isfinite(total) or total != int(total):
            raise BreachkitError(
                "The population is not a whole number of inhabitants below 10^15.",
                hint="Give one, a register, or None.",
            )
    else:
        register = count(lazy(population), chosen(lazy(population), names, "register column"))
        total = float(register.n)
    if total < max(n, 1):
        raise BreachkitError(
            f"A population of {int(total)} is smaller than the {n} people of the file.",
            hint="It holds the people of the file and all the others.",
        )
    return total, register


def _guesses(cells: Cells, total: float) -> list[_Row]:
    values, counts = np.unique(cells.people, return_counts=True)
    sizes, classes = values.astype(np.float64), counts.astype(np.float64)
    found = {f.__name__: f(sizes, classes, total) for f in (pitman, zayatz, snb)}
    found["dankar"] = dankar(cells.n / total, **{f"by_{name}": value for name, value in found.items()})
    bias = dict.fromkeys(found, "over") | {"pitman": "either"}
    if found["dankar"] == found["pitman"]:
        bias["dankar"] = "either"
    return [
        _Row(name, value / total if math.isfinite(value) else None, None, None, bias[name])
        for name, value in found.items()
    ]


def _found(cells: Cells, names: list[str], population: Any) -> _Row:
    """Share of the leaked people who are alone in the register; those it lacks are taken as unique."""
    sizes, _ = population_sizes(cells, names, population)
    if sizes.exact is None or sizes.found is None:
        return _Row("register", None, None, None, "exact")
    unique = sizes.exact == 1
    share = float(cells.people[unique].sum() / cells.n)
    sure = float(cells.people[unique & (sizes.found > 0)].sum() / cells.n)
    return _Row("register", share, sure, share, "exact")
