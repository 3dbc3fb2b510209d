"""Signs after a finding (``VIH +``, ``IVG ?``), answers (``Tabac : non``) and years (``2009``)."""

from __future__ import annotations

import re

from breachkit.classify.text.cues import Cue, Found
from breachkit.classify.text.words import OPEN, Words, listed

PLUS = re.compile(r"^ ?\(? ?\++(?=[ ,;.)/\n]|$)")
# ``HLA + sérologies``: a plus between two words is an "and".
AND = re.compile(r"^ \+ $")
MINUS = re.compile(r"^ ?\( ?-+ ?\)|^ -(?=[,;.)/]|$)|^-(?=[ ,;.)/\n]|$)")

BETWEEN = 3
YEAR = re.compile(r"^(19[3-9][0-9]|20[0-3][0-9])$")
SURROUNDED = Cue("ne ... pas", "negated", False, False, 0)
NO_LONGER = Cue("ne ... plus", "ceased", False, False, 0)
REFUSED = Cue(": no", "negated", False, True, 5)
NOTHING = Cue("0", "negated", True, False, 3)
DATED = Cue("year", "history", False, True, 8)

POSITIVE = Cue("+", "positive", False, True, 3)
NEGATIVE = Cue("(-)", "negated", False, True, 3)
DOUBTFUL = Cue("?", "suspected", False, True, 4)
ASKED = Cue("?", "suspected", True, False, 4)


def signs(words: Words, first: int, last: int) -> list[Found]:
    """Find the signs that follow words ``first`` to ``last``; they are cues of no length after the word."""
    found = []
    opening = words.gaps[first].rstrip(" ")
    if opening.endswith("?") and (first == 0 or opening[0] in " ,;.(:\n"):
        found.append(Found(first, first, ASKED))
    for index in range(first, last):
        if words.gaps[index + 1] in OPEN and index + 1 < last:
            continue
        more = "x" if index + 1 < len(words) else ""
        gap = words.gaps[index + 1] + more
        if "?" in gap:
            found.append(Found(index + 1, index + 1, DOUBTFUL))
        if (
            AND.match(gap)
            and more
            and index + 1 < last
            and words.words[index + 1] not in listed("carries_on")
        ):
            continue
        if "+" in gap and PLUS.match(gap):
            found.append(Found(index + 1, index + 1, POSITIVE))
        elif "-" in gap and MINUS.match(gap):
            found.append(Found(index + 1, index + 1, NEGATIVE))
    return found


def answers(words: Words, first: int, last: int) -> list[Found]:
    """Find ``: non``, ``= 0``, ``0`` before a word, and years that date an event of the past."""
    found = []
    for index in range(first, last):
        word, gap = words.words[index], words.gaps[index]
        if gap in OPEN and not word[0].isdigit() and word not in listed("no_answer"):
            continue
        asked = index > first and (":" in gap or "=" in gap or " - " in gap)
        closed = index + 1 == last or words.gaps[index + 1].strip(" ") != ""
        if asked and closed and word in listed("no_answer"):
            found.append(Found(index, index + 1, REFUSED))
        elif word == "0" and words.gaps[index + 1] == " " and (index == first or "," in gap):
            found.append(Found(index, index + 1, NOTHING))
        elif YEAR.match(word) and _a_year(words, first, index) and not _since(words, first, index):
            found.append(Found(index, index + 1, DATED))
    return found


def surrounded(words: Words, first: int, last: int) -> dict[int, Found]:
    """Find the words between ``ne`` and ``pas``, ``jamais`` or ``plus``: ``ne fume pas``."""
    denied: dict[int, Found] = {}
    for index in range(first, last):
        if words.words[index] not in listed("before_verb"):
            continue
        for later in range(index + 2, min(last, index + 2 + BETWEEN)):
            if words.words[later] in listed("after_verb"):
                cue = NO_LONGER if words.words[later] == "plus" else SURROUNDED
                denied |= {word: Found(index, index + 1, cue) for word in range(index + 1, later)}
                break
    return denied


def _a_year(words: Words, first: int, index: int) -> bool:
    """Whether a year stands alone or after its month (``03/2012``), not at the end of a full date."""
    gap = words.gaps[index]
    if "/" not in gap and "." not in gap:
        return True
    month = index > first and words.words[index - 1].isdigit() and len(words.words[index - 1]) <= 2
    return gap == "/" and month and not (index - 1 > first and words.gaps[index - 1] == "/")


def _since(words: Words, first: int, index: int) -> bool:
    said = words.words[max(first, index - 3) : index]
    return not listed("since").isdisjoint(said)
