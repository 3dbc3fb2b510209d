"""What the columns around say: whose block a column stands in."""

from __future__ import annotations

from collections.abc import Sequence

from breachkit.classify.verdict import Verdict


def with_neighbours(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Give subjects to columns that name nobody: an address after the prescriber's name is the prescriber's.

    A column that names nobody takes the subject of the column before it when the patient already has that
    attribute and the block before it is somebody else's.
    """
    owned: set[str] = set()
    current = "patient"
    for verdict in verdicts:
        if verdict.named_subject and verdict.subject in _BLOCKS:
            current = verdict.subject
        elif verdict.attribute in _PERSONAL and current != "patient" and verdict.attribute in owned:
            verdict.subject = current
            if verdict.best is not None:
                verdict.best.neighbour = 0.2
                verdict.best.reasons.append(f"in the block of {current}")
        if not verdict.subject or verdict.subject == "patient":
            owned.add(verdict.attribute or "")
    return list(verdicts)


_BLOCKS = frozenset({"patient", "prescriber", "sampler", "insurer", "facility"})
_PERSONAL = frozenset(
    {
        "first_name",
        "last_name",
        "title",
        "address",
        "postcode",
        "city",
        "phone_mobile",
        "phone_landline",
        "email",
    }
)
