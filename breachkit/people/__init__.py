"""Which records are the same person: `consolidate` turns `Records` into `People`."""

from breachkit.people.people import People

__all__ = ["People"]
