"""What every result has in common: frozen, masked, shown the same way everywhere."""

from breachkit.results.base import Result, jsonable
from breachkit.results.card import Card
from breachkit.results.plots import INK, PALETTE, Plot, house_style

__all__ = ["INK", "PALETTE", "Card", "Plot", "Result", "house_style", "jsonable"]
