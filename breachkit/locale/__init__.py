"""French and English: which language, how numbers and dates are written, what is said."""

from breachkit.locale.formats import counted, day, decimal, integer, money, percent, rounded
from breachkit.locale.messages import Language, language, say

__all__ = [
    "Language",
    "counted",
    "day",
    "decimal",
    "integer",
    "language",
    "money",
    "percent",
    "rounded",
    "say",
]
