"""Numbers with a Luhn key, and ADELI, whose key is not published.

RPPS: health professionals; FINESS: facilities; SIREN and SIRET: companies and their establishments.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl

from breachkit.identifiers.identifier import Identifier, Rule, columnwise, digits, slot, squeeze

_LA_POSTE = "356000000"
_LA_POSTE_HEAD_OFFICE = "35600000000048"


def luhn_sum(number: pl.Expr, length: int) -> pl.Expr:
    """Add the digits of ``number``, every second one from the right doubled (ISO/IEC 7812-1, annex B)."""
    total = pl.lit(0, dtype=pl.Int64)
    for place in range(length):
        digit = number // 10**place % 10
        total = total + (digit * 2 - pl.when(digit > 4).then(9).otherwise(0) if place % 2 else digit)
    return total


def _right(clean: pl.Expr, length: int) -> pl.Expr:
    return luhn_sum(clean.cast(pl.Int64, strict=False), length) % 10 == 0


def _right_siret(clean: pl.Expr) -> pl.Expr:
    """Luhn, but La Poste ran out of numbers: its establishments have a digit sum divisible by 5."""
    number = clean.cast(pl.Int64, strict=False)
    plain_sum = sum((number // 10**place % 10 for place in range(14)), start=pl.lit(0, dtype=pl.Int64))
    post = clean.str.starts_with(_LA_POSTE) & (clean != _LA_POSTE_HEAD_OFFICE)
    siren = luhn_sum(number // 10**5, 9) % 10 == 0
    return pl.when(post).then(plain_sum % 5 == 0).otherwise(siren & (luhn_sum(number, 14) % 10 == 0))


def _with_key(body: pl.Expr, length: int) -> pl.Expr:
    """Append the Luhn key to a number, and write it on ``length`` digits."""
    number = body * 10
    return digits(number + (10 - luhn_sum(number, length) % 10) % 10, length)


def _clean_rpps(column: pl.Expr) -> pl.Expr:
    # The national identifier of health professionals writes "8" before the RPPS number.
    return squeeze(column).str.replace(r"^8([0-9]{11})$", "$1")


def _department(clean: pl.Expr) -> pl.Expr:
    return clean.str.slice(0, 2).cast(pl.Int16, strict=False)


@columnwise
def build_rpps(word: pl.Expr) -> pl.Expr:
    """Make RPPS numbers in the 997 range, used in the State's own samples."""
    return _with_key(9_970_000_000 + slot(word, 10**7), 11)


@columnwise
def build_finess(word: pl.Expr) -> pl.Expr:
    """Make FINESS numbers of department 99, which has no facility."""
    return _with_key(99_000_000 + slot(word, 10**6), 9)


@columnwise
def build_siren(word: pl.Expr) -> pl.Expr:
    """Make SIREN numbers that start with 000."""
    return _with_key(1 + slot(word, 10**5 - 1), 9)


@columnwise
def build_siret(word: pl.Expr, establishment_word: pl.Expr) -> pl.Expr:
    """Make SIRET numbers: a SIREN that starts with 000 and an establishment."""
    siren = build_siren(word).cast(pl.Int64)
    return _with_key(siren * 10**4 + slot(establishment_word, 10**4), 14)


@columnwise
def build_adeli(word: pl.Expr) -> pl.Expr:
    """Make ADELI numbers of department 00."""
    return digits(slot(word, 10**7), 9)


def _numbered(
    name: str,
    length: int,
    unused: str,
    make: Callable[..., Any],
    clean: Rule = squeeze,
    key: Rule | None = None,
) -> Identifier:
    """Give the rules of a number with a Luhn key; ``unused`` begins those that are nobody's."""
    return Identifier(
        name,
        clean=clean,
        shape=lambda clean: clean.str.contains(rf"^[0-9]{{{length}}}$"),
        right_key=key or (lambda clean: _right(clean, length)),
        invented=lambda clean: clean.str.starts_with(unused),
        make=make,
    )


RPPS = _numbered("rpps", 11, "997", build_rpps, clean=_clean_rpps)
SIREN = _numbered("siren", 9, "000", build_siren)
SIRET = _numbered("siret", 14, "000", build_siret, key=_right_siret)
FINESS = Identifier(
    "finess",
    clean=squeeze,
    shape=lambda clean: clean.str.contains(r"^(?:[0-9]{2}|2[AB])[0-9]{7}$"),
    # How Corsica's letter enters the key is not documented: not judged.
    right_key=lambda clean: pl.when(clean.str.contains(r"^[0-9]+$")).then(_right(clean, 9)),
    likely=lambda clean: (
        _department(clean).is_between(1, 98).fill_null(True) & (_department(clean) != 96).fill_null(True)
    ),
    invented=lambda clean: _department(clean).is_in([0, 99]).fill_null(False),
    make=build_finess,
)
ADELI = Identifier(
    "adeli",
    clean=squeeze,
    shape=lambda clean: clean.str.contains(r"^(?:[0-9]{2}|2[AB]|9[A-F])[0-9]{7}$"),
    likely=lambda clean: _department(clean).is_between(1, 98).fill_null(True),
    invented=lambda clean: clean.str.starts_with("00"),
    make=build_adeli,
)
