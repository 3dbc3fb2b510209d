"""The leak's data dictionary: a label for each column, in words."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl

from breachkit.errors import BreachkitError


class Labels:
    """Labels by table and column, compared without case; a label without a table serves every table."""

    def __init__(self, by_place: Mapping[tuple[str, str], str]) -> None:
        self._by_place = dict(by_place)

    def get(self, table: str, column: str) -> str:
        """Give the label of a column, ``""`` if the dictionary has none."""
        low = column.lower()
        return self._by_place.get((table.lower(), low)) or self._by_place.get(("", low), "")

    def __bool__(self) -> bool:
        return bool(self._by_place)


def labels_of(source: Any) -> Labels:
    """Read a dictionary frame ``table, column, label``, a CSV of it, or a mapping column -> label.

    Examples
    --------
    >>> labels_of({"DGN_PAL": "Diagnostic principal"}).get("any", "dgn_pal")
    'Diagnostic principal'
    """
    if source is None:
        return Labels({})
    if isinstance(source, Mapping):
        return Labels({("", str(column).lower()): str(label) for column, label in source.items()})
    frame = _frame(source)
    names = {name.lower(): name for name in frame.columns}
    missing = {"column", "label"} - set(names)
    if missing:
        raise BreachkitError(
            f"The dictionary has no column {', '.join(sorted(missing))}.",
            hint="It needs table, column, label.",
        )
    found: dict[tuple[str, str], str] = {}
    for row in frame.iter_rows(named=True):
        table = str(row[names["table"]] or "") if "table" in names else ""
        column, label = str(row[names["column"]] or "").lower(), str(row[names["label"]] or "")
        found[table.lower(), column] = label
        found.setdefault(("", column), label)
    return Labels(found)


def _frame(source: Any) -> pl.DataFrame:
    if isinstance(source, str | os.PathLike):
        try:
            return pl.read_csv(Path(source), infer_schema=False)
        except (OSError, pl.exceptions.PolarsError):
            raise BreachkitError("The dictionary could not be read.", hint="Pass a UTF-8 CSV.") from None
    try:
        native: Any = nw.from_native(source).lazy().collect("polars").to_native()
    except TypeError:
        raise BreachkitError(f"A dictionary cannot be a {type(source).__name__}.") from None
    return pl.DataFrame(native)
