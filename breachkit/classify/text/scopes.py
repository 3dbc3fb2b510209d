"""How far a cue reaches: to a terminator, the end of its sentence, or a comma that no list goes on after."""

from __future__ import annotations

from collections.abc import Iterator

from breachkit.classify.text.cues import Found
from breachkit.classify.text.words import COMMA, Words, function_words, listed

JUDGES = frozenset({"negated", "positive", "suspected"})


def limits(found: list[Found]) -> tuple[frozenset[int], frozenset[int]]:
    """Words that end a forward scope, and words that end a backward one."""
    stops = frozenset(f.start for f in found if f.cue.kind == "terminator")
    blocks = frozenset(f.end - 1 for f in found if f.cue.kind == "terminator" or f.cue.kind in JUDGES)
    return stops, blocks


def reach_forward(words: Words, one: Found, stops: frozenset[int], last: int) -> Iterator[int]:
    """Words after cue ``one`` that it reaches."""
    listing = one.cue.kind != "negated"
    other = one.cue.kind == "other_person"
    said = False
    for index in range(one.end, min(last, one.end + one.cue.scope)):
        if other and new_subject(words, index):
            return
        ends = said if not listing else words.words[index] not in listed("verb")
        if index in stops and not other and ends:
            return
        said = said or words.words[index] not in function_words()
        if (
            words.breaks[index] == COMMA
            and not listing
            and index > one.end
            and not goes_on(words, index, last)
        ):
            return
        yield index


def inside(words: Words, one: Found) -> range:
    """Words of a cue that its own negation denies (``sans complication``, ``aucun argument pour``)."""
    judged = one.cue.kind in ("pseudo", "negated", "history") and one.end > one.start
    denies = judged and words.words[one.start] in listed("negator")
    return range(one.start + 1, one.end) if denies else range(0)


def new_subject(words: Words, index: int) -> bool:
    """Whether word ``index`` brings the sentence back to the patient (not ``mère du patient``)."""
    if words.words[index] not in listed("new_subject"):
        return False
    before = words.words[max(0, index - 2) : index]
    return not (before[-1:] in (["du"], ["of"]) or before in (["de", "la"], ["of", "the"]))


def goes_on(words: Words, index: int, last: int) -> bool:
    """Whether what follows the comma before word ``index`` can still belong to a list of bare nouns."""
    word = words.words[index]
    if word in listed("continues"):
        return True
    if word in listed("new_clause") or word.endswith(listed_ends()):
        return False
    for later in range(index, min(last, index + 6)):
        if words.words[later] in listed("verb") or (later > index and words.words[later] in listed("state")):
            return False
        if later > index and words.breaks[later] == COMMA:
            return True
    return True


def listed_ends() -> tuple[str, ...]:
    """Endings of participles, which open a new clause after a comma."""
    return tuple(sorted(listed("participle_end")))


def reach_backward(words: Words, one: Found, blocks: frozenset[int], first: int) -> Iterator[int]:
    """Words before cue ``one`` that it reaches."""
    parted = one.start < len(words) and one.end > one.start and "," in words.gaps[one.start]
    if parted and one.cue.kind not in JUDGES:
        return
    many = one.end > one.start and words.words[one.end - 1].endswith("s")
    for index in range(one.start - 1, max(first, one.start - one.cue.scope) - 1, -1):
        joined = many and words.words[index] in function_words()
        if index in blocks and index < one.start - 1 and not joined:
            return
        yield index
        if words.breaks[index] == COMMA and "," in words.gaps[index] and not many and index > first:
            return
