"""One row of the scenario book, read and checked."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from breachkit.fraud.formula import Formula, parse
from breachkit.fraud.numbers import Evidence, Place, Range, amount, probability

SUBJECTS = ("patient", "prescriber")
LEDGERS = ("people_money", "people_hours", "payers", "organisation")
DATES = (
    "started_on", "ended_on", "published_on", "processor_aware_at", "controller_aware_at",
    "authority_notified_at", "people_notified_on", "blocking_order_on", "credentials_reset_on",
)  # fmt: skip
_FIELDS = {
    "id", "number", "subject", "label", "needs", "steps", "probability", "campaign", "external", "loss",
    "distress", "tiers", "bears", "half_life", "minutes", "cuts", "if_rate",
}  # fmt: skip


@dataclasses.dataclass(frozen=True)
class Cut:
    """Something that lowers the hazard left from a date of the circumstances on."""

    id: str
    starts: str
    share: Range


@dataclasses.dataclass(frozen=True)
class Tier:
    """People for whom the loss is higher, and their loss."""

    needs: Formula
    text: str
    loss: Range


@dataclasses.dataclass(frozen=True)
class Scenario:
    """One way of doing harm with what was leaked.

    ``probability`` is incremental over the baseline, per eligible person, over twelve months; ``loss`` is
    EUR per victim; ``bears`` shares it among the ledgers; ``half_life`` is in years (``None``: it does
    not fade); ``minutes`` is set for attempts made by hand; ``if_rate`` for harms without a base rate,
    shown as "if this many" and never summed.
    """

    id: str
    number: int
    subject: str
    label: Mapping[str, str]
    steps: Mapping[str, tuple[str, ...]]
    text: str
    needs: Formula
    probability: Range
    loss: Range
    bears: Mapping[str, float]
    bears_evidence: Evidence
    half_life: float | None
    half_life_evidence: Evidence
    campaign: Range | None = None
    external: Range | None = None
    distress: Range | None = None
    minutes: Range | None = None
    tiers: tuple[Tier, ...] = ()
    cuts: tuple[Cut, ...] = ()
    if_rate: float | None = None

    @property
    def outside(self) -> bool:
        """Whether it stays outside every sum."""
        return self.if_rate is not None

    @property
    def claims(self) -> bool:
        """Whether the organisation bears it whole: people who claim, not people defrauded."""
        return self.bears.get("organisation", 0) >= 1

    @property
    def grade(self) -> str:
        """The weakest grade among probability, loss and campaign."""
        numbers = (self.probability, self.loss, self.campaign)
        return max(number.evidence.grade for number in numbers if number is not None)

    def ranges(self) -> dict[str, Range]:
        """Every uncertain number of the row, by field."""
        named = {name: getattr(self, name) for name in _RANGES if getattr(self, name) is not None}
        named |= {f"tiers.{at}": tier.loss for at, tier in enumerate(self.tiers, 1)}
        return named | {f"cuts.{cut.id}": cut.share for cut in self.cuts}

    def numbers(self) -> dict[str, float]:
        """Every bare number of the row, by field."""
        bare = {
            f"{field}.{end}": n for field, item in self.ranges().items() for end, n in item.numbers().items()
        }
        bare |= {f"bears.{ledger}": share for ledger, share in self.bears.items()}
        extras = {"half_life.value": self.half_life, "if_rate": self.if_rate}
        return bare | {field: number for field, number in extras.items() if number is not None}


_RANGES = ("probability", "campaign", "external", "loss", "distress", "minutes")


def read_scenario(row: Mapping[str, Any], place: Place, known: set[str]) -> Scenario:
    """Read one row; an error names file, row and field."""
    for field in ("id", "subject", "label", "needs", "steps", "probability", "loss", "bears", "half_life"):
        if field not in row:
            raise place.at(field).error("this field is missing.")
    for field in set(row) - _FIELDS:
        raise place.at(str(field)).error("unknown field.", f"Fields: {', '.join(sorted(_FIELDS))}.")
    if row["subject"] not in SUBJECTS:
        raise place.at("subject").error("unknown subject.", f"Subjects: {', '.join(SUBJECTS)}.")
    half_life = place.at("half_life").mapping(row["half_life"])
    return Scenario(
        id=str(row["id"]),
        number=int(place.at("number").number(row.get("number", 0))),
        subject=row["subject"],
        label={lang: str(text) for lang, text in _languages(row["label"], place.at("label")).items()},
        steps={lang: tuple(map(str, s)) for lang, s in _languages(row["steps"], place.at("steps")).items()},
        text=str(row["needs"]),
        needs=_needs(row["needs"], place, known),
        probability=probability(row["probability"], place.at("probability")),
        loss=amount(row["loss"], place.at("loss")),
        bears=_bears(row["bears"], place.at("bears")),
        bears_evidence=Evidence.read(row["bears"], place.at("bears")),
        half_life=_half_life(half_life, place.at("half_life")),
        half_life_evidence=Evidence.read(half_life, place.at("half_life")),
        campaign=_optional(row, "campaign", place, probability),
        external=_optional(row, "external", place, probability),
        distress=_optional(row, "distress", place, amount),
        minutes=_optional(row, "minutes", place, amount),
        tiers=tuple(_tier(tier, place.at(f"tiers.{at}"), known) for at, tier in _list(row, "tiers", place)),
        cuts=tuple(_cut(cut, place.at(f"cuts.{at}")) for at, cut in _list(row, "cuts", place)),
        if_rate=_if_rate(row, place),
    )


def _optional(row: Mapping[str, Any], field: str, place: Place, read: Any) -> Range | None:
    number: Range | None = read(row[field], place.at(field)) if row.get(field) is not None else None
    return number


def _list(row: Mapping[str, Any], field: str, place: Place) -> list[tuple[int, Any]]:
    value = row.get(field) or []
    if not isinstance(value, list):
        raise place.at(field).error("a list is needed here.")
    return list(enumerate(value, 1))


def _languages(value: object, place: Place) -> Mapping[str, Any]:
    texts = place.mapping(value)
    for lang in ("fr", "en"):
        if not texts.get(lang):
            raise place.at(lang).error("this language is missing.")
    return {lang: texts[lang] for lang in ("fr", "en")}


def _needs(text: object, place: Place, known: set[str]) -> Formula:
    formula = parse(text, f"{place.file}, {place.row}, field {place.at('needs').field}")
    for name in sorted(formula.names() - known):
        raise place.at("needs").error(f"unknown attribute {name!r}.", f"Known: {', '.join(sorted(known))}.")
    return formula


def _bears(value: object, place: Place) -> dict[str, float]:
    row = place.mapping(value)
    shares = {name: place.at(name).number(row[name]) for name in LEDGERS if name in row}
    for name in set(row) - set(LEDGERS) - {"source", "licence", "grade"}:
        raise place.at(str(name)).error("unknown ledger.", f"Ledgers: {', '.join(LEDGERS)}.")
    for name, share in shares.items():
        if not 0 <= share <= 1:
            raise place.at(name).error(f"a share lies in 0..1; this is {share:g}.")
    if abs(sum(shares.values()) - 1) > 1e-9:
        raise place.error(f"the shares sum to {sum(shares.values()):g}, not to 1.")
    return shares


def _half_life(row: Mapping[str, Any], place: Place) -> float | None:
    if row.get("value") is None:
        return None
    years = place.at("value").number(row["value"])
    if years <= 0:
        raise place.at("value").error("a half-life is above 0 years, or null if it does not fade.")
    return years


def _tier(value: object, place: Place, known: set[str]) -> Tier:
    row = place.mapping(value)
    return Tier(_needs(row.get("needs"), place, known), str(row.get("needs")), amount(row, place))


def _cut(value: object, place: Place) -> Cut:
    row = place.mapping(value)
    if not row.get("id") or not row.get("from"):
        raise place.error("a cut needs `id` and `from`, the date in the circumstances that starts it.")
    if row["from"] not in DATES:
        raise place.at("from").error("unknown date.", f"Dates: {', '.join(DATES)}.")
    return Cut(str(row["id"]), str(row["from"]), probability(row, place))


def _if_rate(row: Mapping[str, Any], place: Place) -> float | None:
    if row.get("if_rate") is None:
        return None
    rate = place.at("if_rate").number(row["if_rate"])
    if not 0 < rate < 1:
        raise place.at("if_rate").error(f"a probability lies above 0 and below 1; this is {rate:g}.")
    return rate
