"""Check, build and recognise fictive French identifiers, a column at a time.

``check(kind, series)`` gives ``form, key, plausible, fictive``; every kind also has its expressions
(``identifiers.nir.key_expr(pl.col("x"))``) for lazy plans.

>>> import polars as pl
>>> from breachkit import identifiers
>>> identifiers.check("nir", pl.Series(["2 69 05 49 588 157 80", "hello", None])).rows()
[(True, True, True, True), (False, False, False, False), (None, None, None, None)]
"""

from breachkit.identifiers import blood_group, email, iban, nir, phone, postcode
from breachkit.identifiers.identifier import Identifier
from breachkit.identifiers.kinds import build, check, kinds, normalise, of

adeli, finess, rpps, siren, siret = map(of, ("adeli", "finess", "rpps", "siren", "siret"))

__all__ = [
    "Identifier",
    "adeli",
    "blood_group",
    "build",
    "check",
    "email",
    "finess",
    "iban",
    "kinds",
    "nir",
    "normalise",
    "of",
    "phone",
    "postcode",
    "rpps",
    "siren",
    "siret",
]
