"""Signs after a finding: ``VIH +``, ``HCV (-)``, ``VHB -``, ``++``, ``IVG ?``."""

from __future__ import annotations

import re

from breachkit.classify.text.cues import Cue, Found
from breachkit.classify.text.words import Words

PLUS = re.compile(r"^ ?\(? ?\++(?=[ ,;.)/\n]|$)")
MINUS = re.compile(r"^ ?\( ?-+ ?\)|^ -(?=[,;.)/]|$)|^-(?=[ ,;.)/\n]|$)")

POSITIVE = Cue("+", "positive", False, True, 3)
NEGATIVE = Cue("(-)", "negated", False, True, 3)
DOUBTFUL = Cue("?", "suspected", False, True, 4)


def signs(words: Words, first: int, last: int) -> list[Found]:
    """Find the signs that follow words ``first`` to ``last``; they are cues of no length after the word."""
    found = []
    for index in range(first, last):
        more = "x" if index + 1 < len(words) else ""
        gap = words.gap(index + 1) + more
        if "?" in gap:
            found.append(Found(index + 1, index + 1, DOUBTFUL))
        if "+" in gap and PLUS.match(gap):
            found.append(Found(index + 1, index + 1, POSITIVE))
        elif "-" in gap and MINUS.match(gap):
            found.append(Found(index + 1, index + 1, NEGATIVE))
    return found
