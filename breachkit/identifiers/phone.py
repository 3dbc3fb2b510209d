"""French telephone numbers: ten digits, mobile or landline, and ARCEP's blocks for works of fiction."""

from __future__ import annotations

from typing import Any

import polars as pl

from breachkit import facts
from breachkit.errors import BreachkitError
from breachkit.identifiers.identifier import Identifier, columnwise, digits, slot, squeeze

_FORM = r"^0[1-9][0-9]{8}$"
_BLOCK = 10_000


def _clean(column: pl.Expr) -> pl.Expr:
    bare = squeeze(column.str.replace("(0)", "", literal=True)).str.replace_all(r"[()]", "")
    return bare.str.replace(r"^(?:\+|00)?33([1-9][0-9]{8})$", "0$1")


def blocks() -> pl.DataFrame:
    """List the blocks that ARCEP keeps for audiovisual works: ``block, zone, kind``.

    Examples
    --------
    >>> blocks().filter(pl.col("kind") == "mobile")["block"].to_list()
    ['063998']
    """
    return facts.table("identifiers", "phone_fiction")


def _likely(clean: pl.Expr) -> pl.Expr:
    """Nobody is given eight times the same digit: 06 00 00 00 00 fills a compulsory field."""
    return clean.str.slice(2) != pl.concat_str([clean.str.slice(2, 1)] * 8)


def kind_expr(column: pl.Expr) -> pl.Expr:
    """Say ``mobile`` (06, 07), ``landline`` (01 to 05, 09) or ``other`` (08); null without the form."""
    clean = PHONE.normalise_expr(column)
    second = clean.str.slice(1, 1)
    mobile, special = second.is_in(["6", "7"]), second == "8"
    kind = (
        pl.when(mobile)
        .then(pl.lit("mobile"))
        .when(special)
        .then(pl.lit("other"))
        .otherwise(pl.lit("landline"))
    )
    return pl.when(PHONE.shape(clean)).then(kind)


def build(word: Any, *, kind: str = "mobile") -> Any:
    """Make numbers inside the blocks kept for fiction.

    Parameters
    ----------
    word
        Any integers: they choose block and last four digits.
    kind
        ``mobile`` (one block: 10,000 numbers, so repeats are certain beyond), ``landline`` (five blocks)
        or the zone of a landline, ``01`` to ``05``.

    Raises
    ------
    BreachkitError
        If the kind is unknown.

    Examples
    --------
    >>> build(pl.Series([7, 10_007])).to_list()
    ['0639980007', '0639980007']
    """
    table = blocks()
    kinds = (*table["kind"].unique(maintain_order=True), *table.filter(pl.col("kind") == "landline")["zone"])
    if kind not in kinds:
        raise BreachkitError.unknown("kind of phone", kind, kinds)
    chosen = table.filter((pl.col("kind") == kind) | (pl.col("zone") == kind))["block"].to_list()

    @columnwise
    def made(word: pl.Expr) -> pl.Expr:
        place = slot(word, len(chosen) * _BLOCK)
        block = (place // _BLOCK).replace_strict(dict(enumerate(chosen)), return_dtype=pl.String)
        return pl.concat_str(block, digits(place % _BLOCK, 4))

    return made(word)


PHONE = Identifier(
    "phone",
    clean=_clean,
    shape=lambda clean: clean.str.contains(_FORM),
    likely=_likely,
    invented=lambda clean: clean.str.slice(0, 6).is_in(blocks()["block"].to_list()),
    make=build,
)
normalise_expr, form_expr, key_expr = PHONE.normalise_expr, PHONE.form_expr, PHONE.key_expr
plausible_expr, fictive_expr, check = PHONE.plausible_expr, PHONE.fictive_expr, PHONE.check
