"""The cues of status: words before or after a finding that say negated, suspected, of another person..."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from breachkit.classify.text.trie import Trie, key_words
from breachkit.classify.text.words import Words, listed
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


def _cue(phrase: str, row: dict[str, str]) -> Cue:
    return Cue(
        phrase,
        row["kind"],
        row["position"] in ("before", "both"),
        row["position"] in ("after", "both"),
        int(row["scope"] or DEFAULT_SCOPE),
    )


@cache
def cues(lang: str) -> Trie[Cue]:
    """Load the cues of one language (rows marked ``any`` serve both)."""
    chosen = [row for row in table("classify/text", "cues").to_dicts() if row["lang"] in (lang, "any")]
    phrases = [(phrase, _cue(phrase, row)) for row in chosen for phrase in spellings(row["cue"])]
    return Trie([(key_words(phrase, skip=False), cue) for phrase, cue in phrases], skip=False)


def spellings(cue: str) -> list[str]:
    """Spell a cue out: ``@relative`` stands for every word of the list ``relative`` of ``words.csv``."""
    list_name = next((word[1:] for word in cue.split() if word.startswith("@")), None)
    if list_name is None:
        return [cue]
    spelled = (cue.replace(f"@{list_name}", word) for word in sorted(listed(list_name)))
    return [phrase for one in spelled for phrase in spellings(one)]


def find_cues(words: Words, lang: str, start: int, end: int) -> list[Found]:
    """Find the cues between two words, the longest at each place; a pseudo-cue hides what it holds."""
    trie = cues(lang)
    found: list[Found] = []
    index = start
    while index < end:
        step = index + 1
        within = [(stop, rows) for stop, rows in trie.matches(words, index) if stop <= end]
        if within:
            longest = within[0][0]
            hidden = _pseudo_across(trie, words, index + 1, longest)
            found += [
                Found(index, stop, cue)
                for stop, rows in within
                for cue in rows
                if stop == longest and (hidden is None or cue.kind != "negated")
            ]
            step = longest if hidden is None else hidden
        index = step
    return found


def _pseudo_across(trie: Trie[Cue], words: Words, first: int, last: int) -> int | None:
    """Where a pseudo-cue begins inside words ``first`` to ``last`` and ends after them; None if none does."""
    for index in range(first, last):
        for stop, rows in trie.matches(words, index):
            if stop > last and any(cue.kind == "pseudo" for cue in rows):
                return index
    return None
