"""How one table is to be labelled: which columns serve what; made once, used on every batch."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping

import polars as pl

from breachkit.classify.dates import DayOrder, ambiguous_expr, date_expr, day_order
from breachkit.classify.fieldmap import FieldMap
from breachkit.facts import table
from breachkit.leak import ROW

CREDENTIALS = ("email", "login", "password")
DATES = ("birth_date", "visit_date", "other_date")


@dataclasses.dataclass(frozen=True)
class Field:
    """One column as the field map has it."""

    column: str
    attribute: str | None
    subject: str
    categories: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class Plan:
    """What is known of one table before its rows are read.

    ``reference`` stands in for a missing visit date when an age is needed: the latest visit of the table.
    """

    table: str
    fields: tuple[Field, ...]
    day_first: Mapping[str, bool]
    reference: dt.date | None

    def columns(self, attribute: str, *subjects: str) -> list[str]:
        """Name the columns of an attribute, of some subjects (any if none is given), in their order."""
        return [
            field.column
            for field in self.fields
            if field.attribute == attribute and (not subjects or field.subject in subjects)
        ]

    def date(self, column: str) -> pl.Expr:
        """Read a column as dates, in the order of day and month found for it."""
        return date_expr(pl.col(column), day_first=self.day_first.get(column, True))

    def looked_over(self) -> list[Field]:
        """Give the patient's columns whose short texts are not read: unmistakable words may stand there."""
        ways = {row["attribute"]: row["way"] for row in table("classify", "reading").iter_rows(named=True)}
        return [
            field
            for field in self.fields
            if field.subject == "patient"
            and field.attribute not in CREDENTIALS
            and ways.get(field.attribute or "", "whole") != "whole"
        ]

    def read_as_text(self) -> tuple[list[Field], list[Field]]:
        """Give the columns whose every text is read, and those where only long texts are.

        Names and places are full of false terms, and what is said of a prescriber is not the patient's.
        """
        ways = {row["attribute"]: row["way"] for row in table("classify", "reading").iter_rows(named=True)}
        whole, long = [], []
        for field in self.fields:
            way = ways.get(field.attribute or "", "whole")
            if way == "whole" and field.subject == "patient":
                whole.append(field)
            elif way != "never":
                long.append(field)
        return whole, long


def plan_for(name: str, data: pl.DataFrame, fields: FieldMap) -> tuple[Plan, list[tuple[str, str, str, int]]]:
    """Make the plan of one table; with it, what was found wrong with its dates."""
    present = set(data.columns)
    chosen = tuple(
        Field(row["column"], row["attribute"], row["subject"], tuple(row["categories"]))
        for row in fields.fields.filter(pl.col("table") == name).iter_rows(named=True)
        if row["column"] in present
    )
    orders: dict[str, DayOrder] = {}
    unknown = present - {ROW} - {field.column for field in chosen}
    notes = [(name, column, "not_in_map", data.height) for column in data.columns if column in unknown]
    for field in chosen:
        if field.attribute in DATES:
            distinct = data[field.column].unique()
            orders[field.column] = day_order(distinct)
            notes += _date_notes(name, field.column, data[field.column], orders[field.column])
    first = {column: order.day_first for column, order in orders.items()}
    plan = Plan(name, chosen, first, None)
    visits = [plan.date(column) for column in plan.columns("visit_date")]
    latest = data.select(pl.max_horizontal(visits).max()).item() if visits else None
    return dataclasses.replace(plan, reference=latest), notes


def _date_notes(name: str, column: str, cells: pl.Series, order: DayOrder) -> list[tuple[str, str, str, int]]:
    frame = cells.rename("v").to_frame().filter(pl.col("v").str.strip_chars() != "")
    counted = (
        frame.group_by("v")
        .len("n")
        .with_columns(
            unread=date_expr(pl.col("v"), day_first=order.day_first).is_null(),
            doubtful=ambiguous_expr(pl.col("v")) & (not order.proven),
        )
    )
    unread = int(counted.filter("unread")["n"].sum())
    doubtful = int(counted.filter("doubtful")["n"].sum())
    found = [("unread_date", unread), ("ambiguous_date", doubtful)]
    return [(name, column, what, count) for what, count in found if count]
