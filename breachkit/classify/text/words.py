"""The words of a folded text: where they stand, what lies between them, where sentences end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from breachkit.facts import table

WORD = re.compile(r"[a-z0-9]+")
DIGITS = re.compile(r"[0-9]+")

NONE, COMMA, STOP = 0, 1, 2


@cache
def listed(kind: str) -> frozenset[str]:
    """The words of one list of ``words.csv``."""
    rows = table("classify/text", "words")
    return frozenset(row["word"] for row in rows.to_dicts() if row["kind"] == kind)


def function_words() -> frozenset[str]:
    """Words that a clipped label drops (de, du, la...): the matcher steps over them."""
    return listed("function")


def stem(word: str) -> str:
    """Take off plural, mute e and doubled end letter of words of five letters and more.

    Examples
    --------
    >>> stem("tumeurs"), stem("malignes"), stem("gestationnelle"), stem("vih")
    ('tumeur', 'malign', 'gestationnel', 'vih')
    """
    if len(word) < 5 or not word.isalpha():
        return word
    if word[-1] == "s" or word[-2:] == "ux":
        word = word[:-1]
    word = word[:4] + word[4:].rstrip("e")
    if len(word) > 5 and word[-1] == word[-2]:
        word = word[:-1]
    return word


# Gaps that phrases and sentences go on over, and what they never go on over.
OPEN = frozenset({" ", "", "'", "-", ", "})
WALL = frozenset(";!?\n:")


class Words:
    """One folded text cut into words.

    ``starts[i]``, ``ends[i]`` are folded offsets of word ``i``; ``breaks[i]`` says what stands before it:
    nothing, something like a comma, or the end of a sentence. ``gaps[i]`` is what stands before word ``i``
    (the last one, after all words); ``walls[i]`` says that no phrase goes on from there. ``forms[i]`` is the
    word with the full stop that follows it at once, if one does: it may be clipped (``GROSS.``).
    """

    __slots__ = (
        *("_breaks", "_shouted", "ends", "folded", "forms", "gaps"),
        *("origins", "starts", "text", "walls", "words"),
    )

    def __init__(self, text: str, folded: str, origins: Sequence[int] | None = None) -> None:
        self.text = text
        self.origins = origins
        self.folded = folded
        spans = [match.span() for match in WORD.finditer(folded)]
        self.starts = [start for start, _ in spans]
        self.ends = [end for _, end in spans]
        self.words = [folded[start:end] for start, end in spans]
        self.gaps = [folded[a:b] for a, b in zip([0, *self.ends], [*self.starts, len(folded)], strict=True)]
        self.walls = [gap not in OPEN and not WALL.isdisjoint(gap) for gap in self.gaps]
        self.forms = self.words
        if "." in folded:
            clipped = [gap.startswith(".") for gap in self.gaps[1:]]
            self.forms = [word + "." * dot for word, dot in zip(self.words, clipped, strict=True)]
        self._breaks: list[int] | None = None
        self._shouted: bool | None = None

    def __len__(self) -> int:
        return len(self.words)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where words ``start`` to ``end`` stand in the text as given, with marks that folding took off."""
        from_, to = self.starts[start], self.ends[end - 1]
        if self.origins is None:
            return from_, to
        return self.origins[from_], max(self.origins[to - 1] + 1, self.origins[to])

    def _written(self, start: int, end: int) -> str:
        from_, to = self.span(start, end)
        return self.text[from_:to]

    def upper(self, start: int, end: int) -> bool:
        """Whether words ``start`` to ``end`` stand in capitals in the text."""
        written = self._written(start, end)
        return written.upper() == written

    @property
    def shouted(self) -> bool:
        """Whether the whole text is in capitals."""
        if self._shouted is None:
            self._shouted = self.upper(0, len(self))
        return self._shouted

    def capital(self, index: int) -> bool:
        """Whether word ``index`` begins with a capital letter in the text."""
        return self._written(index, index + 1)[:1].isupper()

    @property
    def breaks(self) -> list[int]:
        """`NONE`, `COMMA` or `STOP` before each word."""
        if self._breaks is None:
            self._breaks = [self._break(i) for i in range(len(self.words))]
        return self._breaks

    def _break(self, index: int) -> int:
        if index == 0:
            return STOP
        gap = self.gaps[index]
        if gap in (" ", "'", "-", "") or (gap == "," and self._decimal(index)):
            return NONE
        if any(c in gap for c in ";!?"):
            return STOP
        if "\n" in gap or "\r" in gap:
            return self._line_break(index, gap)
        if "." in gap and self._full_stop(index, gap):
            return STOP
        if " - " in gap and self.words[index] in listed("no_answer"):
            return COMMA
        if " - " in gap or " / " in gap:
            return STOP
        if any(c in gap for c in ",()/|") or " -" in gap:
            return COMMA
        return NONE

    def _decimal(self, index: int) -> bool:
        """Whether words ``index - 1`` and ``index`` are the two halves of one number: ``0,4``."""
        return self.words[index - 1].isdigit() and self.words[index][0].isdigit()

    def _line_break(self, index: int, gap: str) -> int:
        wrapped = gap.strip(" \t\r\n") == "" and gap.count("\n") < 2
        return NONE if wrapped and self._written(index, index + 1)[:1].islower() else STOP

    def _full_stop(self, index: int, gap: str) -> bool:
        before = self.words[index - 1]
        if gap == "." or len(before) == 1:
            return False
        if self.words[index] in listed("carries_on") and not self.capital(index):
            return False
        return not (before in listed("abbreviation") and "," not in gap)
