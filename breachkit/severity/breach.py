"""The circumstances of the breach in ENISA's terms: an interval of CB, and what was not given."""

from __future__ import annotations

import dataclasses

from breachkit.circumstances import Circumstances
from breachkit.severity.enisa import Options

WHOLE = (0, 2)


@dataclasses.dataclass(frozen=True)
class Term:
    """One element of CB in quarters, lowest and highest it can be, and why."""

    element: str
    low: int
    high: int
    reason: str
    missing: tuple[str, ...] = ()


def breach_terms(given: Circumstances, options: Options | None = None) -> tuple[Term, ...]:
    """C, I, A and M of ENISA's annex 3 from the circumstances; what is not given stays an interval.

    Examples
    --------
    >>> [(t.element, t.low, t.high) for t in breach_terms(Circumstances(nature=("C",), malicious=True))]
    [('C', 0, 2), ('I', 0, 0), ('A', 0, 0), ('M', 2, 2)]
    """
    options = options or Options()
    return (_confidentiality(given, options), _integrity(given), _availability(given), _malicious(given))


def _term(element: str, span: tuple[int, int], reason: str, *missing: str) -> Term:
    return Term(element, *span, reason, missing)


def _confidentiality(given: Circumstances, options: Options) -> Term:
    if given.published_openly:
        return _term("C", (2, 2), "published_openly")
    reached = {"none": 0, "known": 1, "known_hostile": options.known_hostile, "unknown_number": 2}
    if given.recipients is not None and given.recipients != "none":
        level = reached[given.recipients]
        return _term("C", (level, level), f"recipients:{given.recipients}")
    if given.nature is not None and "C" not in given.nature:
        return _term("C", (0, 0), "nature")
    if given.confidentiality == "not_exfiltrated":
        return _term("C", (0, 0), "confidentiality:not_exfiltrated")
    if given.confidentiality in ("likely", "not_assessable", "tbd"):
        level = options.unknown_exfiltration
        return _term("C", (level, level), "unknown_exfiltration")
    if given.recipients == "none":
        return _term("C", (0, 0), "recipients:none")
    if given.confidentiality == "exfiltrated":
        return _term("C", (1, 2), "confidentiality:exfiltrated", "recipients")
    return _term("C", WHOLE, "not_given", "confidentiality", "recipients")


def _integrity(given: Circumstances) -> Term:
    known = {"no_evidence": 0, "reversible": 1, "irreversible": 2}
    if given.integrity in known:
        level = known[given.integrity]
        return _term("I", (level, level), f"integrity:{given.integrity}")
    if given.nature is not None and "I" not in given.nature:
        return _term("I", (0, 0), "nature")
    return _term("I", WHOLE, "not_given", "integrity")


def _availability(given: Circumstances) -> Term:
    if given.availability == "permanent":
        return _term("A", (2, 2), "availability:permanent")
    if given.availability == "temporary":
        # "Recoverable without difficulty (other copies exist)" is 0: a backup that worked within a day.
        easy = given.backup is True and (given.availability_lost_days or 0) <= 1
        return _term("A", (0, 0), "backup") if easy else _term("A", (1, 1), "availability:temporary")
    if given.availability == "undetermined":
        return _term("A", (1, 2), "availability:undetermined", "availability")
    if given.nature is not None and "A" not in given.nature:
        return _term("A", (0, 0), "nature")
    return _term("A", WHOLE, "not_given", "availability")


def _malicious(given: Circumstances) -> Term:
    if given.malicious is not None:
        return _term("M", (2, 2) if given.malicious else (0, 0), f"malicious:{str(given.malicious).lower()}")
    if given.cause in ("internal_malicious", "external_malicious"):
        return _term("M", (2, 2), f"cause:{given.cause}")
    if given.cause in ("internal_non_malicious", "external_non_malicious"):
        return _term("M", (0, 0), f"cause:{given.cause}")
    return _term("M", WHOLE, "not_given", "malicious")
