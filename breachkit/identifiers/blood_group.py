"""Blood groups: ABO and rhesus, in the many ways laboratories write them."""

from __future__ import annotations

import polars as pl

from breachkit import facts
from breachkit.identifiers.identifier import Identifier, columnwise, slot

_FORM = r"^(?:A|B|AB|O)[+-]$"
_POSITIVE = r"^(A[12]?|B|A[12]?B|[O0])(?:RH(?:ESUS)?D?|D)?(?:\+|POS(?:ITIF|ITIVE)?)$"
_NEGATIVE = r"^(A[12]?|B|A[12]?B|[O0])(?:RH(?:ESUS)?D?|D)?(?:-|N[EÉ]G(?:ATIF|ATIVE)?)$"


def _clean(column: pl.Expr) -> pl.Expr:
    """Write ``a rh pos``, ``O négatif``, ``A1 Rh D+`` and ``0 +`` as ``A+``, ``O-``, ``A+``, ``O+``."""
    bounded = pl.when(column.str.len_bytes() > 64).then(pl.lit("")).otherwise(column)
    bare = (
        bounded.str.replace_all(r"[\p{Pd}−]", "-").str.replace_all(r"[\s\p{Cf}.,()/:]", "").str.to_uppercase()
    )
    bare = bare.str.replace("É", "E", literal=True).str.replace(r"^GROUPE(?:SANGUIN)?", "")
    signed = bare.str.replace(_POSITIVE, "$1+").str.replace(_NEGATIVE, "$1-")
    return signed.str.replace(r"^0([+-])$", "O$1").str.replace(r"^A[12](B?[+-])$", "A$1")


@columnwise
def build(word: pl.Expr) -> pl.Expr:
    """Draw blood groups as frequent as in France (EFS): ``word`` any integers, read modulo 100.

    Examples
    --------
    >>> build(pl.Series([0, 50, 99])).to_list()
    ['A+', 'O+', 'AB-']
    """
    groups: list[str] = []
    for group, share in facts.table("identifiers", "blood_group").select("group", "percent").iter_rows():
        groups += [group] * int(share)
    return slot(word, len(groups)).replace_strict(dict(enumerate(groups)), return_dtype=pl.String)


BLOOD_GROUP = Identifier(
    "blood_group", clean=_clean, shape=lambda clean: clean.str.contains(_FORM), make=build
)
normalise_expr, form_expr, key_expr = (
    BLOOD_GROUP.normalise_expr,
    BLOOD_GROUP.form_expr,
    BLOOD_GROUP.key_expr,
)
plausible_expr, fictive_expr, check = BLOOD_GROUP.plausible_expr, BLOOD_GROUP.fictive_expr, BLOOD_GROUP.check
