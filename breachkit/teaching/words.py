"""What an identifier in a column of figures is called: each room names its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache

from breachkit.circumstances import fields
from breachkit.exposure.adversaries import load_adversaries
from breachkit.facts import table
from breachkit.fraud.scenarios import load as load_scenarios
from breachkit.locale import Language, say
from breachkit.taxonomy import attributes, categories, contexts, statuses, subjects
from breachkit.whatif import load_safeguards

Names = Mapping[str, str]


def _taxonomy(lang: Language) -> Names:
    frames = (attributes(), categories(), contexts(), statuses(), subjects())
    known = {id_: name for frame in frames for id_, name in frame.select("id", lang).iter_rows()}
    return known | {"anyone": say("exposure", "anyone", lang)}


def _rules(lang: Language) -> Names:
    """Give the words of which the rules of severity are made: a category, a status, an attribute there."""
    known = _taxonomy(lang)
    return {**known, **{f"has_{id_}": name for id_, name in known.items()}}


def _adversaries(lang: Language) -> Names:
    return {one.id: one.label(lang) for one in load_adversaries()}


def _scenarios(lang: Language) -> Names:
    return {one.id: one.label[lang] for one in load_scenarios().scenarios}


def _safeguards(lang: Language) -> Names:
    return {one.id: one.name(lang) for one in load_safeguards()}


def _circumstances(lang: Language) -> Names:
    return dict(fields().select("field", lang).iter_rows())


def _messages(room: str, prefix: str) -> Callable[[Language], Names]:
    def named(lang: Language) -> Names:
        """Give the sentences of a room whose key begins with the prefix, by the rest of the key."""
        rows = table(room, "messages").select("key", lang).iter_rows()
        return {key.removeprefix(prefix): text for key, text in rows if key.startswith(prefix)}

    return named


SAID_BY: Mapping[str, Callable[[Language], Names]] = {
    **dict.fromkeys(("category", "status", "attribute", "subject"), _taxonomy),
    **dict.fromkeys(("first", "second", "safeguard"), _safeguards),
    "adversary": _adversaries,
    "scenario": _scenarios,
    "rule": _rules,
    "date": _circumstances,
    "stratum": _messages("severity", "stratum_"),
    "band": _messages("severity", "band_"),
    "seriousness": _messages("severity", "seriousness_"),
    "figure": _messages("report", "figure_"),
    "unit": _messages("report", "unit_"),
}


@cache
def names(column: str, lang: Language) -> Names:
    """Give what the identifiers of a column are called, from the room that owns them; else from this one.

    Examples
    --------
    >>> names("adversary", "en")["neighbour"], names("band", "fr")["very_high"]
    ('a neighbour', 'très élevée')
    """
    ours = _messages("teaching", "value_")(lang)
    theirs = SAID_BY[column](lang) if column in SAID_BY else {}
    return {**ours, **{spelling(id_): name for id_, name in theirs.items()}}


def spelling(text: str) -> str:
    """Spell an identifier as the keys of messages are spelled.

    Examples
    --------
    >>> spelling("ENISA score")
    'enisa_score'
    """
    return re.sub("[^a-z0-9]+", "_", text.lower())
