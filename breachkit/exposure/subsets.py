"""Every small set of columns: how well it tells people apart, whom it singles out, what a column adds."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from itertools import combinations
from math import comb
from typing import Any

import narwhals as nw
import numpy as np
import polars as pl
from numpy.typing import NDArray

from breachkit.errors import BreachkitError
from breachkit.exposure.cells import PERSON, Cells, chosen, collected, count, lazy, plain
from breachkit.exposure.codes import Codes, combine, factorise

MOST = 3
MANY = 11
#: Sets of columns beyond which the work is refused rather than begun.
MOST_SETS = 20_000
SUBSET_SCHEMA: dict[str, Any] = {"columns": pl.List(pl.String)}
SUBSET_SCHEMA |= dict.fromkeys(("size", "people", "classes", "k", "unique"), pl.Int64)
SUBSET_SCHEMA |= dict.fromkeys(("uniqueness", "distinction", "separation"), pl.Float64)
SINGLING_SCHEMA: dict[str, Any] = {"size": pl.Int64, "columns": pl.List(pl.String), "sets": pl.Int64}


def subsets(
    frame: Any, quasi_identifiers: Sequence[str], *, most: int = MOST, person: str | None = None
) -> pl.DataFrame:
    """Measure every set of at most ``most`` columns.

    Parameters
    ----------
    frame
        Any frame narwhals knows; one row per person, unless ``person`` names the column that numbers them.
    quasi_identifiers
        Columns; a missing value counts as a value of its own.
    most
        Columns in the largest sets.

    Returns
    -------
    polars.DataFrame
        One row per set, small ones first: ``columns``, ``size``, ``people``, ``classes``, ``k`` (smallest
        class), ``unique`` (people alone), ``uniqueness`` (their share), ``distinction`` (classes / people,
        also the mean chance 1/f of being picked), ``separation`` (share of pairs told apart). Without people
        no row.

    Raises
    ------
    BreachkitError
        For unknown or repeated columns, ``most`` below 1, or too many sets. From 11 columns on it warns.

    Examples
    --------
    >>> people = pl.DataFrame({"sex": ["F", "M", "M"], "town": ["A", "A", "B"]})
    >>> subsets(people, ["sex", "town"]).select("columns", "unique").rows()
    [(['sex'], 1), (['town'], 1), (['sex', 'town'], 3)]
    """
    table, names = _asked(frame, quasi_identifiers, most, person)
    cells = count(table, names, None, person)
    if not cells.n:
        return pl.DataFrame(schema=SUBSET_SCHEMA)
    rows = [_row(cells, names, which, group) for which, group in _groups(cells.codes, most)]
    return pl.DataFrame(rows, schema=SUBSET_SCHEMA, orient="row")


def removals(frame: Any, quasi_identifiers: Sequence[str], *, person: str | None = None) -> pl.DataFrame:
    """What removing each column changes: the figures of all the other columns together.

    The first row (``removed`` null) is the figure with all columns; then ``removed`` and the columns of
    `subsets`, with ``change`` = uniqueness without the column minus uniqueness with all.

    Examples
    --------
    >>> people = pl.DataFrame({"sex": ["F", "M", "M"], "town": ["A", "A", "B"]})
    >>> removals(people, ["sex", "town"]).select("removed", "unique").rows()
    [(None, 3), ('sex', 1), ('town', 1)]
    """
    table, names = _asked(frame, quasi_identifiers, 1, person)
    cells = count(table, names, None, person)
    every = tuple(range(len(names)))
    kept = [(None, every)] + [(names[i], tuple(j for j in every if j != i)) for i in every]
    rows = []
    for removed, which in kept if cells.n else ():
        group = combine([cells.codes[:, i] for i in which]) if which else np.zeros_like(cells.people)
        rows.append((removed, *_row(cells, names, which, group)))
    found = pl.DataFrame(rows, schema={"removed": pl.String} | SUBSET_SCHEMA, orient="row")
    return found.with_columns(change=pl.col("uniqueness") - pl.col("uniqueness").first())


def smallest_singling_out(
    frame: Any, quasi_identifiers: Sequence[str], *, most: int = MOST, person: str | None = None
) -> pl.LazyFrame:
    """For each person, the smallest set of columns that nobody else shares with them; computed on collect.

    Returns
    -------
    polars.LazyFrame
        One row per row of the frame, in its order (``row``), or per person (the ``person`` column's own
        name and type; a person's rows that disagree count by their smallest known value, rows without a
        person number each for one, at the end): ``size`` (columns
        needed, null if no set of ``most`` is enough), ``columns`` (the first such set in the order given),
        ``sets`` (how many sets of that size do).

    Notes
    -----
    The minimal sets of SUDA (Elliot et al. 2002), smallest first. Someone whom two columns single out
    can be found by whoever knows these two. A missing value counts as a value of its own; that it is
    missing is rarely known, so that such sets overstate.

    Examples
    --------
    >>> people = pl.DataFrame({"sex": ["F", "M", "M", "M"], "town": ["A", "A", "B", "B"]})
    >>> smallest_singling_out(people, ["sex", "town"]).collect().rows()
    [(0, 1, ['sex'], 1), (1, 2, ['sex', 'town'], 1), (2, None, None, 0), (3, None, None, 0)]
    """
    table, names = _asked(frame, quasi_identifiers, most, person)
    held = [*names, *([person] if person else [])]
    native: Any = nw.to_native(plain(table, held))
    if not isinstance(native, pl.LazyFrame):
        native = collected(plain(table, held)).lazy()
    if person:
        known = native.filter(pl.col(person).is_not_null())
        grouped = known.group_by(person).agg(pl.col(name).min() for name in names).sort(person)
        nobody = native.filter(pl.col(person).is_null()).select(grouped.collect_schema().names())
        native = pl.concat([grouped, nobody]).rename({person: PERSON})
    else:
        native = native.with_columns(pl.int_range(pl.len(), dtype=pl.Int64).alias(PERSON))
    key = person or "row"
    schema = pl.Schema({key: native.collect_schema()[PERSON]} | SINGLING_SCHEMA)
    found: pl.LazyFrame = native.map_batches(
        lambda rows: _singled(rows, names, key, most), schema=schema, streamable=False
    )
    return found


def _asked(
    frame: Any, quasi_identifiers: Sequence[str], most: int, person: str | None
) -> tuple[Any, list[str]]:
    table = lazy(frame)
    names = chosen(table, quasi_identifiers)
    if person is not None and chosen(table, person, "person column")[0] in names:
        raise BreachkitError("The person column is also a quasi-identifier.", hint="Name it once.")
    if isinstance(most, bool) or not isinstance(most, int) or most < 1:
        raise BreachkitError(f"most={most!r} columns.", hint="A whole number from 1.")
    sets = sum(comb(len(names), size) for size in range(1, min(most, len(names)) + 1))
    if sets > MOST_SETS:
        raise BreachkitError(
            f"{sets} sets of at most {most} of {len(names)} columns.",
            hint="Pass fewer columns or lower most.",
        )
    if len(names) >= MANY:
        warnings.warn(f"{len(names)} quasi-identifiers: {sets} sets of columns.", stacklevel=3)
    return table, names


def _groups(codes: Codes, most: int) -> Iterator[tuple[tuple[int, ...], Codes]]:
    """Yield each set of columns, small ones first, with the class of every row (dense numbers)."""
    width = codes.shape[1]
    smaller: dict[tuple[int, ...], Codes] = {(i,): combine([codes[:, i]]) for i in range(width)}
    yield from smaller.items()
    for size in range(2, min(most, width) + 1):
        larger: dict[tuple[int, ...], Codes] = {}
        for which in combinations(range(width), size):
            group = _pair(smaller[which[:-1]], codes[:, which[-1]])
            if size < most:
                larger[which] = group
            yield which, group
        smaller = larger


def _pair(left: Codes, right: Codes) -> Codes:
    """Number the combinations of two code columns; by table where there is room, else by sorting."""
    width = int(right.max()) + 1
    room = (int(left.max()) + 1) * width
    key = left * width + right
    if room > 2**25:
        return combine([left, right])
    seen = np.zeros(room, dtype=bool)
    seen[key] = True
    found: Codes = (np.cumsum(seen) - 1)[key]
    return found


def _row(cells: Cells, names: Sequence[str], which: Sequence[int], group: Codes) -> tuple[Any, ...]:
    sizes = np.bincount(group, weights=cells.people).astype(np.int64)
    n, alone = cells.n, int((sizes == 1).sum())
    apart = float(1 - (sizes * (sizes - 1)).sum() / (n * (n - 1))) if n > 1 else None
    columns = [names[i] for i in which]
    figures = (n, len(sizes), int(sizes.min()), alone, alone / n, len(sizes) / n, apart)
    return (columns, len(columns), *figures)


def _singled(rows: pl.DataFrame, names: Sequence[str], key: str, most: int) -> pl.DataFrame:
    """Find each row's smallest set, a level at a time; a row that is found leaves the search's result."""
    n = rows.height
    size, first, sets = (np.zeros(n, dtype=np.int64) for _ in range(3))
    told: list[list[str] | None] = [None]
    codes = np.stack([factorise(rows[name]) for name in names], axis=1)
    for which, group in _groups(codes, most) if n else ():
        open_ = (size == 0) | (size == len(which))
        alone: NDArray[np.bool_] = (np.bincount(group) == 1)[group] & open_
        fresh = alone & (size == 0)
        if fresh.any():
            first[fresh] = len(told)
            told.append([names[i] for i in which])
        size[alone] = len(which)
        sets[alone] += 1
    return pl.DataFrame(
        {
            key: rows[PERSON],
            "size": pl.Series(size).replace(0, None),
            "columns": pl.Series(told, dtype=pl.List(pl.String)).gather(first),
            "sets": sets,
        }
    )
