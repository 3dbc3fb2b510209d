"""Read a leak that somebody else made: everything as text, nothing lost in silence."""

from breachkit.sources.reader import read

__all__ = ["read"]
