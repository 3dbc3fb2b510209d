"""The one count table behind every figure: how many people share each combination of values."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from typing import Any

import narwhals as nw
import numpy as np
import polars as pl
from numpy.typing import NDArray

from breachkit.errors import BreachkitError
from breachkit.exposure.codes import Codes, combine, factorise

COUNT, SPLIT, PERSON = "__people", "__split", "__person"
LEAST, WEIGHED = "__least", "__weighed"


@dataclasses.dataclass(frozen=True)
class Cells:
    """Classes of equal quasi-identifiers, and the sensitive values inside each.

    Parameters
    ----------
    codes
        One row per class, one column per quasi-identifier; 0 where the value is missing.
    people
        People in each class.
    cell_class, cell_value, cell_people
        One entry per (class, sensitive value), ordered so; empty without a sensitive column. Values are
        numbered in their own order, a missing value first.
    n_values
        Number of distinct sensitive values.
    values
        The quasi-identifiers of each class, one row per class.
    weight
        Sum of the sampling weights of each class, or ``None``.
    inconsistent
        People whose rows disagree (only with a person column).
    unidentified
        Rows without a person number, each counted as a person.
    """

    codes: Codes
    people: Codes
    cell_class: Codes
    cell_value: Codes
    cell_people: Codes
    n_values: int
    values: pl.DataFrame
    weight: NDArray[np.float64] | None = None
    inconsistent: int = 0
    unidentified: int = 0

    @property
    def n(self) -> int:
        """Number of people."""
        return int(self.people.sum())


def lazy(frame: Any) -> Any:
    """Take any frame that narwhals knows as a lazy narwhals frame."""
    try:
        table = nw.from_native(frame).lazy()
        names = list(table.collect_schema().names())
    except nw.exceptions.DuplicateError:
        raise BreachkitError("Two columns have one name.", hint="Rename one of them.") from None
    except TypeError:
        raise BreachkitError(
            f"A frame is needed, not {type(frame).__name__}.",
            hint="Pass a Polars, pandas, PyArrow, DuckDB or Spark frame.",
        ) from None
    except (nw.exceptions.NarwhalsError, pl.exceptions.PolarsError):
        raise _failed() from None
    if not all(isinstance(name, str) for name in names):
        raise BreachkitError(
            "A column's name is not text.", hint="Rename the columns, in pandas by set_axis."
        )
    return table


def collected(table: Any) -> pl.DataFrame:
    """Compute a narwhals frame; an engine's error is kept back, as it shows the values it failed on."""
    try:
        found: pl.DataFrame = table.collect(backend="polars").to_native()
    except Exception:  # any engine's own family of errors
        raise _failed() from None
    return found


def _failed() -> BreachkitError:
    return BreachkitError(
        "The frame could not be computed.",
        hint="Collect it by itself to see why; its columns must be text, numbers, Booleans or dates.",
    )


def chosen(frame: Any, names: str | Sequence[str], what: str = "quasi-identifier") -> list[str]:
    """Check that the named columns exist and differ; give them as a list."""
    there = frame.collect_schema().names()
    if names is None or not isinstance(names, Iterable):
        raise BreachkitError(
            f"A {what} is a name, not {type(names).__name__}.", hint=f"Columns: {', '.join(there)}."
        )
    wanted = [names] if isinstance(names, str) else list(names)
    if not wanted:
        raise BreachkitError(f"No {what} was named.", hint=f"Columns: {', '.join(there)}.")
    for name in wanted:
        if name not in there:
            raise BreachkitError.unknown("column", name, there)
        if name.startswith((COUNT, SPLIT, PERSON)):
            raise BreachkitError(f"The name {name!r} is breachkit's own.", hint="Rename the column.")
    if len(set(wanted)) < len(wanted):
        raise BreachkitError(f"A {what} is named twice.", hint=f"Given: {', '.join(wanted)}.")
    return wanted


def plain(frame: Any, columns: Sequence[str]) -> Any:
    """Keep the columns; Booleans as integers and categories as text, so that all engines group alike."""
    schema = frame.collect_schema()
    kinds: dict[Any, Any] = {nw.Boolean: nw.Int8, nw.Categorical: nw.String, nw.Enum: nw.String}
    kinds[nw.Object] = nw.String
    return frame.select(
        *(
            nw.col(name).cast(next((to for of, to in kinds.items() if schema[name] == of), schema[name]))
            for name in columns
        )
    )


def numbered(frame: Any, person: str) -> Any:
    """Give the person numbers as `PERSON`: NaN, which all its rows would share, is a missing number."""
    number = nw.col(person).alias(PERSON)
    return nw.when(~number.is_nan()).then(number) if frame.collect_schema()[person].is_float() else number


def _one_row_per_person(frame: Any, columns: list[str], person: str) -> Any:
    # The smallest value of each column: the same on every engine, and a known value wins over a missing one.
    grouped = frame.group_by(person).agg(
        *(nw.col(name).min().alias(name) for name in columns),
        *(nw.col(name).max().alias(f"{SPLIT}{i}") for i, name in enumerate(columns)),
    )
    differs = [(nw.col(name) != nw.col(f"{SPLIT}{i}")).cast(nw.Int8) for i, name in enumerate(columns)]
    return grouped.with_columns(nw.max_horizontal(*differs).fill_null(0).cast(nw.Int64).alias(SPLIT)).select(
        *columns, SPLIT
    )


def _counted(frame: Any, keys: list[str], weights: str | None) -> pl.DataFrame:
    extra = []
    if weights:
        weight = nw.col(weights)
        extra = [weight.sum().alias(weights), weight.min().alias(LEAST), weight.count().alias(WEIGHED)]
    if SPLIT in frame.collect_schema().names():
        extra.append(nw.col(SPLIT).sum().alias(SPLIT))
    counted = frame.group_by(*keys).agg(nw.len().alias(COUNT), *extra)
    return collected(counted).with_columns(pl.col(COUNT).cast(pl.Int64))


def count(
    frame: Any,
    quasi_identifiers: list[str],
    sensitive: str | None = None,
    person: str | None = None,
    weights: str | None = None,
) -> Cells:
    """Count people by quasi-identifiers and sensitive value, in the frame's own engine."""
    keys = [*quasi_identifiers, *([sensitive] if sensitive else [])]
    columns = [*keys, *([weights] if weights else [])]
    if person is None:
        parts = [_counted(plain(frame, columns), keys, weights)]
        unidentified = 0
    else:
        narrow = plain(frame.with_columns(numbered(frame, person)), [*columns, PERSON])
        known = _one_row_per_person(narrow.filter(~nw.col(PERSON).is_null()), columns, PERSON)
        rest = _counted(narrow.filter(nw.col(PERSON).is_null()), keys, weights)
        unidentified = int(rest[COUNT].sum())
        parts = [_counted(known, keys, weights), rest.with_columns(pl.lit(0, pl.Int64).alias(SPLIT))]
    table = pl.concat(parts, how="diagonal_relaxed") if len(parts) > 1 else parts[0]
    split = int(table[SPLIT].sum()) if SPLIT in table.columns else 0
    return _cells(table, quasi_identifiers, sensitive, weights, split, unidentified)


def _cells(
    table: pl.DataFrame, names: list[str], sensitive: str | None, weights: str | None, split: int, rest: int
) -> Cells:
    columns = [factorise(table[name]) for name in names]
    classes = combine(columns)
    counts = table[COUNT].to_numpy()
    first = np.unique(classes, return_index=True)[1]
    people = np.bincount(classes, weights=counts).astype(np.int64)
    empty = np.zeros(0, dtype=np.int64)
    cell_class, cell_value, cell_people, n_values = empty, empty, empty, 0
    if sensitive is not None:
        value = np.unique(factorise(table[sensitive]), return_inverse=True)[1]
        n_values = int(value.max()) + 1 if len(value) else 0
        cell, where = np.unique(classes * max(n_values, 1) + value, return_inverse=True)
        cell_class, cell_value = np.divmod(cell, max(n_values, 1))
        cell_people = np.bincount(where, weights=counts).astype(np.int64)
    weight: NDArray[np.float64] | None = None
    if weights is not None:
        given = _weights(table, weights)
        weight = np.bincount(classes, weights=given).astype(np.float64)
    codes = np.stack([column[first] for column in columns], axis=1)
    values = table.select(names)[first]
    return Cells(codes, people, cell_class, cell_value, cell_people, n_values, values, weight, split, rest)


def _weights(table: pl.DataFrame, name: str) -> NDArray[np.float64]:
    """Give the sums of weights; a missing or impossible one would pass for a person who stands for nobody."""
    missing = int(table[COUNT].sum()) - int(table[WEIGHED].sum())
    given = table[name].cast(pl.Float64).fill_null(0).to_numpy()
    if missing or bool((table[LEAST] <= 0).any()) or not bool(np.isfinite(given).all()):
        raise BreachkitError(
            f"The weights column {name!r} has weights missing ({missing}), or not above 0 and finite.",
            hint="A weight is a number of inhabitants: fill in or leave out these rows, and say so.",
        )
    return given
