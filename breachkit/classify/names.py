"""What a column's name, or its label in a data dictionary, says: concepts and rules over them.

Words give concepts (``tokens.py``); rules over concepts (``name_rules.csv``) give the attribute, the first
that fits. A rule may ask for, or refuse, what the table around is about (``context.py``).
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Literal, NamedTuple

from breachkit.classify.tokens import WORD, folded, lexicon, small_words, tokens
from breachkit.facts import table

Scope = Literal["name", "label"]
_CLAUSE_END = re.compile(r"[(\[:;]|[.,]\s")
STANDARD = ("standard name",)
# A word that no list knows and that is too long for an abbreviation names a thing of its own.
UNKNOWN = "unknown"
LONG_WORD = 5
# Two digits or more: NAIS1318 counts births of 2013 to 2018.
DIGITS = "digits"
NOWHERE: frozenset[str] = frozenset()


class NameEvidence(NamedTuple):
    """What a name says: the attribute, whose, how surely (0 to 0.6), and the concepts that said it."""

    attribute: str
    subject: str
    score: float
    concepts: tuple[str, ...]


class _Rule(NamedTuple):
    attribute: str
    wanted: frozenset[str]
    refused: frozenset[str]
    first: str
    scopes: tuple[str, ...]
    score: float
    subject: str


@cache
def _rules() -> tuple[_Rule, ...]:
    rows = sorted(table("classify", "name_rules").to_dicts(), key=lambda row: -int(row["priority"]))
    return tuple(
        _Rule(
            row["attribute"],
            frozenset(row["all"].split()),
            frozenset(row["none"].split()),
            row["first"],
            ("name", "label") if row["scope"] == "both" else (row["scope"],),
            float(row["score"]),
            row["subject"],
        )
        for row in rows
    )


@cache
def _rules_by_concept() -> dict[str, tuple[int, ...]]:
    """Name the places of the rules that ask for a concept, under the one that fewest rules ask for."""
    asked = Counter(concept for rule in _rules() for concept in rule.wanted)
    places: dict[str, list[int]] = {}
    for place, rule in enumerate(_rules()):
        places.setdefault(min(sorted(rule.wanted), key=asked.__getitem__), []).append(place)
    return {concept: tuple(found) for concept, found in places.items()}


@cache
def _subject_concepts() -> dict[str, str]:
    rows = table("classify", "name_subjects").iter_rows(named=True)
    return {row["concept"]: row["subject"] for row in rows}


@cache
def _exact() -> dict[str, tuple[str, str, float]]:
    rows = table("classify", "exact_names").iter_rows(named=True)
    return {row["name"]: (row["attribute"], row["subject"], float(row["score"])) for row in rows}


def concepts(words: tuple[str, ...]) -> tuple[str, ...]:
    """Give the concepts of the words, in order; a word of two meanings gives both.

    Examples
    --------
    >>> concepts(("ben", "nai", "ann"))
    ('patient', 'birth', 'period')
    """
    return tuple(concept for word in words for concept in lexicon().get(word, ()))


def subject_of(found: tuple[str, ...]) -> str:
    """Say whose the column is, by the first word that names somebody; ``""`` if none does."""
    known = _subject_concepts()
    return next((known[concept] for concept in found if concept in known), "")


def read_name(name: str, scope: Scope = "name", around: frozenset[str] = NOWHERE) -> NameEvidence | None:
    """Say what a column name (or a label) holds; nothing when no rule knows it.

    The score never passes 0.6: a name alone proves nothing. ``around`` holds what the table is about.

    Examples
    --------
    >>> read_name("BEN_NAI_ANN")
    NameEvidence(attribute='birth_date', subject='patient', score=0.6, concepts=('birth', 'period'))
    >>> read_name("acid") is None
    True
    >>> read_name("nom").attribute, read_name("nom", around=frozenset({"around_things"})) is None
    ('last_name', True)
    """
    if scope == "name":
        exact = _exact().get("".join(WORD.findall(folded(name))))
        if exact:
            return NameEvidence(*exact, STANDARD)
    if scope == "label":
        head, *rest = _CLAUSE_END.split(name, maxsplit=1)
        found = _by_rules(head, scope, around)
        return found or (_by_rules(rest[0], scope, around) if rest and not _speaks(head) else None)
    return _by_rules(name, scope, around)


def _speaks(text: str) -> bool:
    return any(word in lexicon() for word in tokens(text, cut=False) if word not in small_words())


def _by_rules(text: str, scope: Scope, around: frozenset[str]) -> NameEvidence | None:
    words = tuple(word for word in tokens(text, cut=scope == "name") if word not in small_words())
    found = concepts(words)
    first = frozenset(lexicon().get(words[0], ())) if words else frozenset()
    have = frozenset(found) | around
    if any(len(word) >= LONG_WORD and word not in lexicon() and not word.isdigit() for word in words):
        have |= {UNKNOWN}
    if any(word.isdigit() and len(word) > 1 for word in words):
        have |= {DIGITS}
    by_concept = _rules_by_concept()
    for place in sorted(place for concept in have for place in by_concept.get(concept, ())):
        rule = _rules()[place]
        if scope not in rule.scopes or not rule.wanted <= have or rule.refused & have:
            continue
        if rule.first and rule.first not in first:
            continue
        subject = rule.subject or subject_of(found)
        return NameEvidence(rule.attribute, subject, rule.score, tuple(sorted(rule.wanted)))
    return None
