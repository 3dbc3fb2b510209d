"""The base of all results: a frame, a dictionary, a plot, a card."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

import narwhals as nw
import polars as pl

from breachkit.locale import Language, language
from breachkit.results.card import Card
from breachkit.results.plots import Plot


def jsonable(value: Any) -> Any:
    """Turn a value into what JSON can hold; frames become lists of rows, lazy frames ``None``.

    A lazy frame may hold one row per leaked person, so it never goes into a dictionary by itself.

    Examples
    --------
    >>> jsonable({"when": dt.date(2021, 2, 23), "rows": pl.DataFrame({"a": [1]})})
    {'when': '2021-02-23', 'rows': [{'a': 1}]}
    """
    match value:
        case pl.DataFrame():
            return [jsonable(row) for row in value.to_dicts()]
        case pl.LazyFrame() | nw.LazyFrame():
            return None
        case Result():
            return value.to_dict()
        case _ if dataclasses.is_dataclass(value) and not isinstance(value, type):
            return {field.name: jsonable(getattr(value, field.name)) for field in dataclasses.fields(value)}
        case Mapping():
            return {str(key): jsonable(item) for key, item in value.items()}
        case list() | tuple() | set() | frozenset():
            return [jsonable(item) for item in value]
        case dt.date() | dt.datetime():
            return value.isoformat()
        case enum.Enum():
            return value.value
        case Path():
            return str(value)
        case None | bool() | int() | float() | str():
            return value
        case _ if hasattr(value, "item"):
            return value.item()
    return str(value)


class Result(ABC):
    """A station's result: frozen, and never showing a value of a leaked record.

    Subclasses are ``@dataclass(frozen=True, repr=False, eq=False)`` and say four things: their
    ``schema``, their `to_frame`, their `card` and their `plot`.
    """

    schema: ClassVar[str]

    @abstractmethod
    def to_frame(self) -> pl.DataFrame:
        """Give the result as one table."""

    @abstractmethod
    def card(self, lang: Language) -> Card:
        """Say the result in a few sentences and one small table, masked."""

    @abstractmethod
    def plot(self, *, lang: str | None = None) -> Plot:
        """Draw the result, with alternative text and the data behind it."""

    def to_dict(self) -> dict[str, Any]:
        """Give every field but the per-person frames, JSON-ready, under a versioned ``schema``."""
        fields = dataclasses.fields(self)  # type: ignore[arg-type]
        return {"schema": self.schema} | {
            field.name: jsonable(getattr(self, field.name)) for field in fields if field.repr
        }

    def _repr_html_(self) -> str:
        return self.card(language()).html()

    def __repr__(self) -> str:
        return self.card(language()).text()
