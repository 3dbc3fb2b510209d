"""ENISA's severity of a breach for one person: SE = DPC x EI + CB, in exact quarters.

Source: ENISA, *Recommendations for a methodology of the assessment of severity of personal data breaches*,
working document v1.0, December 2013. Its examples are scored criterion by criterion; it prints no whole
example. Volume is a flag, not a term: one person and thirty million score alike.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from functools import cache
from typing import Literal

from breachkit.errors import BreachkitError
from breachkit.facts import table
from breachkit.severity.parameters import parameters

VOLUME, UNINTELLIGIBLE = "VOLUME", "UNINTELLIGIBLE"
EI_LEVELS = (0.25, 0.5, 0.75, 1.0)
CB_LEVELS = (0.0, 0.25, 0.5)


@dataclasses.dataclass(frozen=True)
class Options:
    """How the points that the method leaves open are read. The defaults are breachkit's; each is ours.

    Parameters
    ----------
    x1
        Rule X1 prints "decreased by 1" beside the score 1: ``printed_score`` (1) or ``printed_delta`` (3).
    combine
        How identifiers below 1 combine: only ``max`` is known to the method.
    unintelligible
        ``flag`` scores as if in clear and flags; ``no_confidentiality`` takes 0 for C; ``lower_ei`` takes
        the lowest EI, as some tools do.
    unknown_exfiltration
        C in quarters when exfiltration is not proven: 2 (the EDPB asks for evidence of *absence*) or 0
        (the method's letter).
    known_hostile
        C in quarters for a known but hostile recipient, which fits neither 0.25 nor 0.5.
    simple_row
        A name in a laboratory's file: ``S`` (S1, or S3 for a specialised centre) or ``X1``.
    minors
        ``flag`` counts them beside the score; ``S4`` scores their administrative rows 4.
    credentials
        DPC rule of the data that a portal password opens.
    """

    x1: Literal["printed_score", "printed_delta"] = "printed_score"
    combine: Literal["max"] = "max"
    unintelligible: Literal["flag", "no_confidentiality", "lower_ei"] = "flag"
    unknown_exfiltration: Literal[0, 2] = 2
    known_hostile: Literal[1, 2] = 2
    simple_row: Literal["S", "X1"] = "S"
    minors: Literal["flag", "S4"] = "flag"
    credentials: str = "X4"

    def __post_init__(self) -> None:
        allowed = {
            "x1": ("printed_score", "printed_delta"),
            "combine": ("max",),
            "unintelligible": ("flag", "no_confidentiality", "lower_ei"),
            "unknown_exfiltration": (0, 2),
            "known_hostile": (1, 2),
            "simple_row": ("S", "X1"),
            "minors": ("flag", "S4"),
            "credentials": tuple(rules()),
        }
        for name, choices in allowed.items():
            if getattr(self, name) not in choices:
                raise BreachkitError.unknown(f"option `{name}`", getattr(self, name), choices)


@dataclasses.dataclass(frozen=True)
class EnisaScore:
    """One person's score: terms, band, flags, and the rules that gave them.

    ``quarters`` is the score times four, exact; ``band`` is ``low``, ``medium``, ``high`` or ``very_high``.
    """

    dpc: int
    ei: float
    cb: float
    quarters: int
    band: str
    flags: tuple[str, ...]
    trace: tuple[tuple[str, float, str], ...]
    version: str

    @property
    def score(self) -> float:
        """SE, a multiple of 0.25 in 0.25..6."""
        return self.quarters / 4


@cache
def rules() -> dict[str, int]:
    """DPC rule -> score, as printed in annex 1.

    Examples
    --------
    >>> rules()["X4"]
    4
    """
    return {row["id"]: int(row["score"]) for row in table("severity", "dpc").iter_rows(named=True)}


@cache
def bands() -> tuple[tuple[str, int], ...]:
    """The bands and the quarter each begins at, lowest first."""
    rows = table("severity", "bands").iter_rows(named=True)
    return tuple((row["band"], int(row["from_quarters"])) for row in rows)


def band(quarters: int) -> str:
    """The band of a score in quarters.

    Examples
    --------
    >>> band(7), band(8), band(12), band(16)
    ('low', 'medium', 'high', 'very_high')
    """
    return [name for name, start in bands() if quarters >= start][-1]


def dpc_score(rule: str, options: Options | None = None) -> int:
    """The data processing context score of one rule.

    Raises
    ------
    BreachkitError
        If there is no such rule.
    """
    if rule not in rules():
        raise BreachkitError.unknown("DPC rule", rule, rules())
    if rule == "X1" and options and options.x1 == "printed_delta":
        return 3
    return rules()[rule]


def quarters_of(what: str, value: float, levels: Sequence[float]) -> int:
    """A level of the method in exact quarters.

    Raises
    ------
    BreachkitError
        If the method has no such level.
    """
    if isinstance(value, bool) or value not in levels:
        raise BreachkitError.unknown(f"level of {what}", value, levels)
    return int(value * 4)


def enisa(
    dpc_rules: str | Sequence[str],
    ei: float | Sequence[float],
    c: float,
    i: float,
    a: float,
    malicious: bool,
    *,
    people: int | None = None,
    unintelligible: bool = False,
    options: Options | None = None,
) -> EnisaScore:
    """Score the severity of a breach for one person.

    Parameters
    ----------
    dpc_rules
        Rule ids of annex 1 (``S1``..``S4``, ``B1``.., ``F1``.., ``X1``..``X4``); the highest counts.
    ei
        Ease of identification, 0.25, 0.5, 0.75 or 1; of several, the highest.
    c, i, a
        Confidentiality, integrity, availability: 0, 0.25 or 0.5.
    malicious
        Whether there was intent to harm or to profit (0.5).
    people
        How many are concerned: above 100 raises the flag ``VOLUME``; it never moves the score.
    unintelligible
        Whether the data were unreadable to the recipients, key safe: flag ``UNINTELLIGIBLE``.

    Raises
    ------
    BreachkitError
        For an unknown rule, or a level the method does not have.

    Examples
    --------
    The leak of 2021: results, names and NIR, on an open forum, stolen for profit.

    >>> score = enisa(["X4"], 1, 0.5, 0, 0, True, people=491_840)
    >>> score.score, score.band, score.flags
    (5.0, 'very_high', ('VOLUME',))
    """
    options = options or Options()
    named = (dpc_rules,) if isinstance(dpc_rules, str) else tuple(dpc_rules)
    levels = (ei,) if isinstance(ei, int | float) else tuple(ei)
    if not named or not levels:
        raise BreachkitError("A score needs at least one DPC rule and one EI level.")
    if not isinstance(malicious, bool):
        raise BreachkitError.unknown("value for `malicious`", malicious, (True, False))
    scores = {rule: dpc_score(rule, options) for rule in named}
    top = max(scores, key=lambda rule: scores[rule])
    ease = max(quarters_of("EI", level, EI_LEVELS) for level in levels)
    terms = {"C": quarters_of("C", c, CB_LEVELS), "I": quarters_of("I", i, CB_LEVELS)}
    terms |= {"A": quarters_of("A", a, CB_LEVELS), "M": 2 * malicious}
    flags = [VOLUME] if people is not None and people > parameters()["enisa"]["volume_flag_above"] else []
    if unintelligible:
        flags.append(UNINTELLIGIBLE)
        terms["C"] = 0 if options.unintelligible == "no_confidentiality" else terms["C"]
        ease = 1 if options.unintelligible == "lower_ei" else ease
    circumstances = sum(terms.values())
    quarters = scores[top] * ease + circumstances
    trace = [("DPC", float(score), rule) for rule, score in scores.items()]
    trace += [("EI", ease / 4, "annex 2"), *((name, n / 4, "annex 3") for name, n in terms.items())]
    return EnisaScore(
        scores[top],
        ease / 4,
        circumstances / 4,
        quarters,
        band(quarters),
        tuple(flags),
        tuple(trace),
        parameters()["version"],
    )
