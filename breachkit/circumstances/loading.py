"""Circumstances from a YAML file, a dictionary, the ones shipped, or nothing."""

from __future__ import annotations

import os
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from breachkit.circumstances.circumstances import Circumstances, refuse
from breachkit.errors import BreachkitError
from breachkit.facts import document, user_document

Source = str | os.PathLike[str] | Mapping[str, Any] | Circumstances | None


def shipped() -> tuple[str, ...]:
    """The names of the circumstances that come with breachkit.

    Examples
    --------
    >>> shipped()
    ('dedalus-2021',)
    """
    room = files("breachkit") / "circumstances"
    return tuple(
        sorted(one.name.removesuffix(".yaml") for one in room.iterdir() if one.name.endswith(".yaml"))
    )


def load(source: Source = None) -> Circumstances:
    """Read circumstances.

    Parameters
    ----------
    source
        A path to a YAML file, a dictionary, the name of one that ships (`shipped`), `Circumstances` (given
        back as they are), or `None`: nothing is known.

    Raises
    ------
    BreachkitError
        Unknown fields (with those there are), wrong values (with the choices), contradictions: all at once.

    Examples
    --------
    >>> load("dedalus-2021").published_openly
    True
    >>> load({"recipients": "everyone"})
    Traceback (most recent call last):
    ...
    breachkit.errors.BreachkitError: Circumstances: Unknown value for `recipients` 'everyone'. Choices: none,
    known, known_hostile, unknown_number.
    """
    match source:
        case None:
            return Circumstances()
        case Circumstances():
            return source
        case Mapping():
            return _from(source)
        case str() | os.PathLike():
            return _from(_document(source))
    raise BreachkitError(
        f"Circumstances should be a path, a dictionary or nothing; found {type(source).__name__}.",
        hint="`circumstances.template()` writes a file to fill in.",
    )


def _document(source: str | os.PathLike[str]) -> Any:
    if isinstance(source, str) and source in shipped():
        return document("circumstances", source)
    path = Path(source)
    if not path.exists():
        names = ", ".join(shipped())
        raise BreachkitError(
            f"There is no file {path}.",
            hint=f"Circumstances that ship: {names}; `template()` writes a new one.",
        )
    return user_document(path)


def _from(found: Any) -> Circumstances:
    if found is None:
        return Circumstances()
    if not isinstance(found, Mapping):
        raise BreachkitError(f"Circumstances should be `field: value` lines; found a {type(found).__name__}.")
    known = Circumstances.names()
    values = {str(key): value for key, value in found.items() if key != "schema"}
    unknown = [str(BreachkitError.unknown("circumstance", key, known)) for key in values if key not in known]
    right = {key: value for key, value in values.items() if key in known}
    try:
        return _checked(right, unknown)
    except TypeError as error:  # an unhashable or unordered value where a word was expected
        raise BreachkitError(f"Circumstances: {error}.") from None


def _checked(values: dict[str, Any], unknown: list[str]) -> Circumstances:
    try:
        circumstances = Circumstances(**values)
    except BreachkitError as error:
        if unknown:
            refuse([*unknown, error.message.removeprefix("Circumstances: ")])
        raise
    refuse(unknown)
    return circumstances
