"""Which words of a text are terms of the lexicon: longest first, homographs judged by their neighbours."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

import polars as pl

from breachkit.classify.text.lexicon import Lexicon, Term
from breachkit.classify.text.neighbours import Condition, condition, in_address
from breachkit.classify.text.words import Words, listed

GUARD = "<@address"
NEARBY = 5


@dataclass(frozen=True, slots=True)
class Hit:
    """Words ``start`` to ``end`` (exclusive) are ``term``."""

    start: int
    end: int
    term: Term


def worth_a_look(folded: pl.Series, lexicon: Lexicon) -> pl.Series:
    """Say for each folded text whether it holds a piece of any term (one Aho-Corasick pass, no false no)."""
    shaped = folded.str.replace_all(r"[0-9]+", "#").str.replace_all(r"[^a-z#]+", " ")
    spaced = pl.select(pl.concat_str(pl.lit(" "), shaped, pl.lit(" "))).to_series()
    return spaced.str.contains_any(list(lexicon.pieces))


def _holds(term: Term, words: Words, start: int, end: int) -> bool:
    if term.upper and not words.upper(start, end):
        return False
    if term.near is not None and not term.near.met(words, start, end):
        return False
    return term.far is None or not term.far.met(words, start, end)


def _names(words: Words, start: int, end: int, guard: Condition) -> bool:
    """Whether words ``start`` to ``end`` are the name of a place, a street or a person."""
    return guard.met(words, start, end) or _surname(words, start, end) or in_address(words, start)


def _surname(words: Words, start: int, end: int) -> bool:
    """Whether one capitalised word stands between a title and a first name (``Mme CATHOLIQUE Denise``)."""
    if start == 0 or end - start > 1 or words.words[start - 1] not in listed("title"):
        return False
    named = words.capital(start) and (end == len(words) or words.capital(end))
    return named and not words.shouted and words.ends[start] - words.starts[start] > 3


def hits(words: Words, lexicon: Lexicon) -> list[Hit]:
    """Find the terms of one text, in order; a term inside a longer one is left out."""
    guard = condition(GUARD)
    assert guard is not None
    kept: list[Hit] = []
    reach = 0
    for start in range(len(words)):
        for end, terms in lexicon.trie.matches(words, start):
            if end <= reach:
                break
            good = [term for term in terms if _holds(term, words, start, end)]
            if any(term.category for term in good) and _names(words, start, end, guard):
                good = [term for term in good if not term.category]
            if good:
                by_category = {term.category: term for term in reversed(good)}
                kept += [Hit(start, end, term) for term in by_category.values()]
                reach = end
                break
    return _without_residues([hit for hit in _settled(kept) if hit.term.category], words)


def _without_residues(found: list[Hit], words: Words) -> list[Hit]:
    """Leave out the general words of disease that a named category in the same phrase makes precise."""
    if len(found) < 2 or not any(hit.term.residual for hit in found):
        return found
    named = [hit for hit in found if not hit.term.residual]
    starts = [hit.start for hit in named]

    def precise(hit: Hit) -> bool:
        after = bisect_left(starts, hit.start)
        before = after > 0 and _one_phrase(named[after - 1], hit, words)
        return before or (after < len(named) and _one_phrase(hit, named[after], words))

    return [hit for hit in found if not (hit.term.residual and precise(hit))]


def _one_phrase(one: Hit, other: Hit, words: Words) -> bool:
    """Whether two hits stand close, with no comma nor end of sentence between them."""
    if other.start - one.end > NEARBY:
        return False
    return not any(words.breaks[one.end : other.start + 1])


def _settled(kept: list[Hit]) -> list[Hit]:
    """Where two terms of one category overlap, keep the longer; a neutral phrase hides what it touches."""
    out: list[Hit] = []
    for hit in kept:
        while out and hit.start < out[-1].end and hit.end - hit.start > out[-1].end - out[-1].start:
            if out[-1].start == hit.start or not _rivals(out[-1], hit):
                break
            out.pop()
        if out and hit.start < out[-1].end and hit.start != out[-1].start and _rivals(out[-1], hit):
            continue
        out.append(hit)
    return out


def _rivals(one: Hit, other: Hit) -> bool:
    return one.term.category == other.term.category or "" in (one.term.category, other.term.category)
