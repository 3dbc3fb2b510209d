"""AEPD (Spain, 2018): a second opinion that volume does move, R = V x T x I."""

from __future__ import annotations

import dataclasses

from breachkit.circumstances import Circumstances
from breachkit.errors import BreachkitError
from breachkit.severity.parameters import parameters


@dataclasses.dataclass(frozen=True)
class AepdScore:
    """The score, which of its three terms pass their threshold, and whom to tell."""

    score: int
    flags: tuple[str, ...]
    authority: bool
    people: bool
    version: str


def aepd(v: int, t: int, i: int) -> AepdScore:
    """Score a breach by volume, kind of data and impact.

    Parameters
    ----------
    v
        Volume of people, 1 to 5: below 100, 1,000, 100,000, up to a million, more.
    t
        Kind of data: 1, or 2 if sensitive.
    i
        Exposure: 2 none, 4 internal, 6 external, 8 public, 10 unknown.

    Raises
    ------
    BreachkitError
        For a level the method does not have.

    Examples
    --------
    The leak of 2021: 491,840 people, sensitive, public.

    >>> aepd(4, 2, 8)
    AepdScore(score=64, flags=('volume', 'kind', 'impact'), authority=True, people=True, version='2026-11')
    """
    numbers = parameters()["aepd"]
    levels = {"volume": (v, range(1, 6)), "kind": (t, numbers["kind"].values())}
    levels["impact"] = (i, numbers["impact"].values())
    for name, (level, allowed) in levels.items():
        if isinstance(level, bool) or level not in allowed:
            raise BreachkitError.unknown(f"AEPD level of {name}", level, allowed)
    score = v * t * i
    flags = tuple(name for name, (level, _) in levels.items() if level > numbers["flags_above"][name])
    enough = len(flags) >= numbers["flags_needed"]
    return AepdScore(
        score,
        flags,
        enough and score > numbers["authority_above"],
        enough and score > numbers["people_above"],
        parameters()["version"],
    )


def volume_level(people: int) -> int:
    """The level V of a number of people.

    Examples
    --------
    >>> volume_level(99), volume_level(100), volume_level(491_840), volume_level(1_000_001)
    (1, 2, 4, 5)
    """
    return sum(people >= start for start in parameters()["aepd"]["volume_from"])


def impact_level(given: Circumstances) -> int | None:
    """The level I of the circumstances, or `None` if they do not say."""
    levels: dict[str, int] = parameters()["aepd"]["impact"]
    if given.published_openly:
        return levels["public"]
    if given.recipients == "unknown_number" or given.confidentiality in ("likely", "not_assessable"):
        return levels["unknown"]
    if given.recipients in ("known", "known_hostile"):
        internal = given.cause in ("internal_malicious", "internal_non_malicious")
        return levels["internal" if internal else "external"]
    if given.recipients == "none" or given.confidentiality == "not_exfiltrated":
        return levels["none"]
    return None
