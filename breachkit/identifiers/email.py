"""E-mail addresses, and the domains kept for examples."""

from __future__ import annotations

import polars as pl

from breachkit import facts
from breachkit.identifiers.identifier import Identifier, columnwise, slot

_LONGEST = 254
_LOCAL = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_FORM = rf"^{_LOCAL}@(?:{_LABEL}\.)+[a-z][a-z0-9-]{{0,61}}[a-z0-9]$"


def _clean(column: pl.Expr) -> pl.Expr:
    bounded = pl.when(column.str.len_bytes() > 4 * _LONGEST).then(pl.lit("")).otherwise(column)
    # Spaces around an address go, one inside stays: ``a b@c.fr`` is no address.
    bare = bounded.str.replace_all(r"^\s+|\s+$|\p{Cf}", "")
    return bare.str.to_lowercase().str.strip_prefix("mailto:")


def _domain(clean: pl.Expr) -> pl.Expr:
    return clean.str.extract(r"@([^@]*)$", 1)


def reserved() -> pl.DataFrame:
    """List the domains that can be nobody's: ``domain``, itself and everything under it.

    Examples
    --------
    >>> "invalid" in reserved()["domain"]
    True
    """
    return facts.table("identifiers", "email_reserved")


def _invented(clean: pl.Expr) -> pl.Expr:
    domains = "|".join(domain.replace(".", r"\.") for domain in reserved()["domain"])
    return clean.str.contains(rf"[@.](?:{domains})$")


def _likely(clean: pl.Expr) -> pl.Expr:
    fillers = facts.table("identifiers", "email_fillers")["local"].to_list()
    local = clean.str.extract(r"^([^@]*)@", 1)
    return ~local.is_in(fillers) & (local.str.len_bytes() <= 64) & (clean.str.len_bytes() <= _LONGEST)


@columnwise
def build(local: pl.Expr, domain_word: pl.Expr) -> pl.Expr:
    """Make addresses that reach nobody: a given local part at one of the reserved mail domains.

    Examples
    --------
    >>> build(pl.Series(["anne.martin"]), 0).to_list()
    ['anne.martin@exemple.invalid']
    """
    table = reserved()
    hosts = table.filter(pl.col("host") != "")["host"].to_list()
    host = slot(domain_word, len(hosts)).replace_strict(dict(enumerate(hosts)), return_dtype=pl.String)
    return pl.concat_str(local, pl.lit("@"), host)


EMAIL = Identifier(
    "email",
    clean=_clean,
    shape=lambda clean: clean.str.contains(_FORM) & (clean.str.len_bytes() <= _LONGEST),
    likely=_likely,
    invented=_invented,
    make=build,
)
normalise_expr, form_expr, key_expr = EMAIL.normalise_expr, EMAIL.form_expr, EMAIL.key_expr
plausible_expr, fictive_expr, check = EMAIL.plausible_expr, EMAIL.fictive_expr, EMAIL.check
