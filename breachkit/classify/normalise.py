"""Quasi-identifiers and keys written one way, as polars expressions."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import polars as pl

from breachkit.classify.vocabulary import folded_expr, plain_expr, words

_CEDEX = r"\s+CEDEX(?:\s*\d{1,2})?$"
_SAINT = (r"\bSTE\b", "SAINTE"), (r"\bST\b", "SAINT")


def blank_expr(text: pl.Expr) -> pl.Expr:
    """Give null for a cell of nothing but spaces."""
    stripped = text.str.strip_chars()
    return pl.when(stripped != "").then(stripped)


def name_expr(text: pl.Expr) -> pl.Expr:
    """Fold a name: upper case, no accents, hyphens and apostrophes to one space.

    Examples
    --------
    >>> pl.DataFrame({"n": ["  d'Œuvre-Léger "]}).select(name_expr(pl.col("n"))).item()
    'D OEUVRE LEGER'
    """
    spaced = plain_expr(text).str.to_uppercase().str.replace_all(r"[^A-Z0-9]+", " ").str.strip_chars()
    return pl.when(spaced != "").then(spaced)


def commune_expr(text: pl.Expr) -> pl.Expr:
    """Fold a commune: as a name, Saint in full, without Cedex.

    Examples
    --------
    >>> pl.DataFrame({"c": ["St-Avé Cedex 9"]}).select(commune_expr(pl.col("c"))).item()
    'SAINT AVE'
    """
    folded = name_expr(text).str.replace(_CEDEX, "")
    for pattern, full in _SAINT:
        folded = folded.str.replace(pattern, full)
    return folded


def postcode_expr(text: pl.Expr) -> pl.Expr:
    """Give five digits, a lost leading zero back; null for anything else.

    Examples
    --------
    >>> frame = pl.DataFrame({"p": ["1000", "F-56000", "56 000", "abc", "44000.0"]})
    >>> frame.select(postcode_expr(pl.col("p"))).to_series().to_list()
    ['01000', '56000', '56000', None, '44000']
    """
    bare = text.str.strip_chars().str.replace(r"^(?i:F|FR)[- ]", "").str.replace(r"\.0$", "")
    digits = bare.str.replace_all(r"\s", "")
    return pl.when(digits.str.contains(r"^\d{4,5}$")).then(digits.str.zfill(5))


def department_expr(postcode: pl.Expr) -> pl.Expr:
    """Give the department of a folded postcode: 2A and 2B by their ranges, overseas three digits.

    Examples
    --------
    >>> frame = pl.DataFrame({"p": ["56000", "20090", "20200", "97410", None]})
    >>> frame.select(department_expr(pl.col("p"))).to_series().to_list()
    ['56', '2A', '2B', '974', None]
    """
    two, three = postcode.str.slice(0, 2), postcode.str.slice(0, 3)
    corsica = pl.when(three.is_in(["200", "201"])).then(pl.lit("2A")).otherwise(pl.lit("2B"))
    return pl.when(two == "20").then(corsica).when(two.is_in(["97", "98"])).then(three).otherwise(two)


def department_code_expr(text: pl.Expr) -> pl.Expr:
    """Read a column of department codes (``56``, ``056``, ``2A``, ``974``)."""
    bare = text.str.strip_chars().str.to_uppercase()
    two = bare.str.extract(r"^0?([0-9]{2}|2[AB])$", 1)
    one = bare.str.extract(r"^([1-9])$", 1).str.zfill(2)
    return pl.coalesce(two, bare.str.extract(r"^(9[78][0-9])$", 1), one)


def sex_expr(text: pl.Expr) -> pl.Expr:
    """Give ``F``, ``M`` or null."""
    return _meaning(text, "sex", lambda meaning: meaning)


def sex_of_title_expr(text: pl.Expr) -> pl.Expr:
    """Give the sex that a title tells, null for child or doctor."""
    return _meaning(text, "title", lambda meaning: meaning.rpartition(":")[2])


def known_title_expr(text: pl.Expr) -> pl.Expr:
    """Say which cells are a title of the list."""
    return folded_expr(text).is_in(list(words("title")))


def _meaning(text: pl.Expr, name: str, part: Callable[[str], str]) -> pl.Expr:
    known = words(name)
    pairs = {value: part(meaning) for value, meaning in known.items()}
    pairs = {value: meaning for value, meaning in pairs.items() if meaning in ("F", "M")}
    return folded_expr(text).replace_strict(pairs, default=None, return_dtype=pl.String)


def phone_expr(text: pl.Expr) -> pl.Expr:
    """Give the ten digits of a French number, null for anything else.

    Examples
    --------
    >>> frame = pl.DataFrame({"t": ["+33 (0)6 39 98 12 34", "02.61.91.00.01", "639981234", "112"]})
    >>> frame.select(phone_expr(pl.col("t"))).to_series().to_list()
    ['0639981234', '0261910001', '0639981234', None]
    """
    kept = text.str.replace_all(r"[^0-9+]", "")
    local = kept.str.replace(r"^(?:\+33|0033|\+330|00330)", "0").str.replace(r"^00", "0")
    ten = pl.when(local.str.len_chars() == 9).then(pl.lit("0") + local).otherwise(local)
    return pl.when(ten.str.contains(r"^0[1-9]\d{8}$")).then(ten)


def first_of(exprs: Sequence[pl.Expr], dtype: pl.DataType | type[pl.DataType] = pl.String) -> pl.Expr:
    """Give the first value that is there, null when there is no column at all."""
    return pl.coalesce(exprs) if exprs else pl.lit(None, dtype=dtype)
