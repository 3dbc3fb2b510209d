"""Ticks in the reader's language: one way for every axis of every picture."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from breachkit.locale import Language, brief, brief_money, percent

if TYPE_CHECKING:
    from matplotlib.axis import Axis

Write = Callable[[float, Language], str]
FEW_DECADES = 100


def speak(axis: Axis, lang: Language, write: Write = brief) -> None:
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
        How one value is written: `locale.brief` (the default), or `locale.percent`, `locale.money`, ...
    """
    from matplotlib.ticker import LogLocator, NullFormatter

    axis.set_major_formatter(lambda value, _: write(value, lang))
    if axis.get_scale() == "log":
        low, high = axis.get_view_interval()
        axis.set_major_locator(LogLocator(subs=(1, 2, 5) if high <= FEW_DECADES * low else (1,)))
        axis.set_minor_formatter(NullFormatter())


def shares(axis: Axis, lang: Language) -> None:
    """Write the ticks of an axis of shares (0..1) as whole percentages."""
    speak(axis, lang, lambda value, spoken: percent(value, spoken, 0))


def euros(axis: Axis, lang: Language) -> None:
    """Write the ticks of an axis of euros."""
    speak(axis, lang, brief_money)
