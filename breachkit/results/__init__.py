"""What every result has in common: frozen, masked, shown the same way everywhere."""

from breachkit.results.base import Result, jsonable
from breachkit.results.card import Card
from breachkit.results.inks import INK, PALETTE, ink_on, tinted
from breachkit.results.labels import name_lines
from breachkit.results.plots import Plot, counted_bars, empty, house_style
from breachkit.results.ticks import euros, shares, speak

__all__ = [
    "INK",
    "PALETTE",
    "Card",
    "Plot",
    "Result",
    "counted_bars",
    "empty",
    "euros",
    "house_style",
    "ink_on",
    "jsonable",
    "name_lines",
    "shares",
    "speak",
    "tinted",
]
