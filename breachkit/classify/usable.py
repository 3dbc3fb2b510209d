"""Which attributes of the patient a row holds and somebody could use: right form, key not false."""

from __future__ import annotations

import polars as pl

from breachkit import taxonomy
from breachkit.classify import normalise as n
from breachkit.classify.dates import year_expr
from breachkit.classify.identity import PATIENT, phone, usable
from breachkit.classify.plan import Plan
from breachkit.classify.vocabulary import plain_expr

CHECKED = {"nir": "nir", "email": "email", "iban": "iban"}
ANY_SUBJECT = (
    "prescriber_id",
    "facility_id",
    "insurer_id",
    "insurer_name",
    "technical",
    "amount",
    "other_date",
)
SHORTEST_NAME = 3


def attribute_exprs(plan: Plan) -> list[pl.Expr]:
    """Give ``has_<attribute>`` for every attribute of the taxonomy, and ``has_guessable_password``."""
    exprs = [_has(plan, name).fill_null(False).alias(f"has_{name}") for name in taxonomy.attribute_ids()]
    return [*exprs, guessable(plan).alias("has_guessable_password")]


def _has(plan: Plan, attribute: str) -> pl.Expr:
    if attribute in ("phone_mobile", "phone_landline"):
        return phone(plan, PATIENT, mobile=attribute == "phone_mobile").is_not_null()
    subjects = () if attribute in ANY_SUBJECT else (PATIENT,)
    columns = plan.columns(attribute, *subjects)
    if attribute == "prescriber_id":
        columns += plan.columns("last_name", "prescriber")
    return _any([_cell(attribute, column) for column in columns])


def _any(exprs: list[pl.Expr]) -> pl.Expr:
    return pl.any_horizontal(exprs) if exprs else pl.lit(False)


def _cell(attribute: str, column: str) -> pl.Expr:
    cell = pl.col(column)
    if attribute in CHECKED:
        return usable(CHECKED[attribute], column)
    match attribute:
        case "postcode":
            return n.postcode_expr(cell).is_not_null() | n.department_code_expr(cell).is_not_null()
        case "birth_date" | "visit_date":
            return year_expr(cell).is_not_null() | cell.str.contains(r"^\d{1,3}$")
        case "sex":
            return n.sex_expr(cell).is_not_null()
        case "title":
            return n.known_title_expr(cell)
    return n.blank_expr(cell).is_not_null()


def guessable(plan: Plan) -> pl.Expr:
    """Say whether a password holds the person's own name, town or birth date (folded, three characters)."""
    passwords = [
        plain_expr(pl.col(c)).str.replace_all(r"[^a-z0-9]", "") for c in plan.columns("password", PATIENT)
    ]
    owned = [
        plain_expr(pl.col(column)).str.replace_all(r"[^a-z0-9]", "")
        for attribute in ("last_name", "first_name", "birth_name", "spouse_name", "city")
        for column in plan.columns(attribute, PATIENT)
    ]
    dates = [plan.date(column) for column in plan.columns("birth_date", PATIENT)]
    owned += [date.dt.strftime(form) for date in dates for form in ("%d%m", "%m%y", "%Y", "%y%m%d")]
    hits = [
        ((part.str.len_chars() >= SHORTEST_NAME) & word.str.contains(part, literal=True)).fill_null(False)
        for word in passwords
        for part in owned
    ]
    return _any(hits)


def malformed(plan: Plan, data: pl.DataFrame) -> list[tuple[str, str, str, int]]:
    """Count the cells of checked attributes whose form or key is wrong: counted, never erased."""
    names = [(kind, column) for attribute, kind in CHECKED.items() for column in plan.columns(attribute)]
    if not names or not data.height:
        return []
    wrong = [
        (n.blank_expr(pl.col(column)).is_not_null() & ~usable(kind, column)).sum().alias(str(i))
        for i, (kind, column) in enumerate(names)
    ]
    counts = data.select(wrong).row(0)
    return [
        (plan.table, column, "malformed", int(c)) for (_, column), c in zip(names, counts, strict=True) if c
    ]
