"""Synthetic leaks whose truth is known."""

from breachkit.synth.profile import profiles
from breachkit.synth.synthesis import synthesize

__all__ = ["profiles", "synthesize"]
