"""Synthetic leaks whose truth is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from breachkit.errors import MissingExtraError
from breachkit.synth.manifest import Verification, verify
from breachkit.synth.profile import profiles
from breachkit.synth.synthesis import synthesize

if TYPE_CHECKING:
    from breachkit.synth.provider import FrenchLabProvider

__all__ = ["FrenchLabProvider", "Verification", "profiles", "synthesize", "verify"]


def __getattr__(name: str) -> Any:
    """Import the Faker provider only when it is asked for."""
    if name != "FrenchLabProvider":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        from breachkit.synth.provider import FrenchLabProvider
    except ModuleNotFoundError:
        raise MissingExtraError("FrenchLabProvider", "notebooks") from None
    return FrenchLabProvider
