"""The quasi-identifiers and keys of the patient, from the columns that hold them."""

from __future__ import annotations

from typing import Any

import polars as pl

from breachkit.classify import normalise as n
from breachkit.classify.plan import Plan

PATIENT = "patient"


def identity_exprs(plan: Plan) -> list[pl.Expr]:
    """Give the expressions of ``qi_*``, ``key_*``, ``laboratory`` and ``visit_date``."""
    postcode = n.first_of([n.postcode_expr(c) for c in _patient(plan, "postcode")])
    return [
        _sex(plan).alias("qi_sex"),
        birth_date(plan).alias("qi_birth_date"),
        postcode.alias("qi_postcode"),
        n.first_of([n.commune_expr(c) for c in _patient(plan, "city")]).alias("qi_commune"),
        n.first_of([n.name_expr(c) for c in _patient(plan, "first_name")]).alias("qi_first_name"),
        n.first_of([n.name_expr(c) for c in _patient(plan, "last_name")]).alias("qi_last_name"),
        n.first_of([n.name_expr(c) for c in _patient(plan, "birth_name")]).alias("qi_birth_name"),
        _department(plan, postcode).alias("qi_department"),
        _nir(plan).alias("key_nir"),
        n.first_of([n.blank_expr(c) for c in _patient(plan, "patient_id", "pseudonym")]).alias(
            "key_patient_id"
        ),
        _email(plan).alias("key_email"),
        phone(plan, PATIENT, mobile=True).alias("key_phone_mobile"),
        phone(plan, PATIENT, mobile=False).alias("key_phone_landline"),
        n.first_of([n.blank_expr(pl.col(c)) for c in plan.columns("facility_id")]).alias("laboratory"),
        visit_date(plan).alias("visit_date"),
    ]


def _patient(plan: Plan, *attributes: str) -> list[pl.Expr]:
    return [pl.col(column) for attribute in attributes for column in plan.columns(attribute, PATIENT)]


def identifier(kind: str) -> Any:
    """Give one kind of identifier with its expressions."""
    from breachkit import identifiers

    return getattr(identifiers, kind)


def _sex(plan: Plan) -> pl.Expr:
    said = [n.sex_expr(c) for c in _patient(plan, "sex")]
    return n.first_of(said + [n.sex_of_title_expr(c) for c in _patient(plan, "title")])


def birth_date(plan: Plan) -> pl.Expr:
    """Read the patient's birth date; a date in parts (year, month) stays null."""
    return n.first_of([plan.date(column) for column in plan.columns("birth_date", PATIENT)], pl.Date)


def visit_date(plan: Plan) -> pl.Expr:
    """Give the latest visit date of the row."""
    dates = [plan.date(column) for column in plan.columns("visit_date")]
    return pl.max_horizontal(dates) if dates else pl.lit(None, dtype=pl.Date)


def _department(plan: Plan, postcode: pl.Expr) -> pl.Expr:
    codes = [n.department_code_expr(c) for c in _patient(plan, "postcode")]
    return n.first_of([n.department_expr(postcode), *codes])


def usable(kind: str, column: str) -> pl.Expr:
    """Say whether a cell has the right form and a key that is not false."""
    known = identifier(kind)
    cell = pl.col(column)
    right: pl.Expr = known.form_expr(cell).fill_null(False) & known.key_expr(cell).fill_null(True)
    return right


def _nir(plan: Plan) -> pl.Expr:
    known = identifier("nir")
    cells = [
        pl.when(usable("nir", column)).then(known.normalise_expr(pl.col(column)).str.slice(0, 13))
        for column in plan.columns("nir", PATIENT)
    ]
    return n.first_of(cells)


def _email(plan: Plan) -> pl.Expr:
    cells = [
        pl.when(usable("email", column)).then(pl.col(column).str.strip_chars().str.to_lowercase())
        for column in plan.columns("email", PATIENT)
    ]
    return n.first_of(cells)


def phone(plan: Plan, subject: str, *, mobile: bool) -> pl.Expr:
    """Give the first mobile or landline number of a subject, whichever column it stands in."""
    names = [*plan.columns("phone_mobile", subject), *plan.columns("phone_landline", subject)]
    cells = []
    for column in names:
        number = n.phone_expr(pl.col(column))
        is_mobile = number.str.contains(r"^0[67]")
        cells.append(pl.when(is_mobile if mobile else ~is_mobile).then(number))
    return n.first_of(cells)
