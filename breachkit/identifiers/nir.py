"""NIR, the French social security number: 13 characters and a key of two digits.

Sex, year and month of birth, department and commune of birth, order in the month. Code de la sécurité
sociale R.115-1, décret 82-103 art. 4, Insee; the rules for the first digit and the months are those that
the Assurance maladie published as ``nir-validation``.
"""

from __future__ import annotations

from functools import cache

import polars as pl

from breachkit import facts
from breachkit.errors import BreachkitError
from breachkit.identifiers.fictive_nir import FICTIVE_COMMUNES, build
from breachkit.identifiers.identifier import Identifier, as_text, squeeze, unspaced

_LENGTHS = (13, 15)


def _number(clean: pl.Expr) -> pl.Expr:
    """Read the characters as a number, Corsica's letter by its rule (2A is 19, 2B is 18); or null."""
    island = clean.str.slice(5, 2).is_in(["2A", "2B"])
    figures = clean.str.replace("2A", "19", literal=True).str.replace("2B", "18", literal=True)
    return _figures(clean, pl.when(island).then(figures).otherwise(clean))


def _figures(text: pl.Expr, figures: pl.Expr) -> pl.Expr:
    """Read 13 or 15 figures; anything else, and what begins with a sign, is null."""
    fits = text.str.len_bytes().is_in(_LENGTHS) & (text >= "0")
    return pl.when(fits).then(figures.cast(pl.Int64, strict=False))


def _read(clean: pl.Expr) -> pl.Expr:
    """Give what the rules look at: all figures as ``whole``, and whether a key is among them."""
    return pl.struct(whole=_number(clean), keyed=clean.str.len_bytes() == 15)


def _body(nir: pl.Expr) -> pl.Expr:
    """Give the 13 characters as a number."""
    whole = nir.struct.field("whole")
    return pl.when(nir.struct.field("keyed")).then(whole // 100).otherwise(whole)


def _right_key(nir: pl.Expr) -> pl.Expr:
    whole = nir.struct.field("whole")
    return pl.when(nir.struct.field("keyed")).then(whole % 100 == 97 - whole // 100 % 97)


def _place(number: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """Department (the 97 and 98 of overseas too) and the three figures of the commune."""
    place = number // 1000
    return place // 1000 % 100, place % 1000


def _likely(nir: pl.Expr) -> pl.Expr:
    """Tell whether the parts are given out.

    Month 20 to 99: unknown; the commune has two digits overseas; provisional numbers (7, 8) and those of
    migrants (5, 6) carry no birth to judge.
    """
    number = _body(nir)
    head, month = number // 10**11, number // 10**8 % 100
    department, commune = _place(number)
    overseas = department.is_between(97, 98)
    born = month.is_between(1, 12) | (month >= 20)
    there = (department > 0) & (pl.when(overseas).then(commune % 100).otherwise(commune) > 0)
    given = head.is_between(10, 29) & born & there & (number % 1000 > 0)
    return given | head.is_between(50, 72) | head.is_between(80, 82)


def _invented(nir: pl.Expr) -> pl.Expr:
    number = _body(nir)
    department, commune = _place(number)
    unused = commune.is_between(*FICTIVE_COMMUNES) & department.is_between(1, 95)
    return (unused & (number < 3 * 10**12) & (number >= 10**12)) | number.is_in(_specimen_numbers())


def _part(clean: pl.Expr, start: int, length: int) -> pl.Expr:
    return clean.str.slice(start, length).cast(pl.Int16, strict=False)


@cache
def _specimen_numbers() -> tuple[int, ...]:
    return tuple(int(number) for number in specimens()["number"])


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


def _shape(clean: pl.Expr) -> pl.Expr:
    return pl.when(clean.is_not_null()).then(_number(clean).is_not_null())


class _Nir(Identifier):
    """The NIR's rules; a column is read the cheap way first: most cells are figures and spaces."""

    def check(self, values: pl.Series) -> pl.DataFrame:
        """Judge a column: ``form, key, plausible, fictive``, nullable Booleans, one row a value."""
        bare = as_text(values).alias("raw").to_frame().select(clean=unspaced(pl.col("raw"))).to_series()
        clean = pl.col("clean")
        read = bare.to_frame().select(whole=_figures(clean, clean), size=clean.str.len_bytes())
        whole, size = read["whole"], read["size"]
        for cleaned in (clean, squeeze(clean).alias("clean")):
            odd = (whole.is_null() & bare.is_not_null()).arg_true()
            rest = bare.gather(odd).to_frame().select(cleaned)
            found = rest.select(whole=_number(clean), size=clean.str.len_bytes())
            whole, size = whole.scatter(odd, found["whole"]), size.scatter(odd, found["size"])
        frame = pl.DataFrame({"given": bare.is_not_null(), "whole": whole, "size": size}).lazy()
        form = pl.when("given").then(pl.col("whole").is_not_null())
        frame = frame.select(form=form, read=pl.struct("whole", keyed=pl.col("size") == 15))
        return frame.select("form", *self._verdicts(pl.col("read"))).collect(engine="streaming")


NIR = _Nir(
    "nir",
    clean=squeeze,
    shape=_shape,
    read=_read,
    right_key=_right_key,
    likely=_likely,
    invented=_invented,
    make=build,
)
normalise_expr, form_expr, key_expr = NIR.normalise_expr, NIR.form_expr, NIR.key_expr
plausible_expr, fictive_expr, check = NIR.plausible_expr, NIR.fictive_expr, NIR.check
