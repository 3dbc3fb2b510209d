"""Negated, suspected, somebody else's, past, tested...: a ConText-style qualifier for French and English.

Each cue reaches the words before or after it until its scope ends: a terminator, the end of the sentence, a
comma that no list goes on after. After Chapman et al. 2001 (NegEx, doi 10.1006/jbin.2001.1029) and Harkema
et al. 2009 (ConText, doi 10.1016/j.jbi.2009.05.002); cues and scopes are our own.
"""

from __future__ import annotations

from breachkit.classify.text.cues import Cue, Found, find_cues
from breachkit.classify.text.scopes import inside, limits, reach_backward, reach_forward
from breachkit.classify.text.signs import answers, signs, surrounded
from breachkit.classify.text.words import STOP, Words, listed

ORDER = ("negated", "other_person", "suspected", "prevention", "history", "tested")
LONGEST_SENTENCE = 2_000
HIDDEN = Cue("inside a pseudo-cue", "negated", False, False, 0)
YEAR = "year"
CONFIRMED = "confirm"
OF_TESTS = {"positive": "asserted", "abnormal": "suspected", "normal": "negated"}


class Qualifier:
    """The cues of one text and the words that each reaches, worked out sentence by sentence when asked."""

    def __init__(self, words: Words, lang: str) -> None:
        self._words = words
        self._lang = lang
        self._sentences: dict[int, dict[int, list[Found]]] = {}
        self._firsts: tuple[list[int], dict[int, int]] | None = None

    def _cut(self) -> tuple[list[int], dict[int, int]]:
        """The first word of each word's sentence, and where each sentence ends; over-long ones are cut."""
        if self._firsts is None:
            firsts: list[int] = []
            ends: dict[int, int] = {}
            first = 0
            for index, mark in enumerate(self._words.breaks):
                if mark == STOP or index - first >= LONGEST_SENTENCE:
                    first = index
                firsts.append(first)
                ends[first] = index + 1
            self._firsts = firsts, ends
        return self._firsts

    def _painted(self, index: int) -> dict[int, list[Found]]:
        """Which cues reach each word of the sentence of word ``index``."""
        firsts, ends = self._cut()
        first = firsts[index]
        if first not in self._sentences:
            last = ends[first]
            found = find_cues(self._words, self._lang, first, last)
            found += signs(self._words, first, last)
            found += answers(self._words, first, last)
            found.sort(key=lambda f: (f.start, f.end))
            painted = {word: [one] for word, one in surrounded(self._words, first, last).items()}
            stops, blocks = limits(found)
            for one in found:
                denied = inside(self._words, one)
                for word in denied:
                    painted.setdefault(word, []).append(Found(one.start, one.end, HIDDEN))
                reached_words: set[int] = set()
                if one.cue.kind == "history" and not denied:
                    reached_words.update(range(one.start, one.end))
                if one.cue.before:
                    reached_words.update(reach_forward(self._words, one, stops, last))
                if one.cue.after:
                    reached_words.update(reach_backward(self._words, one, blocks, first))
                for reached in reached_words:
                    painted.setdefault(reached, []).append(one)
            self._sentences[first] = painted
        return self._sentences[first]

    def status(
        self, start: int, end: int, base: str = "asserted", *, locked: bool = False, category: str = ""
    ) -> tuple[str, str]:
        """Judge words ``start`` to ``end``: the status and the cue that gave it (``""`` if none did)."""
        if start >= end:
            return base, ""
        reaching: dict[str, str] = {}
        for index in range(start, end):
            for one in self._painted(index).get(index, ()):
                if not start <= one.start < end or one.end > end or start == one.start == one.end:
                    reaching.setdefault(one.cue.kind, one.cue.cue)
        if "ceased" in reaching:
            # No longer so: it was; of a bare span one says that it is not.
            reaching.setdefault("history" if category else "negated", reaching["ceased"])
        if category in listed("untested"):
            reaching.pop("tested", None)
        if category in listed("plain"):
            for kind in ("tested", "suspected", "prevention"):
                reaching.pop(kind, None)
        if category in listed("unprevented") and not _teaches(reaching.get("prevention", "")):
            reaching.pop("prevention", None)
        if category in listed("lasting") and reaching.get("history") == YEAR:
            reaching.pop("history")
        if category in listed("undenied") and "negated" in reaching:
            reaching["positive"] = reaching.pop("negated")
        return decide(base, reaching, locked=locked)


def _teaches(cue: str) -> bool:
    """Whether a cue of prevention is about a subject (``brochure``), not a patient's care (``vaccin``)."""
    return not listed("teaching").isdisjoint(cue.replace("'", " ").split())


def decide(base: str, reaching: dict[str, str], *, locked: bool) -> tuple[str, str]:
    """Combine a term's own status with the kinds of cue that reach it; the order is that of `ORDER`."""
    for kind in ORDER:
        if kind not in reaching:
            continue
        if locked and kind in ("negated", "tested", "suspected"):
            continue
        if kind == "tested" and base != "asserted":
            continue
        if kind == "tested" and "positive" in reaching:
            continue
        if kind == "suspected" and reaching.get("positive", "").startswith(CONFIRMED):
            continue
        if kind == "history" and (base == "tested" or (reaching[kind] == YEAR and _present(reaching))):
            continue
        return kind, reaching[kind]
    for kind, implied in OF_TESTS.items():
        if base == "tested" and kind in reaching:
            return implied, reaching[kind]
    return base, ""


def _present(reaching: dict[str, str]) -> bool:
    """Whether a positive word (not ``treated``) says that a dated finding is still there."""
    return not reaching.get("positive", "trait").startswith("trait")
