"""French and English: which language, how numbers and dates are written, what is said."""

from breachkit.locale.formats import (
    brief,
    brief_money,
    counted,
    day,
    decimal,
    integer,
    listed,
    money,
    number,
    percent,
    rounded,
)
from breachkit.locale.messages import Language, language, said_or, say

__all__ = [
    "Language",
    "brief",
    "brief_money",
    "counted",
    "day",
    "decimal",
    "integer",
    "language",
    "listed",
    "money",
    "number",
    "percent",
    "rounded",
    "said_or",
    "say",
]
