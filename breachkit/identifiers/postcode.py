"""French postcodes: five digits, with Corsica, overseas and the CEDEX form."""

from __future__ import annotations

import polars as pl

from breachkit.identifiers.identifier import Identifier, squeeze

_FORM = r"^[0-9]{5}$"
_OVERSEAS = ("971", "972", "973", "974", "975", "976", "977", "978", "980", "984", "986", "987", "988")


def _clean(column: pl.Expr) -> pl.Expr:
    """Keep the five digits of ``F-75015``, ``75 015`` and of ``35042 RENNES CEDEX 2``."""
    bare = squeeze(column, limit=100)
    return bare.str.replace(r"^(?:FRANCE|FR|F)?([0-9]{5})(?:\D*CEDEX[0-9]{0,2})?$", "$1")


def _likely(clean: pl.Expr) -> pl.Expr:
    metropolitan = clean.str.slice(0, 2).cast(pl.Int16, strict=False).is_between(1, 95)
    return metropolitan | clean.str.slice(0, 3).is_in(_OVERSEAS)


def cedex_expr(column: pl.Expr) -> pl.Expr:
    """Tell whether the cell says CEDEX: the postcode is then a company's delivery, not where people live."""
    return column.cast(pl.String).str.contains(r"(?i)\bcedex\b")


def department_expr(column: pl.Expr) -> pl.Expr:
    """Give the department of each postcode: two digits, ``2A``/``2B``, three digits overseas; else null.

    Limits: a few communes are served by an office of the next department, so the postcode of about 1 in
    1,000 people names a department that is not theirs.
    """
    clean = POSTCODE.normalise_expr(column)
    three = clean.str.slice(0, 3)
    corsica = pl.when(three.is_in(["200", "201"])).then(pl.lit("2A")).otherwise(pl.lit("2B"))
    named = (
        pl.when(clean.str.starts_with("20"))
        .then(corsica)
        .when(three.is_in(_OVERSEAS))
        .then(three)
        .otherwise(clean.str.slice(0, 2))
    )
    return pl.when(POSTCODE.plausible_expr(column)).then(named)


POSTCODE = Identifier("postcode", clean=_clean, shape=lambda clean: clean.str.contains(_FORM), likely=_likely)
normalise_expr, form_expr, key_expr = POSTCODE.normalise_expr, POSTCODE.form_expr, POSTCODE.key_expr
plausible_expr, fictive_expr, check = POSTCODE.plausible_expr, POSTCODE.fictive_expr, POSTCODE.check
