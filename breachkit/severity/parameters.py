"""The numbers that methods and law set, in versioned files: the version stands in every result."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, cast

from breachkit.errors import BreachkitError
from breachkit.facts import document

PREFIX = "parameters-"


def versions() -> tuple[str, ...]:
    """The versions of the parameters that ship, oldest first.

    Examples
    --------
    >>> versions()[-1]
    '2026-11'
    """
    names = (one.name for one in (files("breachkit") / "severity").iterdir())
    return tuple(
        sorted(
            name.removeprefix(PREFIX).removesuffix(".yaml")
            for name in names
            if name.startswith(PREFIX) and name.endswith(".yaml")
        )
    )


@cache
def parameters(version: str | None = None) -> Mapping[str, Any]:
    """Read one version of the parameters, the newest by default; treat what it gives as read-only.

    Raises
    ------
    BreachkitError
        If there is no such version.
    """
    chosen = version or versions()[-1]
    if chosen not in versions():
        raise BreachkitError.unknown("version of the parameters", chosen, versions())
    return cast(Mapping[str, Any], document("severity", f"{PREFIX}{chosen}"))
