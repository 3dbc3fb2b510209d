"""NIR, the French social security number: 13 characters and a key of two digits.

Sex, year and month of birth, department and commune of birth, order in the month. Code de la sécurité
sociale R.115-1, décret 82-103 art. 4, Insee; the rules for the first digit and the months are those that
the Assurance maladie published as ``nir-validation``.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import polars as pl

from breachkit import facts
from breachkit.errors import BreachkitError
from breachkit.identifiers.identifier import Identifier, as_text, columnwise, slot, squeeze

_FORM = r"^[0-9]{5}(?:[0-9]{2}|2[AB])[0-9]{6}(?:[0-9]{2})?$"
# Month 20 to 99: unknown. Place: department and commune, the commune on two digits overseas.
_MONTH = "(?:0[1-9]|1[0-2]|[2-9][0-9])"
_METROPOLITAN = "(?:0[1-9]|[1-8][0-9]|9[0-5]|2[AB])"
_NOT_000 = "(?:00[1-9]|0[1-9][0-9]|[1-9][0-9]{2})"
_PLACE = f"(?:(?:{_METROPOLITAN}|96|99){_NOT_000}|9[78][0-9](?:0[1-9]|[1-9][0-9]))"
# Provisional numbers (7, 8) and those of migrants (5, 6) carry no birth to judge.
_LIKELY = f"^(?:[12][0-9]{{2}}{_MONTH}{_PLACE}{_NOT_000}|[78][0-2]|[56])"
_FICTIVE_COMMUNES = (910, 989)
_INVENTED = f"^[12][0-9]{{4}}{_METROPOLITAN}9[1-8][0-9]"
_ORDERS = 999


def _number(clean: pl.Expr) -> pl.Expr:
    """Read the 13 characters as a number, Corsica's letter by its rule: 2A is 19, 2B is 18."""
    corsica = (
        clean.str.slice(0, 13).str.replace("2A", "19", literal=True).str.replace("2B", "18", literal=True)
    )
    return corsica.cast(pl.Int64, strict=False)


def _right_key(clean: pl.Expr) -> pl.Expr:
    key = clean.str.slice(13, 2).cast(pl.Int64, strict=False)
    return key == 97 - _number(clean) % 97


def _part(clean: pl.Expr, start: int, length: int) -> pl.Expr:
    return clean.str.slice(start, length).cast(pl.Int16, strict=False)


@cache
def _invented() -> str:
    return f"{_INVENTED}|^(?:{'|'.join(specimens()['number'])})"


def specimens() -> pl.DataFrame:
    """Numbers printed by the State on specimen cards and in examples: nobody's.

    Examples
    --------
    >>> specimens()["number"].to_list()
    ['1850578006084', '2690549588157']
    """
    return facts.table("identifiers", "nir_specimens")


def nature_expr(column: pl.Expr) -> pl.Expr:
    """Say what the first digit makes of each number.

    ``nir`` (1, 2); ``nnp`` provisional (7, 8), ``migrant`` (5, 6), both without any birth to read;
    ``unknown`` (3, 4, 9, 0: sayings contradict each other); null without the form.
    """
    first = NIR.normalise_expr(column).str.slice(0, 1)
    named = first.replace_strict(
        {"1": "nir", "2": "nir", "5": "migrant", "6": "migrant", "7": "nnp", "8": "nnp"},
        default="unknown",
        return_dtype=pl.String,
    )
    return pl.when(NIR.form_expr(column)).then(named)


def person_expr(column: pl.Expr) -> pl.Expr:
    """Give the 13 characters without the key, null without the form: what two files can be joined on."""
    return pl.when(NIR.form_expr(column)).then(NIR.normalise_expr(column).str.slice(0, 13))


def agrees_expr(column: pl.Expr, *, sex: pl.Expr | None = None, birth_date: pl.Expr | None = None) -> pl.Expr:
    """Tell whether each NIR fits the sex (``F``/``M``) and the date of birth beside it.

    Null where there is nothing to compare: no NIR given at birth, or nothing beside it. The century is not
    coded, so years are compared on two digits; months from 20 on mean "unknown" and are not compared.
    """
    clean = pl.when(nature_expr(column) == "nir").then(NIR.normalise_expr(column))
    said = []
    if sex is not None:
        coded = (
            pl.when(clean.str.starts_with("1")).then(pl.lit("M")).when(clean.is_not_null()).then(pl.lit("F"))
        )
        said.append(coded == sex)
    if birth_date is not None:
        month = _part(clean, 3, 2)
        same_month = (month == birth_date.dt.month()) | (month >= 20)
        said.append((_part(clean, 1, 2) == birth_date.dt.year() % 100) & same_month)
    if not said:
        raise BreachkitError("Nothing to compare the NIR with.", hint="Pass sex=, birth_date= or both.")
    known = pl.all_horizontal(pl.coalesce(part, pl.lit(True)) for part in said)
    return pl.when(pl.any_horizontal(part.is_not_null() for part in said)).then(known)


def agrees(
    values: pl.Series, *, sex: pl.Series | None = None, birth_date: pl.Series | None = None
) -> pl.Series:
    """Tell, for a column, whether each NIR fits the sex and the date of birth beside it.

    Raises
    ------
    BreachkitError
        If neither is given, or ``birth_date`` does not hold dates.

    Examples
    --------
    >>> agrees(pl.Series(["285059190000123"]), sex=pl.Series(["M"])).to_list()
    [False]
    """
    if birth_date is not None and birth_date.dtype not in (pl.Date, pl.Datetime):
        raise BreachkitError(f"birth_date holds {birth_date.dtype}.", hint="Pass a column of dates.")
    given = {"nir": as_text(values), "sex": sex, "birth_date": birth_date}
    frame = pl.DataFrame([column.alias(name) for name, column in given.items() if column is not None])
    answer = agrees_expr(
        pl.col("nir"),
        sex=None if sex is None else pl.col("sex"),
        birth_date=None if birth_date is None else pl.col("birth_date"),
    )
    return frame.select(answer.alias("agrees")).to_series()


@columnwise
def _build(
    sex: pl.Expr,
    year: pl.Expr,
    month: pl.Expr,
    department: pl.Expr,
    commune_word: pl.Expr,
    order_word: pl.Expr,
) -> pl.Expr:
    first, last = _FICTIVE_COMMUNES
    text = department.cast(pl.String)
    place = text.replace({"2A": "19", "2B": "18"}).cast(pl.Int64, strict=False)
    man = sex.cast(pl.String).is_in(["M", "1"])
    head = pl.when(man).then(pl.lit(1, dtype=pl.Int64)).otherwise(pl.lit(2, dtype=pl.Int64))
    number = head * 100 + year.cast(pl.Int64) % 100
    number = (number * 100 + month.cast(pl.Int64)) * 100 + place
    number = number * 1000 + first + slot(commune_word, last - first + 1)
    number = number * 1000 + 1 + slot(order_word, _ORDERS)
    whole = (number * 100 + 97 - number % 97).cast(pl.String)
    island = pl.concat_str(whole.str.slice(0, 5), text, whole.str.slice(7))
    metropolitan = place.is_between(1, 95)
    return pl.when(metropolitan & text.is_in(["2A", "2B"])).then(island).when(metropolitan).then(whole)


def build(sex: Any, year: Any, month: Any, department: Any, commune_word: Any, order_word: Any) -> Any:
    """Make NIRs with a right key that belong to nobody: their commune code, 910 to 989, was never given.

    Parameters
    ----------
    sex
        ``F``/``M`` (or 2/1).
    year, month
        Of birth; the month as it shall be written, 1 to 12 (20 to 99 for unknown).
    department
        Metropolitan, ``"01"`` to ``"95"``, ``"2A"``, ``"2B"``; any other gives null.
    commune_word, order_word
        Any integers; they choose one of 80 communes and one of 999 orders.

    Returns
    -------
    polars.Expr or polars.Series
        15 characters. A series if any argument is one.

    Notes
    -----
    Keep away from the departments of Paris, Lyon, Marseille and Toulouse (75, 69, 13, 31): places with more
    than 999 births of a sex in a month overflow into special commune codes that are not published.

    Examples
    --------
    >>> build(pl.Series(["F"]), 1985, 5, "2A", 7, 11).to_list()
    ['285052A91701281']
    """
    return _build(sex, year, month, department, commune_word, order_word)


NIR = Identifier(
    "nir",
    clean=squeeze,
    shape=lambda clean: clean.str.contains(_FORM),
    right_key=lambda clean: pl.when(clean.str.len_bytes() == 15).then(_right_key(clean)),
    likely=lambda clean: clean.str.contains(_LIKELY),
    invented=lambda clean: clean.str.contains(_invented()),
    make=build,
)
normalise_expr, form_expr, key_expr = NIR.normalise_expr, NIR.form_expr, NIR.key_expr
plausible_expr, fictive_expr, check = NIR.plausible_expr, NIR.fictive_expr, NIR.check
