"""The circumstances of one leak, always valid: wrong words and contradictions are refused."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any, ClassVar

import polars as pl

from breachkit.circumstances.contradictions import contradictions
from breachkit.circumstances.values import value_of
from breachkit.circumstances.vocabulary import field, label
from breachkit.errors import BreachkitError
from breachkit.locale import Language, day, decimal, language, listed, money, say
from breachkit.results import Card, jsonable

Moment = dt.date | dt.datetime


@dataclasses.dataclass(frozen=True, repr=False)
class Circumstances:
    """What the data cannot say. Every field is optional; `None` means "not given", never "no".

    The meaning, choices and source of each field stand in ``circumstances.fields()``; the vocabulary is that
    of the EDPB's common breach notification template v1.0 where it has one.

    Raises
    ------
    BreachkitError
        Listing every wrong value and every contradiction at once.

    Examples
    --------
    >>> Circumstances(nature="C", published_on="2021-02-21").published_on
    datetime.date(2021, 2, 21)
    """

    schema: ClassVar[str] = "breachkit/circumstances/1"

    title: str | None = None
    assessed_on: dt.date | None = None
    organisation_role: str | None = None
    sector: str | None = None
    public_body: bool | None = None
    specialised_centre: bool | None = None
    turnover: Mapping[str, float] | None = None
    started_on: dt.date | None = None
    ended_on: dt.date | None = None
    processor_aware_at: Moment | None = None
    controller_aware_at: Moment | None = None
    authority_notified_at: Moment | None = None
    people_notified_on: dt.date | None = None
    published_on: dt.date | None = None
    blocking_order_on: dt.date | None = None
    credentials_reset_on: dt.date | None = None
    nature: tuple[str, ...] | None = None
    confidentiality: str | None = None
    unintelligible: str | None = None
    integrity: str | None = None
    availability: str | None = None
    availability_lost_days: float | None = None
    backup: bool | None = None
    key_compromised: bool | None = None
    incident: tuple[str, ...] | None = None
    cause: str | None = None
    malicious: bool | None = None
    recipients: str | None = None
    recipient_trusted: bool | None = None
    published_openly: bool | None = None
    people_types: tuple[str, ...] | None = None
    data_types: tuple[str, ...] | None = None
    impact: tuple[str, ...] | None = None
    severity_declared: str | None = None
    risk_outcome: str | None = None
    measures_before: tuple[str, ...] | None = None
    measures_after: tuple[str, ...] | None = None
    failings: tuple[str, ...] | None = None
    scope_from: dt.date | None = None
    scope_to: dt.date | None = None
    agreed_columns: tuple[str, ...] | None = None
    excess_columns: tuple[str, ...] | None = None
    seriousness: str | None = None
    fine_tier: str | None = None

    def __post_init__(self) -> None:
        wrong = []
        for name in self.names():
            try:
                object.__setattr__(self, name, value_of(name, getattr(self, name)))
            except BreachkitError as error:
                wrong.append(str(error))
        refuse(wrong)
        refuse([f"They cannot both be true: {pair}." for pair in contradictions(self)])

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """The names of all fields, in the order of the table."""
        return tuple(one.name for one in dataclasses.fields(cls))

    def given(self) -> dict[str, Any]:
        """The fields that were given."""
        values = {name: getattr(self, name) for name in self.names()}
        return {name: value for name, value in values.items() if value is not None}

    def to_dict(self) -> dict[str, Any]:
        """Give what was given, JSON-ready; `load` reads it back."""
        return {"schema": self.schema, **jsonable(self.given())}

    def to_frame(self) -> pl.DataFrame:
        """One row per field given: ``field, value, source`` (why the field is asked)."""
        rows = [
            (name, _said(name, value, "en"), field(name)["source"]) for name, value in self.given().items()
        ]
        return pl.DataFrame(
            rows, schema={"field": pl.String, "value": pl.String, "source": pl.String}, orient="row"
        )

    def card(self, lang: Language) -> Card:
        """Say what is known, and what was not given."""
        heads = say("circumstances", "field", lang), say("circumstances", "value", lang)
        rows = [(label(name, lang), _said(name, value, lang)) for name, value in self.given().items()]
        table = pl.DataFrame(rows, schema=dict.fromkeys(heads, pl.String), orient="row")
        missing = [label(name, lang) for name in self.names() if getattr(self, name) is None]
        note = say("circumstances", "missing", lang, names=", ".join(missing)) if missing else ""
        title = say("circumstances", "card", lang)
        known = say("circumstances", "known", lang, given=len(rows), total=len(self.names()))
        return Card(title, (known,), table, notes=(note,) if note else ())

    def __hash__(self) -> int:
        return hash(str(self.to_dict()))

    def __repr__(self) -> str:
        return self.card(language()).text()

    def _repr_html_(self) -> str:
        return self.card(language()).html()


def refuse(wrong: list[str]) -> None:
    """Raise one error that lists all that is wrong, if anything is."""
    if len(wrong) == 1:
        raise BreachkitError(f"Circumstances: {wrong[0]}")
    if wrong:
        raise BreachkitError(f"Circumstances: {len(wrong)} errors." + "".join(f"\n- {one}" for one in wrong))


def _said(name: str, value: Any, lang: Language) -> str:
    match field(name)["type"], value:
        case "choice", word:
            return label(name, lang, word)
        case "list", words:
            return ", ".join(label(name, lang, word) for word in words)
        case "names", words:
            return ", ".join(words)
        case "money", amounts:
            return listed(
                (
                    say("locale", "labelled", lang, label=scope, value=money(amount, lang))
                    for scope, amount in amounts.items()
                ),
                lang,
            )
        case "flag", flag:
            return say("locale", "yes" if flag else "no", lang)
        case "number", number:
            return decimal(number, lang, 0 if number == int(number) else 1)
        case _, dt.datetime():
            return f"{day(value.date(), lang)} {value:%H:%M} UTC"
        case _, dt.date():
            return day(value, lang)
    return str(value)
