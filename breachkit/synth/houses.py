"""Households as patterns over eight places: who leads, who is whose child, how many of each there are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from breachkit.synth.profile import Profile
from breachkit.synth.words import Alias, Ints, alias

SINGLE, HEAD, PARTNER, CHILD, TWIN = range(5)
ROLES = {"S": SINGLE, "H": HEAD, "P": PARTNER, "C": CHILD, "T": TWIN}
PLACES = 8


@dataclass(frozen=True)
class Houses:
    """Household patterns over eight places: role of each place, place of its head, order of its children."""

    draw: Alias
    role: Ints
    head: Ints
    order: Ints
    size: Ints
    child_share: float
    youngest_share: float
    family_share: float
    lone_share: float
    couple_share: float
    single_share: float


def houses(profile: Profile) -> Houses:
    """Read the household patterns of a profile."""
    patterns = [pattern.split() for pattern, _ in profile.households]
    weights = np.array([weight for _, weight in profile.households])
    weights = weights / weights.sum()
    shape = (len(patterns), PLACES)
    role, head, order, size = (np.zeros(shape, dtype=np.int64) for _ in range(4))
    count = dict.fromkeys(("child", "youngest", "family", "lone", "couple", "single"), 0.0)
    for i, (pattern, weight) in enumerate(zip(patterns, weights, strict=True)):
        at = 0
        for house in pattern:
            children = 0
            for offset, letter in enumerate(house):
                role[i, at + offset] = ROLES[letter]
                head[i, at + offset] = at
                size[i, at + offset] = len(house)
                if letter in "CT":
                    order[i, at + offset] = 0 if letter == "T" else children
                    count["youngest"] += weight * (order[i, at + offset] == 0)
                    children += 1
            count["child"] += weight * children
            adults = len(house) - children
            if children:
                count["family"] += weight * adults
                count["lone" if adults == 1 else "couple"] += weight
            elif adults == 2:
                count["couple"] += weight
            else:
                count["single"] += weight
            at += len(house)
    shares = {f"{key}_share": float(value) / PLACES for key, value in count.items()}
    return Houses(alias(weights), role, head, order, size, **shares)
