"""Column names behind a prefix of their table: DEMNOM, COM_MONTANT in COMMANDE, usagers_sexe in usagers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from breachkit.classify.names import concepts, subject_of
from breachkit.classify.tokens import folded, is_known, tokens

LENGTHS = (4, 3, 2)
SHARED_BY = 5
KNOWN_SHARE = 0.5
SHORTEST_REST = 3
SHORTEST_OF_TABLE = 3


def without_table(name: str, table: str) -> str:
    """Give a name without its table's name, or the letters that abbreviate it, before ``_``; ``""`` if none.

    A prefix that names somebody (``PAT_`` in a table of patients) says whose the column is, and stays.

    Examples
    --------
    >>> without_table("COM_MONTANT", "COMMANDE"), without_table("t_usagers_sexe", "t_usagers")
    ('MONTANT', 'sexe')
    >>> without_table("PAT_ID", "PATIENT"), without_table("ID_COM", "COMMANDE")
    ('', '')
    """
    low, whole = folded(name), folded(table)
    if whole and low.startswith(f"{whole}_") and len(low) > len(whole) + 1:
        return name[len(whole) + 1 :]
    head, parted, rest = name.partition("_")
    abbreviates = len(head) >= SHORTEST_OF_TABLE and whole.startswith(folded(head))
    return rest if parted and abbreviates and not subject_of(concepts(tokens(head))) else ""


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
