"""What may be repeated of a name somebody gave to a sheet, a file or a key: structure, never a person.

``Mme DUPONT.csv`` in a folder, a sheet called after a patient, a JSON object keyed by names: such names are
part of the leak. Words that everybody uses stay; the rest gives way to a number.
"""

from __future__ import annotations

from functools import cache

from breachkit import facts
from breachkit.sources import header

MOST_DIGITS = 4  # a year or a number, no date of birth


@cache
def _structure() -> frozenset[str]:
    return header.header_words() | frozenset(facts.table("sources", "structure_words")["word"])


def _common(word: str) -> bool:
    low = word.lower()
    return low in _structure() or (low.endswith("s") and low[:-1] in _structure())


def public(name: str, fallback: str) -> str:
    """Keep the words of ``name`` that everybody uses; without any, give ``fallback``.

    Digits stay if there are at most four and no word had to go.

    Examples
    --------
    >>> public("export_patients_2020", "file_1"), public("Dossier DUPONT 1985", "file_1")
    ('export_patients_2020', 'Dossier')
    >>> public("DUPONT Marie", "file_1")
    'file_1'
    """
    shown = header.clean(name)
    found = header.WORD.findall(header.fold(shown))
    words = [word for word in found if not word.isdigit()]
    kept = [word for word in words if _common(word)]
    if not kept:
        return fallback
    few = sum(len(word) for word in found if word.isdigit()) <= MOST_DIGITS
    plain = all(letter.isalnum() or letter in " _-." for letter in shown)
    if len(kept) == len(words) and few and plain:
        return shown
    return "_".join(kept)


def structural(name: str) -> bool:
    """Whether every word of ``name`` is one that everybody uses.

    Examples
    --------
    >>> structural("date_naissance"), structural("DUPONT"), structural("dossier DUPONT")
    (True, False, False)
    """
    words = [word for word in header.WORD.findall(header.fold(name)) if not word.isdigit()]
    return bool(words) and all(map(_common, words))
