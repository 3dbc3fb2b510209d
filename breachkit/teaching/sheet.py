"""A small table of a notebook, headed and written in the reader's language."""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
import re
from functools import cache
from html import escape

import polars as pl

from breachkit.facts import table
from breachkit.locale import Language, day, decimal, integer, language, percent, rounded, say
from breachkit.results import Card
from breachkit.results.card import STYLE, table_html
from breachkit.teaching.words import names, spelling

SHARES = frozenset(
    {"share", "alone", "unique", "probability", "confidence", "name_score", "value_score", "validator_score"}
)
COMPOSED = frozenset({"rule", "reason"})
WHOLE, TENS, SMALL = 100, 10, 0.1


@dataclasses.dataclass(frozen=True, repr=False, eq=False)
class Sheet:
    """A frame to be read by people; ``frame`` keeps the plain names and numbers."""

    frame: pl.DataFrame
    most: int = 20

    def written(self, lang: Language) -> pl.DataFrame:
        """Give the first rows as text: headers, identifiers and numbers in the reader's language."""
        head = {name: _header(name, lang) for name in self.frame.columns}
        rows = [
            {head[name]: _cell(name, value, lang) for name, value in row.items()}
            for row in self.frame.head(self.most).iter_rows(named=True)
        ]
        return pl.DataFrame(rows, schema=dict.fromkeys(head.values(), pl.String))

    def notes(self, lang: Language) -> list[str]:
        """Say what the code calls the columns whose header is translated, and how many rows are left out."""
        notes = []
        if self.written(lang).columns != self.frame.columns:
            notes.append(say("teaching", "in_code", lang, names=", ".join(self.frame.columns)))
        if self.frame.height > self.most:
            rows = {"shown": integer(self.most, lang), "all": integer(self.frame.height, lang)}
            notes.append(say("teaching", "cut", lang, **rows))
        return notes

    def _repr_html_(self) -> str:
        spoken = self.written(language())
        numbers = {
            header
            for header, dtype in zip(spoken.columns, self.frame.dtypes, strict=True)
            if dtype.is_numeric()
        }
        body = table_html(spoken, numbers=numbers)
        notes = "".join(f'<p class="note">{escape(note)}</p>' for note in self.notes(language()))
        return f'<style>{STYLE}</style><div class="bk-card">{body}{notes}</div>'

    def __repr__(self) -> str:
        lang = language()
        return Card("", table=self.written(lang), notes=self.notes(lang)).text().strip("\n")


def sheet(frame: pl.DataFrame, *, most: int = 20) -> Sheet:
    """Show a small frame of figures as a table for people, in the language of the notebook.

    Parameters
    ----------
    frame
        Figures, not leaked records: every cell is shown. Columns named ``share``, ``alone``, ``unique``,
        ``probability``, ``confidence`` or ``..._score`` of a map hold shares, 0 to 1, and are written in per
        cent. Other numbers that are not whole are estimates: from 100 on they carry two significant digits.
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
        case int() | float():
            return _number(value, lang).replace("-", "\N{MINUS SIGN}")
        case dt.date():
            return day(value, lang)
        case list() | pl.Series():
            return ", ".join(_cell(name, one, lang) or "" for one in value)
    text, known = str(value), names(name, lang)
    if name in COMPOSED:  # several identifiers in one cell
        said = re.sub("[a-z][a-z_]+", lambda found: known.get(found[0], found[0]), text)
        return re.sub(" ?: ?", "\N{NO-BREAK SPACE}: " if lang == "fr" else ": ", said)
    return known.get(spelling(text), text)


def _number(value: float, lang: Language) -> str:
    size = abs(value)
    if not math.isfinite(size) or value == round(value):
        return integer(value, lang)
    if size >= WHOLE:
        return integer(rounded(value), lang)
    if size >= SMALL:
        return decimal(value, lang, 1 if size >= TENS else 2)
    return decimal(value, lang, 1 - math.floor(math.log10(size)))


def _header(name: str, lang: Language) -> str:
    key = f"head_{spelling(name)}"
    return say("teaching", key, lang) if key in _keys() else name


@cache
def _keys() -> frozenset[str]:
    return frozenset(table("teaching", "messages")["key"])
