"""One value as a user wrote it, turned into the type its field asks for."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping
from typing import Any

from breachkit.circumstances.vocabulary import choices, field
from breachkit.errors import BreachkitError


def _wrong(name: str, expected: str, value: object) -> BreachkitError:
    return BreachkitError(f"`{name}` should be {expected}; found {type(value).__name__} {value!r}.")


def _text(name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise _wrong(name, "text", value)
    return value


def _date(name: str, value: Any) -> dt.date:
    if isinstance(value, dt.datetime):
        raise _wrong(name, "a date without a time, such as 2021-02-23", value)
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(value)
    except (TypeError, ValueError):
        raise _wrong(name, "a date such as 2021-02-23", value) from None


def _moment(name: str, value: Any) -> dt.date | dt.datetime:
    if isinstance(value, str):
        try:
            moment = dt.datetime.fromisoformat(value)
        except ValueError:
            raise _wrong(name, "a date, or a date and time such as 2021-02-23T16:15+01:00", value) from None
        value = moment.date() if len(value) <= len("2021-02-23") else moment
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC) if value.tzinfo else value.replace(tzinfo=dt.UTC)
    if isinstance(value, dt.date):
        return value
    raise _wrong(name, "a date, or a date and time such as 2021-02-23T16:15+01:00", value)


def _flag(name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise _wrong(name, "true or false", value)
    return value


def _number(name: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < math.inf:
        raise _wrong(name, "a number, zero or more", value)
    return float(value)


def _money(name: str, value: Any) -> Mapping[str, float]:
    if not isinstance(value, Mapping) or not value:
        raise _wrong(name, "a list of `name: yearly amount in euros`", value)
    amounts = {str(scope): _number(f"{name}.{scope}", amount) for scope, amount in value.items()}
    for scope, amount in amounts.items():
        if amount == 0:
            raise _wrong(f"{name}.{scope}", "more than zero (leave out what is not known)", amount)
    return amounts


def _choice(name: str, value: Any) -> str:
    allowed = choices(name)
    # YAML 1.1 reads a bare `no` as false, and `no` is a word of the list on unintelligible data.
    word = "no" if value is False and "no" in allowed else value
    if word not in allowed:
        raise BreachkitError.unknown(f"value for `{name}`", value, allowed)
    return str(word)


def _names(name: str, value: Any) -> tuple[str, ...]:
    items = (value,) if isinstance(value, str) else value
    if not isinstance(items, list | tuple) or not all(isinstance(item, str) for item in items):
        raise _wrong(name, "a list of names", value)
    return tuple(items)


def _list(name: str, value: Any) -> tuple[str, ...]:
    items = value if isinstance(value, list | tuple) else (value,)
    return tuple(dict.fromkeys(_choice(name, item) for item in items))


_READERS: Mapping[str, Callable[[str, Any], Any]] = {
    "text": _text,
    "date": _date,
    "moment": _moment,
    "flag": _flag,
    "number": _number,
    "money": _money,
    "choice": _choice,
    "list": _list,
    "names": _names,
}


def value_of(name: str, value: Any) -> Any:
    """Turn ``value`` into what the field ``name`` holds; `None` stays `None` (not given).

    A time without an offset is taken as UTC.

    Raises
    ------
    BreachkitError
        If it is of the wrong kind, or not among the field's choices.

    Examples
    --------
    >>> value_of("nature", "C"), value_of("started_on", "2020-11-04")
    (('C',), datetime.date(2020, 11, 4))
    """
    return None if value is None else _READERS[field(name)["type"]](name, value)
