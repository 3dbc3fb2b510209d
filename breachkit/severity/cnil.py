"""The CNIL's scale of gravity and likelihood, and a file that its PIA tool opens.

The scale is that of the PIA method. Mapping ENISA's bands to gravity 1 to 4 is natural and done by tools,
but the CNIL does not state it: it is our convention.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING, Any

from breachkit.circumstances import Circumstances
from breachkit.errors import BreachkitError
from breachkit.locale import Language, language, say
from breachkit.severity.enisa import bands
from breachkit.severity.library import titled
from breachkit.severity.sentences import people_words

if TYPE_CHECKING:
    from breachkit.severity.severity import Severity

# Questions of the PIA tool (LINCnil/pia, pia_architecture.json): of each feared event the impacts (a list),
# the gravity and the likelihood (gauges with a text); of the context two texts.
ACCESS, MODIFICATION, DISAPPEARANCE = (321, 325, 326), (331, 335, 336), (341, 345, 346)
OVERVIEW, DATA = 111, 121
PIA_ID = 1
DB_VERSION = 201707071818


def gravity(band: str) -> int:
    """The CNIL's gravity (1 negligible to 4 maximal) of an ENISA band.

    Examples
    --------
    >>> gravity("very_high")
    4
    """
    names = [name for name, _ in bands()]
    if band not in names:
        raise BreachkitError.unknown("band", band, names)
    return names.index(band) + 1


def likelihood(given: Circumstances) -> int | None:
    """The likelihood (1 to 4) that the disclosed data be used, from who holds them; `None` if nothing says.

    Our convention: published in clear 4, unknown recipients or a hostile one 3, known recipients 2, nobody or
    unreadable 1.

    Examples
    --------
    >>> likelihood(Circumstances(published_openly=True)), likelihood(Circumstances())
    (4, None)
    """
    if given.unintelligible == "yes_intact":
        return 1
    if given.published_openly:
        return 4
    return {"none": 1, "known": 2, "known_hostile": 3, "unknown_number": 3}.get(given.recipients or "")


def pia_json(
    severity: Severity,
    circumstances: Circumstances,
    *,
    name: str = "",
    written_on: dt.date | None = None,
    lang: str | None = None,
) -> dict[str, Any]:
    """Give the result as a file of the CNIL's PIA tool (``json.dump`` it, then import it there).

    Illegitimate access carries the gauges; modification and disappearance do when the breach touched
    integrity or availability. Gauges that cannot be decided are left at 0 (not set).
    The file holds counts and sentences, no value of the leak.

    Parameters
    ----------
    severity
        What `score` gave.
    circumstances
        The same that it was given.
    name
        The title in the tool; the case's by default.
    written_on
        The day written in the file; ``assessed_on`` by default. The clock is never read.

    Raises
    ------
    BreachkitError
        If there is no day to write.
    """
    day = written_on or circumstances.assessed_on
    if day is None:
        raise BreachkitError("The PIA file needs a day.", hint="Give `assessed_on` or `written_on`.")
    spoken, stamp = language(lang), f"{day.isoformat()}T00:00:00.000Z"
    card = severity.card(spoken)
    data = {
        OVERVIEW: _data(_html([card.title, *card.sentences]), 0),
        DATA: _data(_html(_strata(severity, spoken)), 0),
        # A question of type list shows its list alone: a text there would never be seen.
        ACCESS[0]: _data(None, None, [escape(line) for line in card.sentences]),
    }
    data |= {question: _data(None, level) for question, level in _gauges(severity, circumstances)}
    answers = [_answer(question, told, stamp) for question, told in data.items()]
    return {
        "pia": _head(name or titled(severity.title, spoken) or card.title, stamp),
        "answers": [answer | {"id": number} for number, answer in enumerate(answers, 1)],
        "measures": [],
        "evaluations": [],
        "comments": [],
    }


def _strata(severity: Severity, lang: Language) -> list[str]:
    rows = severity.by_stratum.group_by("stratum", maintain_order=True).agg("people").iter_rows()
    colon = "\u202f: " if lang == "fr" else ": "
    return [
        say("severity", f"stratum_{name}", lang) + colon + people_words(sum(people), lang)
        for name, people in rows
    ]


def _gauges(severity: Severity, given: Circumstances) -> list[tuple[int, int]]:
    level = gravity(severity.band_max) if severity.band_max and not severity.missing else 0
    gauges = [(ACCESS[1], level), (ACCESS[2], likelihood(given) or 0)]
    for letter, (_, harm, chance) in (("I", MODIFICATION), ("A", DISAPPEARANCE)):
        # It happened: likelihood is maximal; not touched: nothing is claimed.
        touched = given.nature is not None and letter in given.nature
        gauges += [(harm, level if touched else 0), (chance, 4 if touched else 0)]
    return gauges


def _html(lines: Iterable[str]) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in lines)


def _data(text: str | None, gauge: int | None, items: list[str] | None = None) -> dict[str, Any]:
    return {"text": text, "gauge": gauge, "list": items or []}


def _answer(question: int, data: dict[str, Any], stamp: str) -> dict[str, Any]:
    times = {"created_at": stamp, "updated_at": stamp}
    return {"pia_id": PIA_ID, "reference_to": question, "data": data} | times


# Both spellings of two fields: the tool's example writes the first, its importer reads the second.
BLANK = (
    "author_name",
    "evaluator_name",
    "validator_name",
    "dpo_opinion",
    "concerned_people_opinion",
    "concerned_people_searched_content",
    "category",
    "rejection_reason",
    "applied_adjustments",
    "rejected_reason",
    "applied_adjustements",
    "dpos_names",
    "people_names",
)


def _head(name: str, stamp: str) -> dict[str, Any]:
    return dict.fromkeys(BLANK, "") | {
        "dbVersion": DB_VERSION,
        "tableName": "pia",
        "serverUrl": None,
        "numberOfQuestions": 36,
        "id": PIA_ID,
        "objectStore": {},
        "status": 0,
        "name": name,
        "dpo_status": None,
        "concerned_people_status": None,
        "concerned_people_searched_opinion": False,
        "created_at": stamp,
        "updated_at": stamp,
    }
