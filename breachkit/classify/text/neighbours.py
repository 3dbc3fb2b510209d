"""Conditions on neighbouring words: what tells homographs apart.

A condition is a list of alternatives parted by ``|``: a word (``sein``), a beginning (``potass*``), ``#``
for a number, ``<word`` for the word just before, ``>word`` for the word just after, ``<^`` and ``>^`` for
the beginning and end of the text, ``^`` for either of them, ``@list`` for a list of ``neighbours.csv``.
``~N`` sets how many words are looked at on each side.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from breachkit.classify.text.words import Words, function_words
from breachkit.facts import table

WINDOW = 5
STREET = 6


@dataclass(frozen=True, slots=True)
class Bag:
    """Words and beginnings of words."""

    words: frozenset[str]
    starts: tuple[str, ...]
    number: bool
    edge: bool

    def holds(self, word: str) -> bool:
        """Whether one word is in the bag."""
        if word in self.words or (self.number and word.isdigit()):
            return True
        return bool(self.starts) and word.startswith(self.starts)

    def holds_any(self, words: list[str]) -> bool:
        """Whether one of several words is in the bag."""
        if not self.words.isdisjoint(words):
            return True
        if self.number and any(word.isdigit() for word in words):
            return True
        return bool(self.starts) and any(word.startswith(self.starts) for word in words)


@dataclass(frozen=True, slots=True)
class Condition:
    """What may stand within ``window`` words, just before, or just after."""

    around: Bag
    before: Bag
    after: Bag
    window: int

    def met(self, words: Words, start: int, end: int) -> bool:
        """Whether the neighbours of words ``start`` to ``end`` hold one of the alternatives."""
        said = words.words
        around, before, after = self.around, self.before, self.after
        if around.edge and (start == 0 or end == len(said)):
            return True
        if around.words or around.starts or around.number:
            near = said[max(0, start - self.window) : start] + said[end : end + self.window]
            if around.holds_any(near):
                return True
        if before.words or before.starts or before.number or before.edge:
            index = start - 1
            while index >= 0 and said[index] in function_words() and not before.holds(said[index]):
                index -= 1
                if start - index > WINDOW:
                    break
            if before.edge if index < 0 else before.holds(said[index]):
                return True
        if after.words or after.starts or after.number or after.edge:
            index = end
            while index < len(said) and said[index] in function_words() and not after.holds(said[index]):
                index += 1
                if index - end > WINDOW:
                    break
            if after.edge if index >= len(said) else after.holds(said[index]):
                return True
        return False


def _bag(alternatives: list[str]) -> Bag:
    return Bag(
        frozenset(a for a in alternatives if "*" not in a and a not in ("#", "^")),
        tuple(a[:-1] for a in alternatives if a.endswith("*")),
        "#" in alternatives,
        "^" in alternatives,
    )


@cache
def _lists() -> dict[str, list[str]]:
    lists: dict[str, list[str]] = {}
    for row in table("classify/text", "neighbours").to_dicts():
        lists.setdefault(row["list"], []).extend(row["words"].split("|"))
    return lists


def in_address(words: Words, index: int) -> bool:
    """Whether word ``index`` belongs to the name of a street: ``61 rue des Cerisiers nains``.

    A street begins with its number, or begins the text, and goes on to a comma or for `STREET` words.
    """
    for before in range(index - 1, max(-1, index - 1 - STREET), -1):
        if words.breaks[before + 1]:
            return False
        numbered = before > 0 and words.words[before - 1].isdigit()
        if words.words[before] in _kind_of_street(numbered or before == 0, numbered):
            return True
    return False


@cache
def _kind_of_street(begins: bool, numbered: bool) -> frozenset[str]:
    lists = ("street",) * begins + ("numbered_street",) * numbered
    return frozenset(word for name in lists for word in _lists()[name])


@cache
def condition(text: str) -> Condition | None:
    """Read a condition; None for an empty one."""
    if not text:
        return None
    window = WINDOW
    alternatives: list[str] = []
    for part in text.split("|"):
        if part.startswith("~"):
            window = int(part[1:])
        elif part.lstrip("<>").startswith("@"):
            side = part[0] if part[0] in "<>" else ""
            alternatives += [side + word for word in _lists()[part.lstrip("<>@")]]
        else:
            alternatives.append(part)
    before = [a[1:] for a in alternatives if a.startswith("<")]
    after = [a[1:] for a in alternatives if a.startswith(">")]
    around = [a for a in alternatives if a[0] not in "<>"]
    return Condition(_bag(around), _bag(before), _bag(after), window)
