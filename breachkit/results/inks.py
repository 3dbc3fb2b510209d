"""Colours told apart by all, and inks that read on the ground they stand on."""

from __future__ import annotations

INK = "#22242a"
# Okabe and Ito (2008), Color Universal Design: told apart by all common colour visions.
PALETTE = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7a7a7a", "#a99b00")
# Share of a palette's colour in text of that colour, the rest being the page's own ink: text then reads at
# 4.5:1 or better (WCAG 2.2, 1.4.3) on light and dark grounds alike; on the colour alone it would not.
TINT = 0.55
_LINEAR = 0.04045, 12.92, 0.055, 2.4  # IEC 61966-2-1
_WEIGHTS = (0.2126, 0.7152, 0.0722)


def _parts(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


def luminance(colour: str) -> float:
    """Give the relative luminance (WCAG 2.2) of ``#rrggbb``.

    Examples
    --------
    >>> luminance("#000000"), round(luminance("#ffffff"), 3), round(luminance("#808080"), 3)
    (0.0, 1.0, 0.216)
    """
    below, slope, lift, power = _LINEAR
    shares = [part / 255 for part in _parts(colour)]
    linear = [share / slope if share <= below else ((share + lift) / (1 + lift)) ** power for share in shares]
    return sum(weight * part for weight, part in zip(_WEIGHTS, linear, strict=True))


def ink_on(ground: str) -> str:
    """Give black or white, whichever reads better on a ground; at least 4.5:1 (WCAG 2.2).

    Examples
    --------
    >>> ink_on("#ffffd9"), ink_on("#0072b2")
    ('#000000', '#ffffff')
    """
    return "#ffffff" if luminance(ground) < 0.179 else "#000000"


def tinted(colour: str) -> str:
    """Give the colour for text about something drawn in ``colour``; in SVG it follows the page's ink.

    Examples
    --------
    >>> tinted("#0072b2")
    '#0f4f75'
    """
    mixed = (round(TINT * a + (1 - TINT) * b) for a, b in zip(_parts(colour), _parts(INK), strict=True))
    return "#" + "".join(f"{part:02x}" for part in mixed)


def themed(svg: str) -> str:
    """Let ink and tinted text follow the text colour of the page."""
    for colour in PALETTE:
        mixed = f"color-mix(in srgb, {colour} {TINT:.0%}, currentColor)"
        svg = svg.replace(f"fill: {tinted(colour)}", f"fill: {tinted(colour)}; fill: {mixed}")
    return svg.replace(INK, "currentColor")
