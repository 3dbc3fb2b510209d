"""The verdict on one column: name, label and values weighed against each other."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from functools import cache

from breachkit.classify.denials import HARMLESS, HEADERLESS, credible, denied
from breachkit.classify.detectors import Finding
from breachkit.classify.evidence import CAP_LABEL, CONTRADICTED, Evidence, same_family, strongest
from breachkit.classify.names import NOWHERE, STANDARD, NameEvidence, read_name
from breachkit.classify.prefixes import without_table
from breachkit.classify.profile import Profile
from breachkit.facts import table

ENOUGH = 5
LABEL_WEIGHT = CAP_LABEL / 0.6
CATEGORY = "category:"
# A cryptic name that its own label does not bear out counts for less.
UNSUPPORTED = 0.4
# A label that no rule knows bears nothing out and denies nothing.
UNSPOKEN = 0.6
# ``nom`` of whatever: a label that no rule knows names something else (``Nom du chantier``).
ANYTHING = ("name",)
# A check, a place open to the public, a device, a query: whatever disease its label names is nobody's.
THING = "thing"
SILENT = frozenset({"control", "public", "product", "query"})


@dataclasses.dataclass
class Verdict:
    """What one column holds: the winning evidence, whose it is, the categories it reveals, and remarks."""

    attribute: str | None
    subject: str
    categories: tuple[str, ...]
    best: Evidence | None
    candidates: dict[str, Evidence]
    notes: list[str]
    column: str = ""
    named_subject: bool = False


def judge(
    seen: Profile,
    label: str,
    findings: Sequence[Finding],
    said: tuple[str, ...],
    *,
    given: NameEvidence | None = None,
    short: str = "",
    around: frozenset[str] = NOWHERE,
) -> Verdict:
    """Weigh everything that is known of one column: name, label, values, what its words reveal.

    ``given`` is what a user's detector reads in the name; ``short`` is the name without its table's prefix,
    read where the whole name says nothing; ``around`` is what the table is about.
    """
    candidates: dict[str, Evidence] = {}
    named = given or (None if HEADERLESS.match(seen.column) else _named(seen, short, around))
    if named:
        _evidence(candidates, named.attribute).name = named.score
        candidates[named.attribute].reasons.append(f"name: {', '.join(named.concepts)}")
    labelled = read_name(label, "label", around) if label else None
    agreed = labelled is not None and named is not None and same_family(named.attribute, labelled.attribute)
    standard = named is not None and named.concepts == STANDARD
    if named and label and not agreed and not standard:
        unspoken = 0.0 if named.concepts == ANYTHING else UNSPOKEN
        candidates[named.attribute].name *= UNSUPPORTED if labelled else unspoken
    if labelled:
        evidence = _evidence(candidates, labelled.attribute)
        weight = UNSUPPORTED if standard and not agreed else LABEL_WEIGHT
        evidence.dictionary = min(CAP_LABEL, labelled.score * weight)
        evidence.reasons.append(f"label: {', '.join(labelled.concepts)}")
    _add_values(candidates, credible(findings, (named, labelled), seen), seen)
    best = strongest(candidates.values())
    said = _heard(said, named, labelled, label)
    notes = _notes(seen)
    verdict = Verdict(None, _subject(named, labelled, best), said, best, candidates, notes, seen.column)
    verdict.named_subject = bool((named and named.subject) or (labelled and labelled.subject))
    return _settled(verdict)


def _heard(
    said: tuple[str, ...], named: NameEvidence | None, labelled: NameEvidence | None, label: str
) -> tuple[str, ...]:
    """Leave out the categories that the words of a heading spell but do not mean."""
    if named and not label and (named.attribute in ("amount", "facility_id") or named.concepts == STANDARD):
        # Letters of a rate, a unit or a standard name spell many a disease: RGO, AME, DPN, GEST.
        return ()
    spoken = [evidence for evidence in (named, labelled) if evidence]
    if any(SILENT.intersection(evidence.concepts) for evidence in spoken):
        return ()
    if spoken and all(THING in evidence.concepts for evidence in spoken):
        return ()
    if any(evidence.attribute in HARMLESS for evidence in spoken):
        # A cost of stays, a kind of admission: a disease in general is nobody's.
        return tuple(category for category in said if category != "health_other")
    return said


def _named(seen: Profile, short: str, around: frozenset[str]) -> NameEvidence | None:
    """Read a name: without its table's name first, then whole, then without a prefix that others share."""
    forms = (without_table(seen.column, seen.table), seen.column, short)
    return next((found for form in forms if form and (found := read_name(form, around=around))), None)


def _settled(verdict: Verdict) -> Verdict:
    best = verdict.best
    if best is not None and best.attribute.startswith(CATEGORY):
        category = best.attribute.removeprefix(CATEGORY)
        verdict.categories = tuple(dict.fromkeys([*verdict.categories, category]))
        verdict.attribute = None
    elif best is not None:
        verdict.attribute = best.attribute
    return verdict


def _evidence(candidates: dict[str, Evidence], attribute: str) -> Evidence:
    return candidates.setdefault(attribute, Evidence(attribute))


def _add_values(candidates: dict[str, Evidence], findings: Sequence[Finding], seen: Profile) -> None:
    """Add what the values say; a name takes the values of its family; values can contradict a name."""
    spoken = [evidence.attribute for evidence in candidates.values()]
    for finding in findings:
        evidence = _evidence(candidates, finding.attribute)
        if finding.shape_score >= evidence.value:
            evidence.value, evidence.share = finding.shape_score, finding.share
            evidence.validator = finding.key_score
            evidence.subject = finding.subject
            evidence.reasons.append(finding.reason)
    for attribute in spoken:
        evidence = candidates[attribute]
        kin = [finding for finding in findings if same_family(finding.attribute, attribute)]
        if kin and not evidence.value:
            top = max(kin, key=lambda finding: finding.shape_score)
            if "phone" in top.attribute and attribute != top.attribute:
                candidates[top.attribute].name, evidence.name = evidence.name, 0.0
                candidates[top.attribute].dictionary, evidence.dictionary = evidence.dictionary, 0.0
                continue
            evidence.value, evidence.share = top.shape_score, top.share
            evidence.reasons.append(top.reason)
        elif not kin and seen.filled >= ENOUGH and (attribute in _shaped() or denied(attribute, seen)):
            evidence.name *= CONTRADICTED
            evidence.dictionary *= CONTRADICTED
            evidence.reasons.append("values lack the shape")


@cache
def _shaped() -> frozenset[str]:
    """Name the attributes whose values must have a shape that some detector knows."""
    rows = table("classify", "shaped")
    return frozenset(rows["attribute"])


def _subject(named: NameEvidence | None, labelled: NameEvidence | None, best: Evidence | None) -> str:
    for evidence in (named, labelled):
        if evidence and evidence.subject and evidence.subject != "patient":
            return evidence.subject
    if best is not None and best.subject:
        return best.subject
    return next((e.subject for e in (named, labelled) if e and e.subject), "")


def _notes(seen: Profile) -> list[str]:
    if not seen.rows:
        return ["no rows"]
    if not seen.filled:
        return ["every cell is empty"]
    if seen.distinct == 1:
        return ["one value only"]
    return []
