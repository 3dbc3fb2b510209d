"""The kinds of identifier, by name."""

from __future__ import annotations

from typing import Any

import polars as pl

from breachkit.errors import BreachkitError
from breachkit.identifiers.blood_group import BLOOD_GROUP
from breachkit.identifiers.email import EMAIL
from breachkit.identifiers.iban import IBAN
from breachkit.identifiers.identifier import Identifier
from breachkit.identifiers.luhn import ADELI, FINESS, RPPS, SIREN, SIRET
from breachkit.identifiers.nir import NIR
from breachkit.identifiers.phone import PHONE
from breachkit.identifiers.postcode import POSTCODE

_KINDS = {
    kind.name: kind
    for kind in (NIR, RPPS, FINESS, SIREN, SIRET, IBAN, PHONE, EMAIL, POSTCODE, BLOOD_GROUP, ADELI)
}


def kinds() -> tuple[str, ...]:
    """Name the kinds that can be checked.

    Examples
    --------
    >>> kinds()[:3]
    ('nir', 'rpps', 'finess')
    """
    return tuple(_KINDS)


def of(kind: str) -> Identifier:
    """Give the rules of a kind.

    Raises
    ------
    BreachkitError
        If the kind is unknown.
    """
    try:
        return _KINDS[kind]
    except (KeyError, TypeError):
        raise BreachkitError.unknown("kind of identifier", kind, _KINDS) from None


def _series(values: Any) -> pl.Series:
    if isinstance(values, pl.Series):
        return values
    try:
        return pl.Series(values, dtype=pl.String) if isinstance(values, (list, tuple)) else pl.Series(values)
    except (TypeError, ValueError, pl.exceptions.PolarsError):
        raise BreachkitError(
            f"Cannot read a column from {type(values).__name__}.", hint="Pass a polars or pandas series."
        ) from None


def check(kind: str, values: Any) -> pl.DataFrame:
    """Judge a column of identifiers, a row a value.

    Parameters
    ----------
    kind
        One of `kinds`.
    values
        A polars or pandas series, or a list of text. Whole numbers are read as text (a leading zero that a
        spreadsheet ate is not given back).

    Returns
    -------
    polars.DataFrame
        ``form`` (right characters in the right places), ``key`` (check digits right), ``plausible`` (parts in
        the ranges given out), ``fictive`` (can be nobody's). Booleans; null where the kind has no such
        notion, and everywhere for a null cell.

    Raises
    ------
    BreachkitError
        If the kind is unknown, or the column holds something that is not text or numbers.

    Notes
    -----
    A value is *usable* by a thief if its form is right and its key is not false:
    ``form & key.fill_null(True)``. ``fictive`` says nothing of that.

    Examples
    --------
    >>> check("siren", pl.Series(["732 829 320", "732829321"]))["key"].to_list()
    [True, False]
    """
    return of(kind).check(_series(values))


def normalise(kind: str, values: Any) -> pl.Series:
    """Write a column of identifiers the one way its kind is compared.

    Raises
    ------
    BreachkitError
        As `check`.

    Examples
    --------
    >>> normalise("phone", pl.Series(["+33 (0)6 39 98 00 07"])).to_list()
    ['0639980007']
    """
    return of(kind).normalise(_series(values))


def build(kind: str, *columns: Any, **options: Any) -> Any:
    """Make fictive identifiers, right in form and key, from columns of integers.

    Parameters
    ----------
    kind
        One of `kinds` except ``postcode``, which has no fictive values.
    *columns, **options
        What the kind's own ``build`` takes: series, expressions or single values.

    Returns
    -------
    polars.Series or polars.Expr
        A series if a series went in.

    Raises
    ------
    BreachkitError
        If the kind is unknown or has no fictive values.

    Examples
    --------
    >>> build("rpps", pl.Series([21889])).to_list()
    ['99700218896']
    """
    make = of(kind).make
    if make is None:
        makers = [name for name, known in _KINDS.items() if known.make]
        raise BreachkitError(f"No fictive {kind} exists.", hint=f"Choices: {', '.join(makers)}.")
    return make(*columns, **options)
