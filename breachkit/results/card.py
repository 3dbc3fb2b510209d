"""A result in a few lines: a title, sentences, one small table; as HTML or as plain text."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection, Sequence
from html import escape

import polars as pl

from breachkit.locale import Language, say

NUMBER = r"(?:<[ \u00a0\u202f])?[-−±€]?\d{1,3}(?:[\u202f\u00a0,]\d{3})*(?:[.,]\d+)?[\u202f\u00a0]?[%€kM]?"
NO_NUMBER = "–"
LANGUAGES: tuple[Language, ...] = ("fr", "en")
WRITTEN = re.compile(rf"{NUMBER}(?: – {NUMBER})?")
STYLE = """
.bk-card{font:14px/1.5 system-ui,sans-serif;max-width:62rem;border:1px solid #8884;border-radius:8px;
padding:.8rem 1.1rem;margin:.4rem 0;color:inherit;background:transparent}
.bk-card h4{margin:0 0 .4rem;font-size:1.05rem}.bk-card p{margin:.2rem 0}
.bk-card table{border-collapse:collapse;margin:.6rem 0;font-variant-numeric:tabular-nums}
.bk-card caption{text-align:left;font-style:italic;padding-bottom:.2rem}
.bk-card.bk-card table :is(th,td){padding:.15rem .7rem .15rem 0;text-align:left;border-bottom:1px solid #8883}
.bk-card.bk-card table :is(th,td).num{text-align:right}.bk-card td.num{white-space:nowrap}
.bk-card .note{font-size:.88em;opacity:.8}.bk-card summary{cursor:pointer}.bk-card td{vertical-align:top}
"""


@dataclasses.dataclass(frozen=True)
class Card:
    """What a result says of itself. All text is escaped: a leak is hostile input.

    Parameters
    ----------
    title
        What it is.
    sentences
        What it says, in words.
    table
        A few rows, values already written for people (text) or plain numbers.
    caption
        What the table holds.
    notes
        Limits, warnings, what did not run.
    folded, summary
        More rows of the same table, shut until asked for in HTML, and what opens them.
    """

    title: str
    sentences: Sequence[str] = ()
    table: pl.DataFrame | None = None
    caption: str = ""
    notes: Sequence[str] = ()
    folded: pl.DataFrame | None = None
    summary: str = ""

    def html(self) -> str:
        """Give the card as an HTML fragment that reads in light and dark themes."""
        parts = [f"<style>{STYLE}</style>", '<div class="bk-card">', f"<h4>{escape(self.title)}</h4>"]
        parts += [f"<p>{escape(sentence)}</p>" for sentence in self.sentences]
        if self.table is not None and self.table.height:
            parts.append(table_html(self.table, self.caption))
        if self.folded is not None and self.folded.height:
            more = table_html(self.folded)
            shut = "" if self.table is not None and self.table.height else " open"
            parts.append(f"<details{shut}><summary>{escape(self.summary)}</summary>{more}</details>")
        parts += [f'<p class="note">{escape(note)}</p>' for note in self.notes]
        return "".join(parts) + "</div>"

    def text(self) -> str:
        """Give the card as plain text, for a terminal."""
        lines = [self.title, *(f"  {sentence}" for sentence in self.sentences)]
        frames = [frame for frame in (self.table, self.folded) if frame is not None and frame.height]
        if frames:
            lines += ["", f"  {self.caption}" if self.caption else "", *_columns(pl.concat(frames))]
        lines += [f"  ({note})" for note in self.notes]
        return "\n".join(lines)


def table_html(frame: pl.DataFrame, caption: str = "", *, numbers: Collection[str] = ()) -> str:
    """Give a small frame as an accessible, escaped HTML table; ``numbers`` names columns of written numbers.

    Examples
    --------
    >>> table_html(pl.DataFrame({"a<b": ["<script>"]}))  # doctest: +ELLIPSIS
    '<table><thead><tr><th scope="col">a&lt;b</th></tr></thead><tbody><tr><td>&lt;script&gt;...
    """
    kind = {
        name: ' class="num"' if dtype.is_numeric() or name in numbers or _written(frame[name]) else ""
        for name, dtype in frame.schema.items()
    }
    head = "".join(f'<th scope="col"{kind[name]}>{escape(name)}</th>' for name in frame.columns)
    rows = (
        "<tr>"
        + "".join(f"<td{kind[name]}>{escape(_cell(row[name]))}</td>" for name in frame.columns)
        + "</tr>"
        for row in frame.iter_rows(named=True)
    )
    title = f"<caption>{escape(caption)}</caption>" if caption else ""
    return f"<table>{title}<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def _written(cells: pl.Series) -> bool:
    """Whether a column of text holds counts, shares or ranges of them, written for people."""
    if cells.dtype != pl.String:
        return False
    silent = {None, "", NO_NUMBER, *(say("locale", "not_told", lang) for lang in LANGUAGES)}
    filled = [cell for cell in cells if cell not in silent]
    return bool(filled) and all(WRITTEN.fullmatch(cell) for cell in filled)


def _cell(value: object) -> str:
    if value is None:
        return "–"
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _columns(frame: pl.DataFrame) -> list[str]:
    cells = [list(frame.columns), *([_cell(value) for value in row] for row in frame.iter_rows())]
    widths = [max(len(row[i]) for row in cells) for i in range(frame.width)]
    return [
        "  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    ]
