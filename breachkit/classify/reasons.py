"""Why a column is taken for what it is, in the reader's language; the saved map keeps its terms."""

from __future__ import annotations

import re
from collections.abc import Iterable

from breachkit import taxonomy
from breachkit.locale import Language, listed, percent, said_or, say

_BLOCK = "in the block of "
_SHAPE = re.compile(
    r"(?P<what>(?:[^:%]|:(?! ))+) (?P<share>[\d.]+)%"
    r"(?:, keys (?P<keys>[\d.]+)% \(.*\))?(?:, years (?P<years>[\d-]+))?"
)


def spoken_reasons(reasons: Iterable[str], lang: Language) -> str:
    """Say the reasons of a verdict in one line.

    Examples
    --------
    >>> spoken_reasons(["name: code, postal", "postcode 98.7%"], "en")
    'name of the column; values: postcode (99%)'
    """
    return listed((_spoken(reason, lang) for reason in reasons), lang)


def detector_label(id: str, lang: Language) -> str:
    """Name a detector; one without a name keeps its id."""
    return said_or("classify", f"detector_{id.replace(' ', '_')}", lang, id)


def _spoken(reason: str, lang: Language) -> str:
    head = reason.partition(": ")[0]
    shape = _SHAPE.fullmatch(reason)
    if shape:
        return _values(shape, lang)
    if reason.startswith(_BLOCK):
        return say("classify", "why_block", lang, subject=taxonomy.label(reason.removeprefix(_BLOCK), lang))
    return said_or("classify", f"why_{head.replace(' ', '_')}", lang, reason)


def _values(shape: re.Match[str], lang: Language) -> str:
    name, share = detector_label(shape["what"], lang), percent(float(shape["share"]) / 100, lang, 0)
    if shape["keys"]:
        keys = percent(float(shape["keys"]) / 100, lang, 0)
        return say("classify", "why_keys", lang, name=name, share=share, keys=keys)
    if shape["years"]:
        first, _, last = shape["years"].partition("-")
        key = "why_years" if last not in ("", first) else "why_year"
        return say("classify", key, lang, name=name, share=share, first=first, last=last)
    return say("classify", "why_values", lang, name=name, share=share)
