"""The lexicon: which words reveal what, how strongly, and among which neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from breachkit.classify.text.neighbours import Condition, condition
from breachkit.classify.text.trie import CLIPPED, Trie, abbreviations, key_words
from breachkit.facts import table

ROOM = "classify/text"
TABLES = ("conditions", "acts", "shorthand", "other_categories", "diseases", "neutral")


@dataclass(frozen=True, slots=True)
class Term:
    """One row of the lexicon.

    An empty ``category`` is a neutral phrase that hides what it holds; a ``residual`` term (``infection``,
    ``lesion``) counts only where no term of a named category stands near it.
    """

    term: str
    category: str
    status: str
    strength: str
    locked: bool
    upper: bool
    residual: bool
    near: Condition | None
    far: Condition | None


def _term(row: dict[str, str]) -> Term:
    flags = row["flags"].split()
    return Term(
        term=row["term"].replace("*", ""),
        category=row["category"],
        status=row["status"] or "asserted",
        strength=row["strength"] or "strong",
        locked="locked" in flags,
        upper="upper" in flags,
        residual="residual" in flags,
        near=condition(row["near"]),
        far=condition(row["far"]),
    )


def _phrases(row: dict[str, str]) -> list[tuple[str, ...]]:
    phrases = [key_words(phrase, skip=True) for phrase in row["term"].split("|")]
    if "acronym" in row["flags"]:
        phrases += [tuple(p[0]) for p in phrases if len(p) == 1 and p[0].isalpha() and 3 <= len(p[0]) <= 6]
    return [phrase for phrase in phrases if phrase]


def rows(lang: str) -> list[dict[str, str]]:
    """The rows that serve texts of one language."""
    every = [row for name in TABLES for row in table(ROOM, name).to_dicts()]
    return [row for row in every if row["lang"] in (lang, "any")]


@dataclass(frozen=True)
class Lexicon:
    """The phrases of one language, and the pieces of words that a text must hold to be worth a look."""

    trie: Trie[Term]
    pieces: tuple[str, ...]


@cache
def lexicon(lang: str) -> Lexicon:
    """Load the lexicon of one language."""
    from breachkit.classify.text.drugs import drug_rows

    pairs = [
        (phrase, _term({**row, "term": row["term"].split("|")[0]}))
        for row in [*rows(lang), *drug_rows()]
        for phrase in _phrases(row)
    ]
    pieces = {_piece(phrase) for phrase, term in pairs if term.category}
    pieces |= {f" {short} " for short in abbreviations()}
    pieces |= {f" {key[:CLIPPED]}" for phrase, term in pairs if term.category for key in phrase[:1]}
    return Lexicon(Trie(pairs, skip=True), tuple(sorted(pieces)))


def _piece(phrase: tuple[str, ...]) -> str:
    """Name the longest key of a phrase as it stands in a text of spaced words whose numbers are ``#``."""
    key = max(phrase, key=lambda word: len(word.strip("*#")))
    if key.startswith("*"):
        return key[1:]
    if key.endswith("*"):
        return f" {key[:-1]}"
    shaped = "".join("#" if c.isdigit() else c for c in key)
    while "##" in shaped:
        shaped = shaped.replace("##", "#")
    return f" {shaped}" if len(key) >= 4 and key.isalpha() else f" {shaped} "
