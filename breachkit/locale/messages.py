"""Which language to speak, and the sentences: one ``messages.csv`` (key, fr, en) in each room."""

from __future__ import annotations

import os
from functools import cache
from typing import Literal

from breachkit.errors import BreachkitError
from breachkit.facts import table
from breachkit.locale.typography import typeset

Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = ("fr", "en")


def language(lang: str | None = None) -> Language:
    """Choose a language: the argument, else ``BREACHKIT_LANG``, else the system locale, else French.

    Raises
    ------
    BreachkitError
        If ``lang`` or ``BREACHKIT_LANG`` is neither ``fr`` nor ``en``.

    Examples
    --------
    >>> language("en")
    'en'
    """
    asked = lang or os.environ.get("BREACHKIT_LANG")
    if asked:
        if asked not in LANGUAGES:
            raise BreachkitError.unknown("language", asked, LANGUAGES)
        return "en" if asked == "en" else "fr"
    system = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "en" if system.startswith("en") else "fr"


@cache
def _sentences(room: str) -> dict[str, dict[Language, str]]:
    rows = table(room, "messages").iter_rows(named=True)
    return {row["key"]: {"fr": typeset(row["fr"]), "en": row["en"]} for row in rows}


def say(room: str, key: str, lang: Language, /, **values: object) -> str:
    """Say the sentence ``key`` of ``room`` in ``lang``, its ``{names}`` replaced by ``values``.

    Examples
    --------
    >>> say("locale", "and", "fr")
    'et'
    """
    try:
        return _sentences(room)[key][lang].format(**values)
    except KeyError as error:
        raise BreachkitError(f"No sentence {error.args[0]!r} in {room}/messages.csv.") from None


def said_or(room: str, key: str, lang: Language, instead: str) -> str:
    """Say the sentence ``key`` of ``room``, or ``instead`` where there is none: a name of the user's own.

    Examples
    --------
    >>> said_or("locale", "and", "fr", "plus"), said_or("locale", "no_such_word", "fr", "plus")
    ('et', 'plus')
    """
    return say(room, key, lang) if key in _sentences(room) else instead
