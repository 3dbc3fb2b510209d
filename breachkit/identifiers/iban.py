"""IBAN (ISO 13616): the country's structure, the mod 97 key, and in France the RIB key inside it."""

from __future__ import annotations

import re
from functools import cache

import polars as pl

from breachkit import facts
from breachkit.identifiers.identifier import Identifier, columnwise, digits, slot, squeeze

_LETTERS = {chr(ord("A") + place): str(10 + place) for place in range(26)}
# RIB: A to I and J to R are 1 to 9, S to Z are 2 to 9.
_RIB_LETTERS = {letter: str(place % 9 + 1 + (place >= 18)) for place, letter in enumerate(_LETTERS)}
_RIB_COUNTRIES = ("FR", "MC")
_CHUNK, _CHUNKS = 16, 5


@cache
def _form() -> str:
    """One pattern of every country's structure (``5!n11!c``: 5 digits, 11 letters or digits)."""
    kinds = {"n": "[0-9]", "a": "[A-Z]", "c": "[A-Z0-9]"}
    structures: dict[str, list[str]] = {}
    for country, structure in facts.table("identifiers", "iban").select("country", "bban").iter_rows():
        parts = re.findall(r"(\d+)!([nac])", structure)
        body = "".join(f"{kinds[kind]}{{{length}}}" for length, kind in parts)
        structures.setdefault(body, []).append(country)
    bodies = (f"(?:{'|'.join(countries)})[0-9]{{2}}{body}" for body, countries in structures.items())
    return f"^(?:{'|'.join(bodies)})$"


def _mod_97(number: pl.Expr) -> pl.Expr:
    """Divide digits too long for an integer: chunk by chunk, as by hand."""
    padded = number.str.zfill(_CHUNK * _CHUNKS)
    rest = pl.lit(0, dtype=pl.Int64)
    for chunk in range(_CHUNKS):
        part = padded.str.slice(chunk * _CHUNK, _CHUNK).cast(pl.Int64, strict=False)
        rest = (rest * 10**_CHUNK + part) % 97
    return rest


def _as_digits(text: pl.Expr) -> pl.Expr:
    return text.str.replace_many(list(_LETTERS), list(_LETTERS.values()))


def _right_key(clean: pl.Expr) -> pl.Expr:
    return _mod_97(_as_digits(pl.concat_str(clean.str.slice(4), clean.str.slice(0, 4)))) == 1


def _rib_rest(bank: pl.Expr, branch: pl.Expr, account: pl.Expr) -> pl.Expr:
    return (89 * bank + 15 * branch + 3 * account) % 97


def _right_rib(clean: pl.Expr) -> pl.Expr:
    """Check the key that French banks put at the end of the account (97 - (89 B + 15 G + 3 C) mod 97)."""
    account = clean.str.slice(14, 11).str.replace_many(list(_RIB_LETTERS), list(_RIB_LETTERS.values()))
    parts = (clean.str.slice(4, 5), clean.str.slice(9, 5), account)
    rest = _rib_rest(*(part.cast(pl.Int64, strict=False) for part in parts))
    key = clean.str.slice(25, 2).cast(pl.Int64, strict=False)
    return pl.when(clean.str.slice(0, 2).is_in(_RIB_COUNTRIES)).then(key == 97 - rest)


@columnwise
def build(branch_word: pl.Expr, account_word: pl.Expr) -> pl.Expr:
    """Make French IBANs of bank 00000, which no bank has, with both keys right.

    Examples
    --------
    >>> build(pl.Series([12]), 345).to_list()
    ['FR7600000000120000000034546']
    """
    branch, account = slot(branch_word, 10**5), slot(account_word, 10**11)
    rib = 97 - _rib_rest(pl.lit(0, dtype=pl.Int64), branch, account)
    bban = pl.concat_str(pl.lit("00000"), digits(branch, 5), digits(account, 11), digits(rib, 2))
    key = 98 - _mod_97(pl.concat_str(bban, pl.lit("152700")))  # FR and 00, as digits
    return pl.concat_str(pl.lit("FR"), digits(key, 2), bban)


IBAN = Identifier(
    "iban",
    clean=squeeze,
    shape=lambda clean: clean.str.contains(_form()),
    right_key=_right_key,
    likely=_right_rib,
    invented=lambda clean: clean.str.contains(r"^FR[0-9]{2}00000"),
    make=build,
)
normalise_expr, form_expr, key_expr = IBAN.normalise_expr, IBAN.form_expr, IBAN.key_expr
plausible_expr, fictive_expr, check = IBAN.plausible_expr, IBAN.fictive_expr, IBAN.check
