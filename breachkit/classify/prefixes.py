"""Column names behind a prefix of their table: DEMNOM, DEMPRENOM, DEMSEXE are a name, a first name, a sex."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from breachkit.classify.names import folded, is_known

LENGTHS = (4, 3, 2)
SHARED_BY = 5
KNOWN_SHARE = 0.5
SHORTEST_REST = 3


def without_prefix(names: Sequence[str]) -> list[str]:
    """Give each name without the prefix that its table puts before words; ``""`` where there is none.

    Two to four letters count as a prefix when five columns or more begin with them, none of the lists knows
    them as a word, and what follows is known in half of these columns.

    Examples
    --------
    >>> without_prefix(["DEMNOM", "DEMPRENOM", "DEMSEXE", "DEMIPP", "DEMADRESSE", "VILLE"])
    ['NOM', 'PRENOM', 'SEXE', 'IPP', 'ADRESSE', '']
    """
    prefixes = _prefixes([folded(name) for name in names if name.isalnum()])
    return [_rest(name, prefixes) if name.isalnum() else "" for name in names]


def _prefixes(names: Sequence[str]) -> frozenset[str]:
    rests: dict[str, list[str]] = defaultdict(list)
    for name in names:
        for length in LENGTHS:
            if len(name) >= length + SHORTEST_REST:
                rests[name[:length]].append(name[length:])
    return frozenset(
        prefix
        for prefix, ends in rests.items()
        if len(ends) >= SHARED_BY
        and not is_known(prefix)
        and sum(is_known(end) for end in ends) >= KNOWN_SHARE * len(ends)
    )


def _rest(name: str, prefixes: frozenset[str]) -> str:
    low = folded(name)
    return next((name[n:] for n in LENGTHS if low[:n] in prefixes and is_known(low[n:])), "")
