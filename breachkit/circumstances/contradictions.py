"""What cannot be true together: pairs of circumstances that exclude each other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from breachkit.circumstances.circumstances import Circumstances

# (the earlier, the later): the second may not come before the first.
ORDER = (
    ("started_on", "ended_on"),
    ("started_on", "processor_aware_at"),
    ("started_on", "controller_aware_at"),
    ("started_on", "published_on"),
    ("started_on", "authority_notified_at"),
    ("started_on", "people_notified_on"),
    ("started_on", "blocking_order_on"),
    ("started_on", "credentials_reset_on"),
    ("controller_aware_at", "authority_notified_at"),
    ("controller_aware_at", "people_notified_on"),
    ("published_on", "blocking_order_on"),
    ("scope_from", "scope_to"),
    ("started_on", "assessed_on"),
    ("published_on", "assessed_on"),
    ("controller_aware_at", "assessed_on"),
    ("processor_aware_at", "assessed_on"),
    ("authority_notified_at", "assessed_on"),
    ("people_notified_on", "assessed_on"),
    ("blocking_order_on", "assessed_on"),
    ("credentials_reset_on", "assessed_on"),
    ("ended_on", "assessed_on"),
)


def before(one: dt.date | dt.datetime, other: dt.date | dt.datetime) -> bool:
    """Whether ``one`` surely comes before ``other``; by day when either is a day.

    Examples
    --------
    >>> before(dt.date(2021, 2, 23), dt.datetime(2021, 2, 23, 16, 15))
    False
    """
    if isinstance(one, dt.datetime) and isinstance(other, dt.datetime):
        return one < other
    return day_of(one) < day_of(other)


def day_of(moment: dt.date | dt.datetime) -> dt.date:
    """The day of a moment."""
    return moment.date() if isinstance(moment, dt.datetime) else moment


def contradictions(given: Circumstances) -> list[str]:
    """Say each pair of circumstances that cannot both be true; empty if there is none."""
    return [*_order(given), *_readable(given), *_reached(given), *_nature(given), *_intent(given)]


def _order(given: Circumstances) -> Iterator[str]:
    for first, second in ORDER:
        one, other = getattr(given, first), getattr(given, second)
        if one is not None and other is not None and before(other, one):
            yield f"`{second}` ({other}) comes before `{first}` ({one})"


def _readable(given: Circumstances) -> Iterator[str]:
    if given.unintelligible != "yes_intact":
        return
    if given.key_compromised:
        yield "`unintelligible: yes_intact` (key safe) and `key_compromised: true`"
    if given.published_openly:
        yield "`unintelligible: yes_intact` (nobody can read them) and `published_openly: true` (in clear)"
    if "no_encryption" in (given.failings or ()):
        yield "`unintelligible: yes_intact` and the failing `no_encryption`"


def _reached(given: Circumstances) -> Iterator[str]:
    if given.published_on is not None and given.recipients == "none":
        yield f"`published_on: {given.published_on}` and `recipients: none`"
    if given.published_openly and given.recipients in ("none", "known", "known_hostile"):
        yield f"`published_openly: true` and `recipients: {given.recipients}`"
    if given.recipients == "none" and given.confidentiality == "exfiltrated":
        yield "`recipients: none` and `confidentiality: exfiltrated`"
    if given.confidentiality == "not_exfiltrated" and given.recipients not in (None, "none"):
        yield f"`confidentiality: not_exfiltrated` and `recipients: {given.recipients}`"
    if given.confidentiality == "not_exfiltrated" and given.published_openly:
        yield "`confidentiality: not_exfiltrated` and `published_openly: true`"
    if given.recipient_trusted and given.recipients in ("known_hostile", "unknown_number"):
        yield f"`recipient_trusted: true` and `recipients: {given.recipients}`"


def _nature(given: Circumstances) -> Iterator[str]:
    if given.nature is not None:
        for letter, name in (("I", "integrity"), ("A", "availability")):
            if letter not in given.nature and getattr(given, name) is not None:
                yield f"`{name}: {getattr(given, name)}` and `nature` without {letter}"
        if "A" not in given.nature and given.availability_lost_days:
            yield f"`availability_lost_days: {given.availability_lost_days:g}` and `nature` without A"
        if "C" not in given.nature and (given.confidentiality == "exfiltrated" or given.published_openly):
            yield "data disclosed and `nature` without C"
    if given.backup and given.availability == "permanent":
        yield "`backup: true` and `availability: permanent`"


def _intent(given: Circumstances) -> Iterator[str]:
    meant = {"internal_malicious": True, "external_malicious": True}
    meant |= {"internal_non_malicious": False, "external_non_malicious": False}
    if given.malicious is not None and meant.get(given.cause or "", given.malicious) != given.malicious:
        yield f"`cause: {given.cause}` and `malicious: {str(given.malicious).lower()}`"
