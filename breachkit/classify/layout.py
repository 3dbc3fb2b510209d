"""Tables without a header: what a column holds by what stands beside it.

French patient files keep an order: names after the title and before the given name, the town after the
postcode, a person's address after the name. Only columns that values alone left open are filled in, with the
low score of a neighbour; a person should look at them.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from breachkit.classify.counters import code_or_count
from breachkit.classify.datelike import first_of_pairs
from breachkit.classify.denials import HEADERLESS
from breachkit.classify.evidence import CAP_NEIGHBOUR, Evidence
from breachkit.classify.profile import Profile
from breachkit.classify.verdict import Verdict

WORDS = r"^[\pL][\pL' .-]*$"
CODE = r"^[A-Z]{1,3}[0-9]{2,8}$"
RESULT = r"^[<>]? ?-?[0-9]+(?:[.,][0-9]+)?$|^(?i)(?:pos|n[eé]g)"
MOST = 0.95
NAMES = ("last_name", "birth_name", "spouse_name")


def with_layout(seen: Sequence[Profile], verdicts: Sequence[Verdict], data: pl.DataFrame) -> None:
    """Fill in what the order of columns tells, in a table most of whose columns have no name."""
    if sum(bool(HEADERLESS.match(v.column)) for v in verdicts) * 2 <= len(verdicts):
        return
    wordy = [_wordy(column) for column in seen]
    for i, verdict in enumerate(verdicts):
        before = verdicts[i - 1].attribute if i else None
        if verdict.attribute == "free_text" and before == "address":
            _set(verdict, "address")
        elif _open(verdict) and wordy[i] and before in ("postcode", "birth_date"):
            _set(verdict, "city" if before == "postcode" else "birth_place")
        elif verdict.attribute is None and before == "city" and seen[i].distinct == 1:
            _set(verdict, "technical")
    _names(verdicts, wordy)
    _codes(seen, verdicts, wordy)
    _acts(seen, verdicts)
    _blocks(seen, verdicts)
    _number(seen, verdicts)
    _credentials(seen, verdicts)
    opened = first_of_pairs(data, [v.column for v in verdicts if v.attribute == "visit_date"])
    for verdict in verdicts:
        if verdict.column in opened:
            _set(verdict, "other_date")
    for column, verdict in zip(seen, verdicts, strict=True):
        if verdict.attribute is None and not verdict.categories and (kind := code_or_count(column)):
            _set(verdict, kind)


def _open(verdict: Verdict) -> bool:
    """Say whether values left a column open: places of several words look a little like texts."""
    return verdict.attribute is None or (
        verdict.attribute == "free_text"
        and verdict.best is not None
        and verdict.best.confidence < CAP_NEIGHBOUR
    )


def _wordy(column: Profile) -> bool:
    return column.filled > 0 and column.share(column.sample.str.contains(WORDS)) >= 0.9


def _set(verdict: Verdict, attribute: str, subject: str = "") -> None:
    verdict.attribute = attribute
    verdict.subject = subject or verdict.subject
    verdict.best = Evidence(attribute, neighbour=CAP_NEIGHBOUR, reasons=["place among its neighbours"])


def _names(verdicts: Sequence[Verdict], wordy: Sequence[bool]) -> None:
    """Words just before a given name are family names: usual, of birth, of the spouse."""
    for i, verdict in enumerate(verdicts):
        if verdict.attribute != "first_name":
            continue
        start = i
        while start and i - start < len(NAMES) and verdicts[start - 1].attribute is None and wordy[start - 1]:
            start -= 1
        if start and verdicts[start - 1].attribute not in ("title", "sex"):
            start = max(start, i - 1)
        for place, attribute in zip(range(start, i), NAMES, strict=False):
            _set(verdicts[place], attribute)


def _blocks(seen: Sequence[Profile], verdicts: Sequence[Verdict]) -> None:
    """Second and later addresses are somebody else's: with a professional number, the prescriber's."""
    starts = [i for i, v in enumerate(verdicts) if v.attribute == "address"]
    starts = [i for i in starts if verdicts[i - 1].attribute != "address"][1:]
    for start, end in zip(starts, [*starts, len(verdicts)][1:], strict=True):
        first = start
        while first and verdicts[first - 1].attribute in (
            "first_name",
            "last_name",
            "insurer_name",
            "facility_id",
        ):
            first -= 1
        named = any(v.attribute == "first_name" for v in verdicts[first:start])
        numbered = any(v.attribute == "prescriber_id" for v in verdicts[start:end])
        subject = "prescriber" if named and numbered else "sampler" if named else "insurer"
        for place, verdict in enumerate(verdicts[first:end], first):
            if verdict.attribute in _OF_A_PERSON:
                verdict.subject = subject
            elif verdict.attribute is None and _code_after_phone(seen[place], verdicts[place - 1]):
                _set(verdict, "prescriber_id" if subject == "prescriber" else "technical", subject)
            elif verdict.attribute == "free_text":
                break


def _code_after_phone(column: Profile, before: Verdict) -> bool:
    coded = column.filled > 0 and column.share(column.sample.str.contains(CODE)) >= MOST
    return coded and before.attribute in ("phone_landline", "phone_mobile", "email")


_OF_A_PERSON = frozenset(
    {"first_name", "last_name", "address", "postcode", "city", "phone_mobile", "phone_landline", "email"}
)


_BESIDE = {"prescriber_id": "prescriber_id", "facility_id": "facility_id", "insurer_name": "insurer_id"}


def _codes(seen: Sequence[Profile], verdicts: Sequence[Verdict], wordy: Sequence[bool]) -> None:
    """A code just before a professional number, a facility or an insurer is its code, if as many differ."""
    for i, verdict in enumerate(verdicts[1:]):
        attribute = _BESIDE.get(verdict.attribute or "")
        alike = 0.8 <= seen[i].distinct / max(1, seen[i + 1].distinct) <= 1.25
        if attribute and verdicts[i].attribute is None and not wordy[i] and alike:
            _set(verdicts[i], attribute, verdict.subject)


def _acts(seen: Sequence[Profile], verdicts: Sequence[Verdict]) -> None:
    """A short code before the name of an act is its code; a number after it is its result."""
    for i, verdict in enumerate(verdicts):
        if verdict.attribute != "act_label":
            continue
        if i and verdicts[i - 1].attribute is None and _mostly(seen[i - 1], r"^[0-9]{3,5}$"):
            _set(verdicts[i - 1], "act_code")
        after = verdicts[i + 1 : i + 2]
        if after and after[0].attribute in (None, "amount") and _mostly(seen[i + 1], RESULT):
            _set(after[0], "result_value")


def _mostly(column: Profile, pattern: str) -> bool:
    return column.filled > 0 and column.share(column.sample.str.contains(pattern)) >= 0.9


def _number(seen: Sequence[Profile], verdicts: Sequence[Verdict]) -> None:
    """A first column of whole numbers, all different, numbers the patients."""
    for column, verdict in list(zip(seen, verdicts, strict=True))[:1]:
        unique = column.filled > 1 and column.distinct >= 0.98 * column.filled
        digits = (
            column.filled and column.share(column.sample.str.contains(r"^[A-Z]{0,3}[0-9]{4,14}$")) >= 0.95
        )
        if verdict.attribute is None and unique and digits:
            _set(verdict, "patient_id")


def _credentials(seen: Sequence[Profile], verdicts: Sequence[Verdict]) -> None:
    """Two sparse columns of single words after an e-mail address are a login and a password."""
    for i, verdict in enumerate(verdicts[:-2]):
        pair = verdicts[i + 1 : i + 3]
        sparse = all(0 < c.filled < 0.5 * c.rows and c.distinct > 1 for c in seen[i + 1 : i + 3])
        if verdict.attribute == "email" and sparse and all(v.attribute is None for v in pair):
            _set(pair[0], "login")
            _set(pair[1], "password")
