"""The 72 hours of article 33: who was aware when, what was due when, and what the dates do not decide."""

from __future__ import annotations

import dataclasses
import datetime as dt

from breachkit.circumstances import Circumstances
from breachkit.circumstances.contradictions import before
from breachkit.locale import Language, integer, say
from breachkit.severity.parameters import parameters

Moment = dt.date | dt.datetime
HOUR = dt.timedelta(hours=1)


@dataclasses.dataclass(frozen=True)
class Clock:
    """The delay between awareness and notice.

    ``verdict`` is ``in_time``, ``late``,
    ``running`` (not yet due) or ``undecided``; ``because`` is a key of ``messages.csv``. Where only
    days are known the hours are an interval. ``processor_hours`` is the delay from processor to controller,
    for which the GDPR says "without undue delay" and no number: it is reported, never judged.
    """

    verdict: str
    because: str
    hours: tuple[float, float] | None = None
    deadline: dt.datetime | None = None
    processor_hours: tuple[float, float] | None = None

    def sentences(self, lang: Language) -> list[str]:
        """Say it."""
        low, high = self.hours or (0, 0)
        text = [
            say("severity", f"clock_{self.because}", lang, low=integer(low, lang), high=integer(high, lang))
        ]
        if self.processor_hours:
            one, other = self.processor_hours
            text.append(
                say("severity", "clock_processor", lang, low=integer(one, lang), high=integer(other, lang))
            )
        return text


def span(moment: Moment) -> tuple[dt.datetime, dt.datetime]:
    """The earliest and the latest instant that a moment can be: a day is 24 hours wide.

    Examples
    --------
    >>> low, high = span(dt.date(2021, 2, 23))
    >>> (high - low).total_seconds() / 3600
    24.0
    """
    if isinstance(moment, dt.datetime):
        return moment, moment
    start = dt.datetime(moment.year, moment.month, moment.day, tzinfo=dt.UTC)
    return start, start + dt.timedelta(days=1)


def hours_between(first: Moment, second: Moment) -> tuple[float, float]:
    """The fewest and the most hours from one moment to the other; never below zero.

    Examples
    --------
    >>> hours_between(dt.date(2021, 2, 23), dt.date(2021, 2, 26))
    (48.0, 96.0)
    """
    (one, two), (three, four) = span(first), span(second)
    return max(0.0, (three - two) / HOUR), max(0.0, (four - one) / HOUR)


def clock(given: Circumstances) -> Clock:
    """Compare awareness and notice with the 72 hours of GDPR article 33(1).

    Examples
    --------
    >>> times = {"controller_aware_at": "2021-02-23T10:00", "authority_notified_at": "2021-02-26T09:00"}
    >>> clock(Circumstances(**times)).verdict
    'in_time'
    """
    limit = parameters()["edpb"]["hours"]
    aware, told = given.controller_aware_at, given.authority_notified_at
    processor = None
    # A controller that knew first was not told by its processor: there is no delay to report.
    told_by = given.processor_aware_at
    if aware is not None and told_by is not None and not before(aware, told_by):
        processor = hours_between(told_by, aware)
    if aware is None:
        return Clock("undecided", "no_awareness", processor_hours=processor)
    deadline = span(aware)[1] + limit * HOUR
    if told is not None:
        low, high = hours_between(aware, told)
        verdict = "late" if low > limit else "in_time" if high <= limit else "undecided"
        because = verdict if verdict != "undecided" else "days_only"
        return Clock(verdict, because, (low, high), deadline, processor)
    if given.assessed_on is None:
        return Clock("undecided", "not_notified_no_day", None, deadline, processor)
    passed = hours_between(aware, given.assessed_on)
    verdict = "overdue" if passed[0] > limit else "running" if passed[1] <= limit else "undecided"
    # Silence is not a refusal: the file may simply not say when the authority was told.
    because = {"overdue": "overdue", "running": "running", "undecided": "days_only"}[verdict]
    said = "undecided" if verdict == "overdue" else verdict
    return Clock(said, because, passed, deadline, processor)
