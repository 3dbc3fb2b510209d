"""What words and values deny of each other: a status is no street, a note of 12 is no text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from breachkit.classify.detectors import Finding
from breachkit.classify.evidence import DECIDED, same_family
from breachkit.classify.names import NameEvidence
from breachkit.classify.profile import Profile

HEADERLESS = re.compile(r"^(?:column|field|col|colonne|champ|unnamed|var|f|c|v|x)[ _:.-]*\d+$", re.IGNORECASE)
HARMLESS = frozenset({"technical", "amount", "other_date"})
LETTERED = frozenset({"free_text", "first_name", "last_name", "birth_name", "spouse_name"})
LONGEST_TITLE = 12
WEAK_SHAPE = 0.55


def credible(
    findings: Sequence[Finding], words: Sequence[NameEvidence | None], seen: Profile
) -> list[Finding]:
    """Leave out weak shapes that the words deny: a status that looks like a street, a page's fingerprint.

    A strong shape (an e-mail address) or a right key stays, whatever the column is called. Ones and twos
    are sexes only where the name says so or where there is no name.
    """
    said = [evidence for evidence in words if evidence]
    harmless = [e.attribute for e in said if e.attribute in HARMLESS and e.score >= DECIDED]
    mute = not HEADERLESS.match(seen.column) and not any(e.attribute == "sex" for e in said)
    digits = mute and bool(seen.sample.str.contains(r"^\d+$").all())
    return [
        finding
        for finding in findings
        if finding.key_score
        or finding.attribute in HARMLESS
        or not (
            (digits and finding.attribute == "sex")
            or (
                finding.shape_score < WEAK_SHAPE
                and any(not same_family(finding.attribute, h) for h in harmless)
            )
        )
    ]


def denied(attribute: str, seen: Profile) -> bool:
    """Say whether values cannot be what the name says: a text or a name without letters, a title too long."""
    if attribute == "title":
        return float(seen.sample.str.len_chars().mean() or 0) > LONGEST_TITLE  # type: ignore[arg-type]
    return attribute in LETTERED and seen.share(seen.sample.str.contains(r"\pL")) < 0.1
