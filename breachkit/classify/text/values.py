"""What a measured value says: viral load, hCG, PSA, CD4, by the thresholds of ``thresholds.csv``.

``β-HCG <5`` is a pregnancy denied, ``CV < 20 copies`` an infection (a viral load is measured in people who
are infected), hCG in a man a marker of tumour. A value without its unit is judged all the same for hCG and
PSA, whose units are universal in practice; a viral load needs its unit or its name in full.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from breachkit.classify.text.words import Words
from breachkit.facts import table

FURTHEST = 4
NUMBER = re.compile(r"[ :=(a-]*(?P<sign><=|>=|<|>)? ?(?P<number>\d{1,3}(?: \d{3})+|\d+(?:[.,]\d+)?)")
UNIT = re.compile(r" ?([a-z]+|%|/)")
UNDECIDED_BELOW = 25.0


@dataclass(frozen=True, slots=True)
class Threshold:
    """One row of ``thresholds.csv``."""

    category: str
    units: tuple[str, ...]
    operator: str
    value: float
    status: str
    sex: str

    def met(self, number: float, sign: str) -> bool:
        """Whether a number, written after ``<`` or ``>`` or neither, is on this side of the threshold."""
        if self.operator == "<>":
            return True
        if self.operator == "<":
            return number < self.value or (sign[:1] == "<" and number <= self.value)
        if self.operator == "between":
            return self.value <= number < UNDECIDED_BELOW and sign[:1] != "<"
        return number >= self.value and sign[:1] != "<"


@cache
def thresholds() -> dict[str, tuple[Threshold, ...]]:
    """The thresholds of each analyte name."""
    known: dict[str, tuple[Threshold, ...]] = {}
    for row in table("classify/text", "thresholds").to_dicts():
        units = tuple(row["unit"].split("|"))
        one = Threshold(
            row["category"], units, row["operator"], float(row["value"]), row["status"], row["sex"]
        )
        for name in row["analyte"].split("|"):
            known[name] = (*known.get(name, ()), one)
    return known


def interpret(
    name: str, number: float, *, sign: str = "", sex: str = "", unit: str = ""
) -> tuple[tuple[str, str], ...]:
    """Say what a value of a named analyte reveals: pairs of category and status, none if nothing is known.

    ``sign`` is ``"<"`` or ``">"`` when the laboratory wrote one; ``sex`` is ``"F"``, ``"M"`` or unknown
    (then a value is read as a woman's). A ``unit`` that the table knows chooses its thresholds; without one,
    the first unit listed for the analyte is taken.

    >>> interpret("hcg", 3), interpret("hcg", 1200), interpret("hcg", 90, sex="M")
    ((('pregnancy', 'negated'),), (('pregnancy', 'asserted'),), (('cancer', 'suspected'),))
    """
    rows = thresholds().get(name, ())
    known = [row for row in rows if unit in row.units]
    rows = tuple(known or [row for row in rows if row.units == rows[0].units])
    return tuple(
        (row.category, row.status)
        for row in rows
        if (not row.sex or row.sex == (sex or "F")) and row.met(number, sign)
    )


def value_after(words: Words, end: int) -> tuple[float, str, str] | None:
    """Read the number that follows the word before ``end``, its sign and unit (``1/`` for ``1/250``)."""
    stop = words.ends[min(len(words), end + FURTHEST) - 1]
    after = words.folded[words.ends[end - 1] : stop]
    match = NUMBER.match(after)
    if match is None:
        return None
    rest = after[match.end() :]
    if rest[:1] in ("/", "%") and rest[1:2].isdigit():
        odds = NUMBER.match(rest, 1)
        return (_float(odds["number"]), "", "1/") if match["number"] == "1" and odds else None
    unit = UNIT.match(rest)
    return _float(match["number"]), match["sign"] or "", unit[1] if unit else ""


def _float(number: str) -> float:
    return float(number.replace(" ", "").replace(",", "."))


def status_of_value(words: Words, start: int, end: int, category: str) -> str | None:
    """Give the status that the value after a finding implies for its category; None if there is none."""
    name = " ".join(words.words[start:end])
    if name not in thresholds():
        return None
    value = value_after(words, end)
    if value is None:
        return None
    number, sign, unit = value
    return dict(interpret(name, number, sign=sign, unit=unit)).get(category)
