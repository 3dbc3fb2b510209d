"""What may stand in an entry of decisions: the kind of thing under each key, checked by one table."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from breachkit.classify.dictionary import shown
from breachkit.classify.telling import HUMAN, TOOL
from breachkit.errors import BreachkitError

KEPT = ("name_score", "value_score", "validator_score", "dictionary_score", "neighbour_score", "share")


class Kind(NamedTuple):
    """What may stand under a key of an entry: a test, and its words."""

    fits: Callable[[Any], bool]
    what: str


def _text(value: Any) -> bool:
    return isinstance(value, str) and not re.search("[\ud800-\udfff]", value)


def _share(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1


def listed(value: Any) -> tuple[Any, ...]:
    """Give what a list holds; a text alone is a list of one."""
    if value is None:
        return ()
    return tuple(value) if isinstance(value, list | tuple | set | frozenset) else (value,)


NAME = Kind(lambda value: _text(value) or type(value) is int, "a text, in quotes if need be")
_WORD = Kind(lambda value: value is None or _text(value), "a text, in quotes if need be")
_WORDS = Kind(lambda value: all(map(_text, listed(value))), "a list of texts")
_PLACE = Kind(lambda value: type(value) is int and -1 <= value < 2**31, "a whole number")
_WHO = Kind(lambda value: value in (HUMAN, TOOL), f"{HUMAN} or {TOOL}")
_SCALES = Kind(lambda value: value is None or isinstance(value, Mapping), "a mapping of numbers")
DECIDED = {"attribute": _WORD, "subject": _WORD, "categories": _WORDS}
ENTRY = {
    **DECIDED,
    "table": _WORD,
    "column": NAME,
    "position": _PLACE,
    "confidence": Kind(_share, "a number from 0 to 1"),
    "scores": _SCALES,
    "reasons": _WORDS,
    "example_shape": _WORD,
    "decided_by": _WHO,
    "found": _WORD,
}
SCORES = dict.fromkeys(KEPT, Kind(lambda value: value is None or _share(value), "a number from 0 to 1"))


def place_of(table: str, column: str) -> str:
    """Name a column in a message."""
    return f"table {shown(table)}, column {shown(column)}" if table else f"column {shown(column)}"


def must_fit(entry: Mapping[Any, Any], kinds: Mapping[str, Kind], place: str) -> None:
    """Refuse an entry with something else under a key than its kind."""
    for key, kind in kinds.items():
        if key in entry and not kind.fits(entry[key]):
            raise BreachkitError(f"In {place}: {key} is not {kind.what}.", hint=f"Correct or remove {key}.")
