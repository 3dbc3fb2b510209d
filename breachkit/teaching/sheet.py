"""A small table of a notebook, headed and written in the reader's language."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Callable
from functools import cache

import polars as pl

from breachkit import taxonomy
from breachkit.facts import table
from breachkit.fraud.scenarios import load as scenarios
from breachkit.locale import Language, day, decimal, integer, language, percent, say
from breachkit.results import Card
from breachkit.results.card import STYLE, table_html

SHARES = frozenset({"share", "alone", "unique", "probability", "confidence"})
SPOKEN = frozenset({"category", "status", "attribute", "subject"})
WHOLE = 100


@dataclasses.dataclass(frozen=True, repr=False, eq=False)
class Sheet:
    """A frame to be read by people; ``frame`` keeps the plain names and numbers."""

    frame: pl.DataFrame
    most: int = 20

    def written(self, lang: Language) -> pl.DataFrame:
        """Give the first rows as text: headers, identifiers and numbers in the reader's language."""
        head = {name: _spoken("head", name, lang) or name for name in self.frame.columns}
        rows = [
            {head[name]: _cell(name, value, lang) for name, value in row.items()}
            for row in self.frame.head(self.most).iter_rows(named=True)
        ]
        return pl.DataFrame(rows, schema=dict.fromkeys(head.values(), pl.String))

    def _repr_html_(self) -> str:
        spoken = self.written(language())
        numbers = {
            header
            for header, dtype in zip(spoken.columns, self.frame.dtypes, strict=True)
            if dtype.is_numeric()
        }
        body = table_html(spoken, numbers=numbers)
        return f'<style>{STYLE}</style><div class="bk-card">{body}</div>'

    def __repr__(self) -> str:
        return Card("", table=self.written(language())).text().strip("\n")


def sheet(frame: pl.DataFrame, *, most: int = 20) -> Sheet:
    """Show a small frame of figures as a table for people, in the language of the notebook.

    Parameters
    ----------
    frame
        Figures, not leaked records: every cell is shown. Columns named ``share``, ``alone``, ``unique``,
        ``probability`` or ``confidence`` hold shares, 0 to 1, and are written in per cent.
    most
        How many rows are shown.

    Examples
    --------
    >>> figures = pl.DataFrame({"category": ["hiv"], "people": [1200], "share": [0.25]})
    >>> sheet(figures).written("en").to_dicts()
    [{'category': 'HIV', 'people': '1,200', 'share': '25.0%'}]
    """
    return Sheet(frame, most)


def _cell(name: str, value: object, lang: Language) -> str | None:
    match value:
        case None:
            return None
        case bool():
            return say("teaching", "yes" if value else "no", lang)
        case int() | float() if name in SHARES:
            return percent(value, lang)
        case int():
            return integer(value, lang)
        case float():
            whole = abs(value) >= WHOLE or value == round(value)
            return integer(value, lang) if whole else decimal(value, lang)
        case dt.date():
            return day(value, lang)
        case list() | pl.Series():
            return ", ".join(_cell(name, one, lang) or "" for one in value)
    text = str(value)
    if name in SPOKEN and text in _known():
        return taxonomy.label(text, lang)
    if name in NAMED:
        return NAMED[name](lang).get(text, text)
    return _spoken("value", text, lang) or text


def _spoken(kind: str, text: str, lang: Language) -> str | None:
    key = f"{kind}_{re.sub('[^a-z0-9]+', '_', text.lower())}"
    return say("teaching", key, lang) if key in _keys() else None


@cache
def _keys() -> frozenset[str]:
    return frozenset(table("teaching", "messages")["key"])


@cache
def _scenarios(lang: Language) -> dict[str, str]:
    return {scenario.id: scenario.label[lang] for scenario in scenarios().scenarios}


@cache
def _adversaries(lang: Language) -> dict[str, str]:
    rows = table("exposure", "adversaries")
    return dict(zip(rows["id"], rows[f"label_{lang}"], strict=True))


@cache
def _known() -> frozenset[str]:
    frames = (
        taxonomy.attributes,
        taxonomy.categories,
        taxonomy.contexts,
        taxonomy.statuses,
        taxonomy.subjects,
    )
    return frozenset(name for frame in frames for name in frame()["id"])


NAMED: dict[str, Callable[[Language], dict[str, str]]] = {"adversary": _adversaries, "scenario": _scenarios}
