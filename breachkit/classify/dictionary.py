"""The leak's data dictionary: a label for each column, in words; how a table of a user's is read."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl
from narwhals.exceptions import NarwhalsError

from breachkit.classify.frames import missing
from breachkit.errors import BreachkitError

MOST = 60  # characters of a name that a message repeats
FEW = 5  # names in one message


class Labels:
    """Labels by table and column, compared without case; a label without a table serves every table."""

    def __init__(self, by_place: Mapping[tuple[str, str], str]) -> None:
        self._by_place = dict(by_place)

    def get(self, table: str, column: str) -> str:
        """Give the label of a column, ``""`` if the dictionary has none."""
        low = column.lower()
        return self._by_place.get((table.lower(), low)) or self._by_place.get(("", low), "")

    def warn_unused(self, places: Iterable[tuple[str, str]]) -> None:
        """Warn of labels for columns that a table of the leak lacks; ``places``: its tables and columns."""
        there = {(table.lower(), column.lower()) for table, column in places}
        tables = {table for table, _ in there}
        lacking = [place for place in self._by_place if place[0] in tables and place not in there]
        left_aside("Labels", [f"{table}.{column}" for table, column in lacking if table])

    def __bool__(self) -> bool:
        return bool(self._by_place)


def labels_of(source: Any) -> Labels:
    """Read a dictionary frame ``table, column, label``, a CSV of it, or a mapping column -> label.

    A column whose label is missing has none.

    Examples
    --------
    >>> labels_of({"DGN_PAL": "Diagnostic principal", "AGE": None}).get("any", "dgn_pal")
    'Diagnostic principal'
    """
    if source is None:
        return Labels({})
    if isinstance(source, Mapping):
        told = {("", _text(column).lower()): _text(label) for column, label in source.items()}
        return Labels({place: label for place, label in told.items() if label})
    frame = frame_of(source, "dictionary")
    names = {name.lower(): name for name in frame.columns}
    missing = {"column", "label"} - set(names)
    if missing:
        raise BreachkitError(
            f"The dictionary has no column {', '.join(sorted(missing))}.",
            hint="It needs table, column, label.",
        )
    found: dict[tuple[str, str], str] = {}
    for row in frame.iter_rows(named=True):
        table = _text(row[names["table"]]).lower() if "table" in names else ""
        column, label = _text(row[names["column"]]).lower(), _text(row[names["label"]])
        if column and label:
            found[table, column] = label
            found.setdefault(("", column), label)
    return Labels(found)


def _text(value: Any) -> str:
    """Give a cell as text, ``""`` for a missing one or a whole array."""
    try:
        return "" if missing(value) else str(value)
    except (TypeError, ValueError):
        return ""


def frame_of(source: Any, what: str) -> pl.DataFrame:
    """Read a table that a user hands in: a CSV path or a frame of any library, lazy or not."""
    try:
        if isinstance(source, str | os.PathLike):
            return pl.read_csv(Path(source), infer_schema=False)
        frame: Any = nw.from_native(source)
    except (OSError, ValueError, pl.exceptions.PolarsError):
        raise BreachkitError(f"The {what} could not be read.", hint="Pass a UTF-8 CSV.") from None
    except TypeError:
        raise BreachkitError(
            f"The {what} cannot be a {type(source).__name__}.", hint="Pass a CSV path or a frame."
        ) from None
    try:
        return pl.DataFrame(frame.lazy().collect("polars").to_native())
    except (OSError, ValueError, TypeError, pl.exceptions.PolarsError, NarwhalsError):
        raise BreachkitError(
            f"The {what} could not be read from its {type(source).__name__}.",
            hint="Make every column text, or pass a UTF-8 CSV.",
        ) from None


def shown(name: object) -> str:
    """Quote a name of a user's in a message, cut if long.

    Examples
    --------
    >>> shown("DGN_PAL"), len(shown("x" * 999))
    ("'DGN_PAL'", 63)
    """
    text = str(name)
    return repr(text if len(text) <= MOST else text[:MOST] + "…")


def left_aside(what: str, names: Sequence[str]) -> None:
    """Warn that something is for columns that are not there; without names, say nothing."""
    if names:
        more = f" and {len(names) - FEW} more" if len(names) > FEW else ""
        listed = ", ".join(map(shown, names[:FEW]))
        warnings.warn(f"{what} left aside, no such column: {listed}{more}.", stacklevel=5)
