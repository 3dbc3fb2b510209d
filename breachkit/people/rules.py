"""The merge rules: a file that an auditor can edit."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from breachkit.errors import BreachkitError
from breachkit.facts import GRADES, document, user_document

_BIRTH = pl.col("qi_birth_date")
_LAST, _MAIDEN = pl.col("qi_last_name"), pl.col("qi_birth_name")
_NIR = pl.col("key_nir")
_NIR_YEAR, _NIR_MONTH = (_NIR.str.slice(at, 2).cast(pl.Int32, strict=False) for at in (1, 3))
_NIR_SEX = _NIR.str.slice(0, 1).replace({"1": "M", "2": "F"})


def one_digit(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    """Whether two years, of four digits or of two, differ in at most one: 1985 and 1995, not 1995 and 2018.

    Examples
    --------
    >>> years = pl.DataFrame({"a": [1985, 1985, 1995], "b": [1995, 1983, 2018]})
    >>> years.select(one_digit(pl.col("a"), pl.col("b"))).to_series().to_list()
    [True, True, False]
    """
    units = one // 10 == other // 10
    tens = (one // 100 == other // 100) & (one % 10 == other % 10)
    return units | tens | (one % 100 == other % 100)


def _either(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    """List the one or two values."""
    return pl.concat_list(one, pl.when(one.ne_missing(other)).then(other)).list.drop_nulls()


#: What a rule may compare: the expression over `Records.frame` behind each name.
COMPARED: dict[str, pl.Expr] = {
    "key_patient_id": pl.col("key_patient_id"),
    "key_nir": _NIR,
    # The NIR where it can be the record's own: of the same sex, and of the same year of birth, or of the same
    # month and a year one digit away.
    "own_nir": pl.when(
        (pl.col("qi_sex") == _NIR_SEX).fill_null(True)
        & (
            (_BIRTH.dt.year() % 100 == _NIR_YEAR)
            | ((_BIRTH.dt.month() == _NIR_MONTH) & one_digit(_NIR_YEAR, _BIRTH.dt.year() % 100))
        ).fill_null(True)
    ).then(_NIR),
    "key_email": pl.col("key_email"),
    "last_name": pl.col("qi_last_name"),
    "birth_name": pl.col("qi_birth_name"),
    "first_name": pl.col("qi_first_name"),
    "same_first_name": pl.col("qi_first_name"),
    "filled_first_name": pl.when(pl.col("qi_first_name").is_not_null()).then(True),
    "any_name": _either(_LAST, _MAIDEN),
    "names": (
        pl.when(_LAST.is_null())
        .then(_MAIDEN)
        .when(_MAIDEN.is_null() | (_LAST == _MAIDEN))
        .then(_LAST)
        .otherwise(_LAST + "|" + _MAIDEN)
    ),
    "any_phone": _either(pl.col("key_phone_landline"), pl.col("key_phone_mobile")),
    "birth_date": _BIRTH,
    "birth_date_near": _BIRTH,
    "birth_date_unordered": (
        _BIRTH.dt.year().cast(pl.Int64) * 10_000
        + pl.min_horizontal(_BIRTH.dt.day(), _BIRTH.dt.month()).cast(pl.Int64) * 100
        + pl.max_horizontal(_BIRTH.dt.day(), _BIRTH.dt.month()).cast(pl.Int64)
    ),
    "sex": pl.col("qi_sex"),
    "postcode": pl.col("qi_postcode"),
    "laboratory": pl.col("laboratory"),
}
LISTS = ("any_name", "any_phone")
#: Compared columns that must be filled on both sides.
STRICT = ("same_first_name", "filled_first_name")


@dataclasses.dataclass(frozen=True)
class Rule:
    """Two records are one person when all ``keys`` are equal and nothing in ``compatible`` contradicts."""

    id: str
    keys: tuple[str, ...]
    compatible: tuple[str, ...]
    confidence: float


@dataclasses.dataclass(frozen=True)
class Rules:
    """The rules in order, people's own decisions as pairs of record ids, and the columns that are barriers.

    Records that share a rule's keys and contradict each other in a barrier are not merged through a third
    record either: only a decision of people merges them.
    """

    rules: tuple[Rule, ...]
    merge: tuple[tuple[int, int], ...] = ()
    keep_apart: tuple[tuple[int, int], ...] = ()
    barriers: tuple[str, ...] = ()


def load_rules(given: str | Path | Mapping[str, Any] | Rules | None = None) -> Rules:
    """Read merge rules: the shipped ones, a YAML file, or a mapping.

    A file with decisions (``merge``, ``keep_apart``) and no ``rules`` goes with the shipped rules.

    Raises
    ------
    BreachkitError
        With file, row and field, for an unknown column, a confidence outside 0..1, a bad pair.

    Examples
    --------
    >>> load_rules().rules[0].id
    'patient_id'
    """
    if isinstance(given, Rules):
        return given
    if given is None:
        rows, name = document("people", "rules"), "rules.yaml"
    elif isinstance(given, Mapping):
        rows, name = given, "rules"
    else:
        rows, name = user_document(Path(given)), Path(given).name
    if isinstance(rows, Mapping) and "rules" not in rows and {"merge", "keep_apart"} & set(rows):
        rows = document("people", "rules") | dict(rows)
    if not isinstance(rows, Mapping) or not isinstance(rows.get("rules"), list):
        raise BreachkitError(f"{name}: no list `rules`.", hint="Copy the shipped file and edit it.")
    found = tuple(_rule(row, f"{name}, row {at}") for at, row in enumerate(rows["rules"], start=1))
    if len({rule.id for rule in found}) < len(found):
        raise BreachkitError(f"{name}: two rules have the same id.", hint="Name each rule once.")
    barriers = _names(rows, "barriers", name)
    return Rules(found, _pairs(rows, "merge", name), _pairs(rows, "keep_apart", name), barriers)


def _rule(row: Any, where: str) -> Rule:
    if not isinstance(row, Mapping) or not row.get("id"):
        raise BreachkitError(f"{where}, field 'id': missing.", hint="Name the rule.")
    keys, fits = _names(row, "keys", where), _names(row, "compatible", where)
    if not keys:
        raise BreachkitError(f"{where}, field 'keys': empty.", hint="A rule needs at least one key.")
    confidence = row.get("confidence")
    if isinstance(confidence, bool) or not isinstance(confidence, int | float) or not 0 < confidence <= 1:
        raise BreachkitError(f"{where}, field 'confidence': {confidence!r}.", hint="Above 0, at most 1.")
    if not row.get("source") or row.get("grade") not in GRADES:
        raise BreachkitError(f"{where}, fields 'source' and 'grade': missing.", hint="Grades: A, B, C.")
    return Rule(str(row["id"]), keys, fits, float(confidence))


def _names(row: Mapping[str, Any], field: str, where: str) -> tuple[str, ...]:
    names = row.get(field) or []
    if not isinstance(names, list | tuple):
        raise BreachkitError(f"{where}, field {field!r}: not a list.", hint="Write [first_name, sex].")
    for name in names:
        if name not in COMPARED:
            error = BreachkitError.unknown("column", name, COMPARED)
            raise BreachkitError(f"{where}, field {field!r}: {error.message}", hint=error.hint)
    return tuple(dict.fromkeys(names))


def _pairs(rows: Mapping[str, Any], field: str, name: str) -> tuple[tuple[int, int], ...]:
    pairs = rows.get(field) or []
    if not isinstance(pairs, list | tuple):
        raise BreachkitError(f"{name}, field {field!r}: not a list of pairs.", hint="Write [[12, 40]].")
    for at, pair in enumerate(pairs, start=1):
        good = isinstance(pair, list | tuple) and len(pair) == 2
        if not good or any(isinstance(i, bool) or not isinstance(i, int) for i in pair) or pair[0] == pair[1]:
            raise BreachkitError(
                f"{name}, field {field!r}, row {at}: not a pair of record ids.", hint="Two different ones."
            )
    return tuple((int(a), int(b)) for a, b in pairs)
