"""What a column's name, or its label in a data dictionary, says: tokens, concepts, rules.

A name is cut at underscores, case changes and digits; each token is looked up whole in an abbreviation
lexicon (``names.csv``) that gives concepts (``nai`` -> birth). Rules over concepts (``name_rules.csv``) give
the attribute. A token is never matched inside another one: joined words are cut only where the whole of
them is made of known words.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Literal, NamedTuple

from breachkit.facts import table

Scope = Literal["name", "label"]
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_WORD = re.compile(r"[a-z]+[0-9]*|[0-9]+")
_CLAUSE_END = re.compile(r"[(\[:;]|[.,]\s")
STANDARD = ("standard name",)
LONGEST_LABEL = 400
SHORTEST_PART = 3
# What two letters may say at the head of a joined word: NOSEJ, DTSOR, CDPOSTAL, NBVENUES.
SHORTEST_HEAD = 2
HEADS = frozenset({"number", "date", "code", "quantity"})
LONGEST_JOINED = 40
# A word that no list knows and that is too long for an abbreviation names a thing of its own.
UNKNOWN = "unknown"
LONG_WORD = 5
# Two digits or more: NAIS1318 counts births of 2013 to 2018.
DIGITS = "digits"


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


def folded(text: str) -> str:
    """Give ``text`` in lower case, without accents, ligatures opened.

    Examples
    --------
    >>> folded("Œuvre Éducative")
    'oeuvre educative'
    """
    opened = (
        text.lower()
        .replace("œ", "oe")
        .replace("æ", "ae")
        .replace("n°", "numero ")
        .replace("number of ", "count of ")
        .replace("compte rendu", "compterendu")
    )
    return "".join(c for c in unicodedata.normalize("NFKD", opened) if not unicodedata.combining(c))


@cache
def _lexicon() -> dict[str, tuple[str, ...]]:
    rows = table("classify", "names").iter_rows(named=True)
    return {row["token"]: tuple(row["concepts"].split()) for row in rows}


@cache
def _small_words() -> frozenset[str]:
    return frozenset(table("classify", "small_words")["word"])


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
def _subject_concepts() -> dict[str, str]:
    rows = table("classify", "name_subjects").iter_rows(named=True)
    return {row["concept"]: row["subject"] for row in rows}


@cache
def _exact() -> dict[str, tuple[str, str, float]]:
    rows = table("classify", "exact_names").iter_rows(named=True)
    return {row["name"]: (row["attribute"], row["subject"], float(row["score"])) for row in rows}


def tokens(name: str, *, cut: bool = True) -> tuple[str, ...]:
    """Cut a column name into lower-case words, digits apart unless the lexicon knows them together.

    Joined words are taken apart only where ``cut``: the words of a label stand apart already.

    Examples
    --------
    >>> tokens("BEN_NAI_ANN"), tokens("dateNaissance"), tokens("PHA_PRS_C13"), tokens("codegenre")
    (('ben', 'nai', 'ann'), ('date', 'naissance'), ('pha', 'prs', 'c13'), ('code', 'genre'))
    """
    spaced = _CAMEL.sub(" ", name) if not name.isupper() else name
    found: list[str] = []
    for word in _WORD.findall(folded(spaced[:LONGEST_LABEL])):
        found.extend(_known_parts(word, cut=cut))
    return tuple(found)


def _known_parts(word: str, *, cut: bool) -> tuple[str, ...]:
    if word in _lexicon() or word.isdigit():
        return (word,)
    bare = word.rstrip("0123456789")
    if bare != word:
        return (*_known_parts(bare, cut=cut), word[len(bare) :])
    if word.endswith("s") and word[:-1] in _lexicon():
        return (word[:-1],)
    return (_cut(word) if cut else ()) or (word,)


@cache
def _cut(word: str) -> tuple[str, ...]:
    """Cut a joined word into known words that cover all of it, the longest first; else nothing."""
    if not SHORTEST_HEAD + SHORTEST_PART <= len(word) <= LONGEST_JOINED:
        return ()
    for size in range(len(word) - SHORTEST_PART, SHORTEST_HEAD - 1, -1):
        head, tail = word[:size], word[size:]
        if head in _lexicon() and (size >= SHORTEST_PART or HEADS.issuperset(_lexicon()[head])):
            rest = (tail,) if tail in _lexicon() else _cut(tail)
            if rest:
                return (head, *rest)
    return ()


def concepts(words: tuple[str, ...]) -> tuple[str, ...]:
    """Give the concepts of the words, in order; a word of two meanings gives both.

    Examples
    --------
    >>> concepts(("ben", "nai", "ann"))
    ('patient', 'birth', 'period')
    """
    return tuple(concept for word in words for concept in _lexicon().get(word, ()))


def subject_of(found: tuple[str, ...]) -> str:
    """Say whose the column is, by the first word that names somebody; ``""`` if none does."""
    known = _subject_concepts()
    return next((known[concept] for concept in found if concept in known), "")


def read_name(name: str, scope: Scope = "name") -> NameEvidence | None:
    """Say what a column name (or a label) holds; nothing when no rule knows it.

    The score never passes 0.6: a name alone proves nothing.

    Examples
    --------
    >>> read_name("BEN_NAI_ANN")
    NameEvidence(attribute='birth_date', subject='patient', score=0.6, concepts=('birth', 'period'))
    >>> read_name("acid") is None
    True
    """
    if scope == "name":
        exact = _exact().get("".join(_WORD.findall(folded(name))))
        if exact:
            return NameEvidence(*exact, STANDARD)
    if scope == "label":
        head, *rest = _CLAUSE_END.split(name, maxsplit=1)
        return _by_rules(head, scope) or (_by_rules(rest[0], scope) if rest and not _speaks(head) else None)
    return _by_rules(name, scope)


def is_known(word: str) -> bool:
    """Say whether a list knows the word, or all the words that it joins.

    Examples
    --------
    >>> is_known("nomjf"), is_known("datenais"), is_known("dem")
    (True, True, False)
    """
    return all(part in _lexicon() for part in tokens(word))


def _speaks(text: str) -> bool:
    return any(word in _lexicon() for word in tokens(text, cut=False) if word not in _small_words())


def _by_rules(text: str, scope: Scope) -> NameEvidence | None:
    words = tuple(word for word in tokens(text, cut=scope == "name") if word not in _small_words())
    found = concepts(words)
    first = frozenset(_lexicon().get(words[0], ())) if words else frozenset()
    have = frozenset(found)
    if any(len(word) >= LONG_WORD and word not in _lexicon() and not word.isdigit() for word in words):
        have |= {UNKNOWN}
    if any(word.isdigit() and len(word) > 1 for word in words):
        have |= {DIGITS}
    for rule in _rules():
        if scope not in rule.scopes or not rule.wanted <= have or rule.refused & have:
            continue
        if rule.first and rule.first not in first:
            continue
        subject = rule.subject or subject_of(found)
        return NameEvidence(rule.attribute, subject, rule.score, tuple(sorted(rule.wanted)))
    return None
