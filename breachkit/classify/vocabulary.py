"""Closed lists (sexes, titles, given names) and the folding under which they are compared."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import polars as pl

from breachkit.facts import table

_VARIANTS = {
    "a": "àáâãäåąāă",
    "c": "çčć",
    "e": "èéêëěęē",
    "i": "ìíîïıī",
    "n": "ñń",
    "o": "òóôõöøőō",
    "u": "ùúûüűū",
    "y": "ýÿ",
    "oe": "œ",
    "ae": "æ",
    "s": "šşśș",
    "z": "žżź",
    "l": "ł",
    "g": "ğ",
    "r": "ř",
    "d": "đð",
    "th": "þ",
    "ss": "ß",
    "t": "ț",
}
_PLAIN = {letter: plain for plain, letters in _VARIANTS.items() for letter in letters}


@cache
def words(name: str) -> Mapping[str, str]:
    """Give one closed list: folded value -> what it means.

    Examples
    --------
    >>> words("sex")["homme"], words("title")["soeur"]
    ('M', 'religion:F')
    """
    rows = table("classify", "vocabulary").filter(pl.col("list") == name).iter_rows(named=True)
    return {row["value"]: row["meaning"] for row in rows}


def plain_expr(text: pl.Expr) -> pl.Expr:
    """Give lower case without accents or ligatures, combining marks dropped.

    Examples
    --------
    >>> pl.DataFrame({"v": ["SŒUR Éloïse"]}).select(plain_expr(pl.col("v"))).item()
    'soeur eloise'
    """
    lower = text.str.to_lowercase().str.replace_many(list(_PLAIN), list(_PLAIN.values()))
    return lower.str.replace_all(r"\p{M}", "")


def folded_expr(text: pl.Expr) -> pl.Expr:
    """Give the form in which closed lists are compared: plain, without dots, single spaces."""
    return plain_expr(text).str.replace_all(r"[.\s]+", " ").str.strip_chars()
