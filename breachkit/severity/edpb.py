"""Articles 33 and 34: must the authority be told, must the people, and why.

The bands give a first verdict (medium: authority; high: people too); they reproduce 14 of the 18 cases of
EDPB Guidelines 01/2021. Three rules of **ours**, r1, r2 and r4, fitted on those 18 cases, bring the rest:

- r1: data unavailable for more than a day: at least the authority;
- r2: a direct identity set, widely exposed, of more than 10,000 people: the people too;
- r4: unintelligible with the key safe, and nothing lost: nobody.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from itertools import product
from typing import Any

from breachkit.errors import BreachkitError
from breachkit.locale import Language, say
from breachkit.severity.parameters import parameters

OURS = ("r1", "r2", "r4")
MANY = 10**9


@dataclasses.dataclass(frozen=True)
class Verdict:
    """``required``, ``not_required`` or ``undecided``; reasons are keys of ``messages.csv``.

    ``unknown`` names the circumstances on which an undecided verdict hangs.
    """

    article: str
    verdict: str
    reasons: tuple[str, ...]
    unknown: tuple[str, ...] = ()

    def sentences(self, lang: Language) -> list[str]:
        """The verdict and its reasons, in words."""
        head = say("severity", f"verdict_{self.article}_{self.verdict}", lang)
        reasons = [say("severity", f"edpb_{reason}", lang) for reason in self.reasons]
        if self.unknown:
            names = ", ".join(say("severity", f"unknown_{name}", lang) for name in self.unknown)
            reasons.append(say("severity", "undecided_because", lang, names=names))
        return [head, *reasons]


@dataclasses.dataclass(frozen=True)
class Notification:
    """The two verdicts; ``outcome`` is N (nobody), A (authority), P (people too) or "undecided"."""

    authority: Verdict
    people: Verdict
    outcome: str
    rules: tuple[str, ...]
    version: str


def edpb(
    score: float | tuple[float, float],
    *,
    people: int | None = None,
    unintelligible: bool | None = None,
    availability_lost_days: float | None = None,
    backup: bool | None = None,
    widely_exposed: bool | None = None,
    direct_identity: bool | None = None,
) -> Notification:
    """Decide on articles 33 and 34, and say what cannot be decided.

    Every circumstance left at `None` is tried both ways: where the verdict is the same, it stands; where it
    is not, it is ``undecided`` and names what it hangs on.

    Parameters
    ----------
    score
        ENISA's score, or the interval that it lies in.
    people
        How many are concerned.
    unintelligible
        Unreadable to others, key safe.
    availability_lost_days
        Days without the data and not rebuilt without difficulty; 0 if they were never lost.
    backup
        Whether a usable copy exists.
    widely_exposed
        Disclosed to many, or to an unknown number.
    direct_identity
        Whether name with birth date and address, or a national number, was exposed.

    Raises
    ------
    BreachkitError
        For a score that is no multiple of 0.25, or an empty interval.

    Examples
    --------
    >>> edpb(5.0, people=491_840, unintelligible=False, availability_lost_days=0).outcome
    'P'
    >>> edpb(5.0).people.verdict, edpb(5.0).people.unknown
    ('undecided', ('unintelligible',))
    """
    low, high = score if isinstance(score, tuple) else (score, score)
    ends = {_quarters(low), _quarters(high)}
    if low > high:
        raise BreachkitError(f"The interval of the score is empty: {low} is above {high}.")
    tried: dict[str, tuple[Any, ...]] = {
        "score": tuple(sorted(ends)),
        "people": (0, MANY) if people is None else (people,),
        "unintelligible": _both(unintelligible),
        "availability_lost_days": (0, MANY) if availability_lost_days is None else (availability_lost_days,),
        "backup": _both(backup),
        "widely_exposed": _both(widely_exposed),
        "direct_identity": _both(direct_identity),
    }
    worlds = {case: _outcome(dict(zip(tried, case, strict=True))) for case in product(*tried.values())}
    authority = _verdict("33", {case: out != "N" for case, (out, _) in worlds.items()}, tried, worlds)
    told = _verdict("34", {case: out == "P" for case, (out, _) in worlds.items()}, tried, worlds)
    outcomes = {out for out, _ in worlds.values()}
    outcome = outcomes.pop() if len(outcomes) == 1 else "undecided"
    rules = tuple(rule for rule in OURS if all(rule in reasons for _, reasons in worlds.values()))
    return Notification(authority, told, outcome, rules, parameters()["version"])


def _both(value: bool | None) -> tuple[bool, ...]:
    return (False, True) if value is None else (value,)


def _quarters(score: float) -> int:
    if isinstance(score, bool) or not 0 <= score <= 6 or score * 4 != int(score * 4):
        raise BreachkitError(f"An ENISA score is a multiple of 0.25 from 0.25 to 6; found {score!r}.")
    return int(score * 4)


def _outcome(world: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    numbers = parameters()["edpb"]
    if world["unintelligible"] and (world["backup"] or world["availability_lost_days"] == 0):
        return "N", ("r4",)
    if world["score"] >= numbers["people_from_quarters"]:
        outcome, reasons = "P", ["band_people"]
    elif world["score"] >= numbers["authority_from_quarters"]:
        outcome, reasons = "A", ["band_authority"]
    else:
        outcome, reasons = "N", ["band_none"]
    if outcome == "N" and world["availability_lost_days"] > numbers["r1_days_without_data_above"]:
        outcome, reasons = "A", [*reasons, "r1"]
    wide = world["widely_exposed"] and world["direct_identity"]
    if outcome != "P" and wide and world["people"] > numbers["r2_people_above"]:
        outcome, reasons = "P", [*reasons, "r2"]
    if outcome == "P" and world["unintelligible"]:
        outcome, reasons = "A", [*reasons, "exempt_a"]
    return outcome, tuple(reasons)


def _verdict(
    article: str,
    answers: Mapping[tuple[Any, ...], bool],
    tried: Mapping[str, tuple[Any, ...]],
    worlds: Mapping[tuple[Any, ...], tuple[str, tuple[str, ...]]],
) -> Verdict:
    shared = [reasons for _, reasons in worlds.values()]
    common = tuple(reason for reason in shared[0] if all(reason in reasons for reasons in shared))
    if len(set(answers.values())) == 1:
        required = next(iter(answers.values()))
        extra = ("exempt_b", "exempt_c") if article == "34" and required else ()
        return Verdict(article, "required" if required else "not_required", (*common, *extra))
    return Verdict(article, "undecided", common, _matters(answers, tried))


def _matters(
    answers: Mapping[tuple[Any, ...], bool], tried: Mapping[str, tuple[Any, ...]]
) -> tuple[str, ...]:
    matters = []
    for position, (name, values) in enumerate(tried.items()):
        for case, answer in answers.items():
            others = ((*case[:position], value, *case[position + 1 :]) for value in values)
            if any(answers[other] != answer for other in others):
                matters.append(name)
                break
    return tuple(matters)
