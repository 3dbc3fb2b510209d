"""From separate kinds of evidence to one verdict per column: noisy-or, with caps.

A name alone or a shape alone never passes 0.6; a shape with a right key passes 0.95; contradicting values
weaken a name instead of erasing it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

CAP_NAME = 0.6
CAP_SHAPE = 0.6
CAP_LABEL = 0.85
CAP_NEIGHBOUR = 0.4
CONTRADICTED = 0.35
DECIDED = 0.25
FAMILIES = (
    frozenset({"phone_mobile", "phone_landline"}),
    frozenset({"birth_date", "visit_date", "other_date"}),
    frozenset({"first_name", "last_name", "birth_name", "spouse_name"}),
)


@dataclasses.dataclass
class Evidence:
    """What speaks for one attribute of one column; scores 0 to 1, each kind apart."""

    attribute: str
    name: float = 0.0
    value: float = 0.0
    validator: float = 0.0
    dictionary: float = 0.0
    neighbour: float = 0.0
    share: float | None = None
    subject: str = ""
    reasons: list[str] = dataclasses.field(default_factory=list)

    @property
    def confidence(self) -> float:
        """Combine the scores: 1 minus the product of what each leaves open."""
        return noisy_or(
            min(self.name, CAP_NAME),
            min(self.value, CAP_SHAPE),
            self.validator,
            min(self.dictionary, CAP_LABEL),
            min(self.neighbour, CAP_NEIGHBOUR),
        )


def noisy_or(*scores: float) -> float:
    """Combine independent evidence.

    Examples
    --------
    >>> round(noisy_or(0.6, 0.6), 2), noisy_or()
    (0.84, 0.0)
    """
    left = 1.0
    for score in scores:
        left *= 1 - score
    return 1 - left


def same_family(one: str, other: str) -> bool:
    """Say whether two attributes share their shape, so that only a name tells them apart.

    Examples
    --------
    >>> same_family("birth_date", "visit_date"), same_family("nir", "email")
    (True, False)
    """
    return one == other or any(one in family and other in family for family in FAMILIES)


def strongest(candidates: Iterable[Evidence]) -> Evidence | None:
    """Give the candidate of highest confidence if it is high enough to decide; ties keep the first."""
    best = max(candidates, key=lambda evidence: evidence.confidence, default=None)
    return best if best is not None and best.confidence >= DECIDED else None
