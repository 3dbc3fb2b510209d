"""French prose with the spaces that must not break: before a colon, inside « », before %, inside a date."""

from __future__ import annotations

import re

CODE = re.compile(r"(`[^`]*`|\]\([^)]*\))")
MONTHS = "janv|févr|mars|avr|mai|juin|juil|août|sept|oct|nov|déc"
FRENCH = (
    (r"(?<=\d)–(?=\d)", "\N{WORD JOINER}–\N{WORD JOINER}"),
    ("« ", "«\N{NO-BREAK SPACE}"),
    (" »", "\N{NO-BREAK SPACE}»"),
    (r" :(?=[\s*|_({]|$)", "\N{NO-BREAK SPACE}:"),
    (r" (?=[;!?])", "\N{NARROW NO-BREAK SPACE}"),
    (r"(?<=\d) (?=%|\d{3}(?!\d))", "\N{NARROW NO-BREAK SPACE}"),
    (r"(?<=§) (?=\d)|(?<=n°) (?=\d)|(?<=[Aa]rt\.) (?=\d)", "\N{NO-BREAK SPACE}"),
    (r"(?<=\d) (?=h\b|million|euros|minutes|heures|secondes)", "\N{NO-BREAK SPACE}"),
    (rf"(?<=[\dʳ]) (?=(?:{MONTHS})[a-zé]*\b)", "\N{NO-BREAK SPACE}"),
    (rf"(\b(?:{MONTHS})[a-zé]*\.?) (?=(?:19|20)\d\d\b)", "\\1\N{NO-BREAK SPACE}"),
)


def typeset(text: str) -> str:
    r"""Give French prose with the no-break spaces it asks for; code and addresses stay as they are.

    Examples
    --------
    >>> typeset("Qui ? « 491 840 patients » : 3 %") == (
    ...     "Qui\u202f? «\xa0491\u202f840 patients\xa0»\xa0: 3\u202f%"
    ... )
    True
    """
    parts = CODE.split(text)
    for pattern, instead in FRENCH:
        parts[::2] = [re.sub(pattern, instead, part) for part in parts[::2]]
    return "".join(parts)
