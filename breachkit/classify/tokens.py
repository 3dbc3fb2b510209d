"""The words of a column's name: cut at underscores, case changes and digits, looked up whole in a lexicon.

Each word of ``names.csv`` gives concepts (``nai`` -> birth). A word is never matched inside another one:
joined words are cut only where the whole of them is made of known words. A long word that no list knows is
read as the known word that is one slip of the keyboard away (``addresse``), if there is just one.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from breachkit.facts import table

# A capital before a capital and small letters begins a word, but ``ID`` and ``N`` stand before small letters.
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z][A-Z])(?=[A-Z][a-z])|(?<=^ID)(?=[a-z])")
WORD = re.compile(r"[a-z]+[0-9]*|[0-9]+")
LONGEST_NAME = 400
LONGEST_JOINED = 40
SHORTEST_PART = 3
# What two letters may say at the head of a joined word: NOSEJ, DTSOR, CDPOSTAL, NBVENUES; one: Ndossier.
SHORTEST_HEAD = 2
HEADS = frozenset({"number", "date", "code", "quantity", "id"})
NUMBER_HEAD = "n"
SHORTEST_NUMBERED = 5
SHORTEST_MISSPELT = 7


def folded(text: str) -> str:
    """Give ``text`` in lower case, without accents, ligatures opened.

    Examples
    --------
    >>> folded("Œuvre Éducative")
    'oeuvre educative'
    """
    opened = text.lower().replace("œ", "oe").replace("æ", "ae").replace("’", "'")
    return "".join(c for c in unicodedata.normalize("NFKD", opened) if not unicodedata.combining(c))


@cache
def _spellings() -> tuple[re.Pattern[str], dict[str, str]]:
    """Phrases whose words apart mean something else (``compte rendu``), and what they are read as."""
    rows = table("classify", "spellings").iter_rows(named=True)
    read_as = {row["phrase"]: row["read_as"] or "" for row in rows}
    longest_first = sorted(read_as, key=len, reverse=True)
    written = "|".join(re.escape(phrase).replace(r"\ ", "[ _-]?") for phrase in longest_first)
    whole = rf"(?<![a-z])(?:{written})(?:(?<=°)|(?![a-z]))"
    return re.compile(whole), {phrase.replace(" ", ""): said for phrase, said in read_as.items()}


def respelt(text: str) -> str:
    """Give a folded text with the phrases of ``spellings.csv`` read as one word each.

    Examples
    --------
    >>> respelt("n°dossier"), respelt("compte-rendu")
    ('numero dossier', 'compterendu')
    """
    phrases, read_as = _spellings()
    return phrases.sub(lambda found: read_as[re.sub("[ _-]", "", found[0])], text)


@cache
def lexicon() -> dict[str, tuple[str, ...]]:
    """Give the concepts of each known word."""
    rows = table("classify", "names").iter_rows(named=True)
    return {row["token"]: tuple(row["concepts"].split()) for row in rows}


@cache
def small_words() -> frozenset[str]:
    """Give the function words that say nothing."""
    return frozenset(table("classify", "small_words")["word"])


def spaced(name: str) -> str:
    """Part the words of a name that capitals alone part.

    Examples
    --------
    >>> spaced("serologieVHB"), spaced("IDindividu"), spaced("BEN_NAI_ANN")
    ('serologie VHB', 'ID individu', 'BEN_NAI_ANN')
    """
    return name if name.isupper() else _CAMEL.sub(" ", name)


def tokens(name: str, *, cut: bool = True) -> tuple[str, ...]:
    """Cut a column name into lower-case words, digits apart unless the lexicon knows them together.

    Joined words are taken apart only where ``cut``: the words of a label stand apart already.

    Examples
    --------
    >>> tokens("BEN_NAI_ANN"), tokens("dateNaissance"), tokens("PHA_PRS_C13"), tokens("codegenre")
    (('ben', 'nai', 'ann'), ('date', 'naissance'), ('pha', 'prs', 'c13'), ('code', 'genre'))
    >>> tokens("Ndossier"), tokens("addresse")
    (('n', 'dossier'), ('adresse',))
    """
    found: list[str] = []
    for word in WORD.findall(respelt(folded(spaced(name[:LONGEST_NAME])))):
        found.extend(_known_parts(word, cut=cut))
    return tuple(found)


def is_known(word: str) -> bool:
    """Say whether a list knows the word, or all the words that it joins.

    Examples
    --------
    >>> is_known("nomjf"), is_known("datenais"), is_known("dem")
    (True, True, False)
    """
    return all(part in lexicon() for part in tokens(word))


def _known_parts(word: str, *, cut: bool) -> tuple[str, ...]:
    if word in lexicon() or word.isdigit():
        return (word,)
    bare = word.rstrip("0123456789")
    if bare != word:
        return (*_known_parts(bare, cut=cut), word[len(bare) :])
    if word.endswith("s") and word[:-1] in lexicon():
        return (word[:-1],)
    if not cut:
        return (word,)
    return _cut(word) or (_corrected(word),)


@cache
def _cut(word: str) -> tuple[str, ...]:
    """Cut a joined word into known words that cover all of it, the longest first; else nothing."""
    if not SHORTEST_HEAD + SHORTEST_PART <= len(word) <= LONGEST_JOINED:
        return ()
    for size in range(len(word) - SHORTEST_PART, SHORTEST_HEAD - 1, -1):
        head, tail = word[:size], word[size:]
        if head in lexicon() and (size >= SHORTEST_PART or HEADS.issuperset(lexicon()[head])):
            rest = (tail,) if tail in lexicon() or tail in small_words() else _cut(tail)
            if rest:
                return (head, *rest)
    numbered = word.removeprefix(NUMBER_HEAD)
    if numbered != word and len(numbered) >= SHORTEST_NUMBERED and numbered in lexicon():
        return (NUMBER_HEAD, numbered)
    return ()


@cache
def _misspellings() -> dict[str, frozenset[str]]:
    """Long known words by each form that lacks one letter, and by their own."""
    forms: dict[str, set[str]] = {}
    for word in lexicon():
        if len(word) >= SHORTEST_MISSPELT:
            for form in _lacking_one(word):
                forms.setdefault(form, set()).add(word)
    return {form: frozenset(words) for form, words in forms.items()}


def _lacking_one(word: str) -> set[str]:
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}


@cache
def _corrected(word: str) -> str:
    """Give the one known word that is one letter away, in the middle of the word, else the word itself."""
    if len(word) < SHORTEST_MISSPELT:
        return word
    near = frozenset().union(*(_misspellings().get(form, frozenset()) for form in _lacking_one(word)))
    alike = [known for known in near if (known[0], known[-2:]) == (word[0], word[-2:])]
    return alike[0] if len(alike) == 1 else word
