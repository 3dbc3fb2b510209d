"""Breach Level Index (Gemalto, Stiennon 2013): a popular ranking, discontinued; recalled, so unverified."""

from __future__ import annotations

import math

from breachkit.errors import BreachkitError
from breachkit.severity.parameters import parameters


def bli(records: int, kind: str, origin: str, action: str) -> float:
    """Give log10(records x kind x origin x action).

    The formula and weights were recalled, not read again: **unverified**. No authority uses it.

    Raises
    ------
    BreachkitError
        For no records, or an unknown word.

    Examples
    --------
    >>> round(bli(491_840, "identity", "outsider", "publication"), 2)
    7.59
    """
    numbers = parameters()["bli"]
    if records < 1:
        raise BreachkitError(f"The index needs at least one record; found {records}.")
    product = records
    for name, word in (("kind", kind), ("origin", origin), ("action", action)):
        if word not in numbers[name]:
            raise BreachkitError.unknown(name, word, numbers[name])
        product *= numbers[name][word]
    return math.log10(product)
