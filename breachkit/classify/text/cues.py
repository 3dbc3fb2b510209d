"""The cues of status: words before or after a finding that say negated, suspected, of another person..."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from breachkit.classify.text.trie import Trie, key_words
from breachkit.classify.text.words import Words
from breachkit.facts import table

DEFAULT_SCOPE = 10


@dataclass(frozen=True, slots=True)
class Cue:
    """One row of ``cues.csv``; ``scope`` is how many words it reaches."""

    cue: str
    kind: str
    before: bool
    after: bool
    scope: int


@dataclass(frozen=True, slots=True)
class Found:
    """Words ``start`` to ``end`` (exclusive) are ``cue``."""

    start: int
    end: int
    cue: Cue


def _cue(row: dict[str, str]) -> Cue:
    return Cue(
        row["cue"],
        row["kind"],
        row["position"] in ("before", "both"),
        row["position"] in ("after", "both"),
        int(row["scope"] or DEFAULT_SCOPE),
    )


@cache
def cues(lang: str) -> Trie[Cue]:
    """Load the cues of one language (rows marked ``any`` serve both)."""
    chosen = [row for row in table("classify/text", "cues").to_dicts() if row["lang"] in (lang, "any")]
    return Trie([(key_words(row["cue"], skip=False), _cue(row)) for row in chosen], skip=False)


def find_cues(words: Words, lang: str, start: int, end: int) -> list[Found]:
    """Find the cues between two words, the longest at each place; a pseudo-cue hides what it holds."""
    trie = cues(lang)
    found: list[Found] = []
    index = start
    while index < end:
        step = index + 1
        for stop, rows in trie.matches(words, index):
            if stop <= end:
                found += [Found(index, stop, cue) for cue in rows]
                step = stop
                break
        index = step
    return found
