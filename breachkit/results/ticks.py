"""Ticks in the reader's language: one way for every axis of every picture."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from breachkit.locale import Language, brief, brief_money, percent, rounded

if TYPE_CHECKING:
    from matplotlib.axis import Axis

Write = Callable[[float, Language, Sequence[float]], str]
FEW_DECADES = 100
MORE = 7  # digits tried beyond the least


def amounts(value: float, lang: Language, ticks: Sequence[float] = ()) -> str:
    """Write one tick among others, in full or with the digits that all of them need."""
    return brief(value, lang, digits=_enough(ticks, rounded, 3))


def speak(axis: Axis, lang: Language, write: Write = amounts) -> None:
    """Write the ticks of an axis in the reader's language; call it when everything is drawn.

    Powers of ten are written out (``1 000``, not 10³); a logarithmic axis of two decades or less also shows
    the 2s and 5s between them.

    Parameters
    ----------
    axis
        ``axes.xaxis`` or ``axes.yaxis``.
    lang
        The language.
    write
        How one value is written, given all the values on the axis.
    """
    from matplotlib.ticker import LogLocator, NullFormatter

    axis.set_major_formatter(lambda value, _: write(value, lang, list(axis.get_majorticklocs())))
    if axis.get_scale() == "log":
        low, high = axis.get_view_interval()
        axis.set_major_locator(LogLocator(subs=(1, 2, 5) if high <= FEW_DECADES * low else (1,)))
        axis.set_minor_formatter(NullFormatter())


def shares(axis: Axis, lang: Language) -> None:
    """Write the ticks of an axis of shares (0..1) as percentages, with the decimals that their step needs."""

    def write(value: float, spoken: Language, ticks: Sequence[float]) -> str:
        return percent(value, spoken, _enough([100 * tick for tick in ticks], round, 0))

    speak(axis, lang, write)


def euros(axis: Axis, lang: Language) -> None:
    """Write the ticks of an axis of euros."""
    speak(axis, lang, lambda value, spoken, ticks: brief_money(value, spoken, _enough(ticks, rounded, 3)))


def _enough(ticks: Sequence[float], cut: Callable[[float, int], float], least: int) -> int:
    """How many digits leave every tick as it is; ``least`` when there is no such number."""
    tried = range(least, least + MORE)
    near = 1e-9 * max((abs(tick) for tick in ticks), default=0.0)
    return next((n for n in tried if all(math.isclose(cut(t, n), t, abs_tol=near) for t in ticks)), least)
