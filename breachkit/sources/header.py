"""Whether the first line names the columns, and the names they get. A patient never becomes a name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from breachkit import facts
from breachkit.leak import ROW

# Values, not names: dates, long numbers, e-mail and street addresses, phrases.
PERSONAL = re.compile(
    r"@|\d{5,}|\b\d{1,4}[-/. ]\d{1,2}[-/. ]\d{1,4}\b|(?:\d[ .-]?){8,}|^\d+[.,]\d+$"
    r"|^[12]\s?\d{2}\s?\d{2}\b|^\d+\s+\S|.{61}"
)
WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
LONGEST_NAME = 80


@cache
def header_words() -> frozenset[str]:
    """The words that name columns in French and English files (``header_words.csv``)."""
    return frozenset(facts.table("sources", "header_words")["word"])


def fold(text: str) -> str:
    """Write a text without accents or ligatures."""
    text = text.replace("œ", "oe").replace("Œ", "OE").replace("°", " no ")
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def known(cell: str) -> bool:
    """Whether a cell reads like a column name: at least half of its words are known ones.

    Examples
    --------
    >>> known("date_naissance"), known("NumSecu"), known("DUPONT")
    (True, True, False)
    """
    words = [word.lower() for word in WORD.findall(fold(cell))]
    words = [word for word in words if not word.isdigit()]
    if not words:
        return False
    return sum(word in header_words() for word in words) * 2 >= len(words)


def _kind(cell: str) -> str:
    text = cell.strip()
    if not text:
        return "empty"
    if PERSONAL.search(text):
        return "personal"
    return "number" if re.fullmatch(r"[-+]?\d+([.,]\d+)?", text) else "text"


def decide(first: Sequence[str], body: Sequence[Sequence[str]]) -> tuple[bool, str]:
    """Decide whether ``first`` is a header, from the words it holds and from the lines below.

    Doubt goes to "no": a header read as data costs one row, a patient read as a header costs a patient
    and puts a name where everybody reads it.

    Examples
    --------
    >>> decide(["nom", "date"], [["DUPONT", "01/02/1960"]])[0]
    True
    >>> decide(["DUPONT", "01/02/1960"], [["MARTIN", "03/04/1970"]])[0]
    False
    """
    filled = [cell for cell in first if cell.strip()]
    if not filled:
        return False, "the first line is empty"
    if any(_kind(cell) == "personal" for cell in filled):
        return False, "the first line holds values (dates, numbers or addresses)"
    words = sum(known(cell) for cell in filled)
    if words * 2 >= len(filled):
        return True, f"{words} of {len(filled)} cells of the first line are known column words"
    contrast = sum(_contrast(cell, [row[i] for row in body if i < len(row)]) for i, cell in enumerate(first))
    distinct = len({cell.strip() for cell in filled}) == len(filled)
    if distinct and ((words and contrast) or contrast * 2 >= len(filled)):
        return True, f"{contrast} columns hold numbers or dates below a first line of words"
    return False, "nothing tells the first line from the others"


def _contrast(cell: str, below: Sequence[str]) -> bool:
    """Whether a word stands above a column of numbers, dates or addresses."""
    kinds = [kind for kind in map(_kind, below) if kind != "empty"]
    if _kind(cell) != "text" or not kinds:
        return False
    return sum(kind != "text" for kind in kinds) >= 0.8 * len(kinds)


def names(cells: Sequence[str] | None, width: int) -> tuple[list[str], int]:
    """Make the column names: ``column_1``... without a header; doubles ``x_2``; empties by position.

    Returns
    -------
    tuple
        The names, and how many differ from what the header says.

    Examples
    --------
    >>> names(["nom", "nom", ""], 4)
    (['nom', 'nom_2', 'column_3', 'column_4'], 3)
    >>> names(None, 2)
    (['column_1', 'column_2'], 0)
    """
    if cells is None:
        return [f"column_{i + 1}" for i in range(width)], 0
    made: list[str] = []
    taken = {ROW}
    next_number: dict[str, int] = {}
    changed = 0
    wanted = {clean(cell) for cell in cells}
    for i in range(width):
        asked = clean(cells[i]) if i < len(cells) else ""
        name = asked or f"column_{i + 1}"
        number = next_number.get(name, 2)
        base = name
        while name in taken or (name != asked and name in wanted):
            name = f"{base}_{number}"
            number += 1
        next_number[base] = number
        changed += name != asked
        taken.add(name)
        made.append(name)
    return made, changed


def clean(cell: str) -> str:
    """Give a header cell without control characters, outer spaces, or more than 80 characters."""
    text = "".join(c if c.isprintable() or c == " " else " " for c in cell.replace("\ufeff", ""))
    return " ".join(text.split())[:LONGEST_NAME].strip()
