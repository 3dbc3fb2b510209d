"""The server over time, on average over its histories: what lies on it, what is gone, whether it is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from breachkit.locale import Language, percent, say
from breachkit.results import PALETTE, Plot, house_style, name_lines, shares, speak
from breachkit.whatif.simulator import Simulator

if TYPE_CHECKING:
    from breachkit.whatif.whatif import WhatIf

HISTORIES = 500
SERIES = ("stock", "stolen", "open")


def timeline(result: WhatIf, *safeguards: str) -> pl.DataFrame:
    """``day, on, stock, stolen, open``: with none (``on`` false) and with these safeguards (true).

    ``stock``: share of all files ever received that lies on the server; ``stolen``: share taken so far that
    the thief can read; ``open``: share of histories in which the server has not been closed. Means over at
    most 500 histories of the same seed.
    """
    simulator = Simulator(result.server, result.safeguards, min(HISTORIES, result.simulations), result.seed)
    frames = []
    for on in (False, True):
        stock, stolen, still = simulator.course(frozenset(safeguards if on else ()))
        frames.append(
            pl.DataFrame({"stock": stock, "stolen": stolen, "open": still}).with_columns(on=pl.lit(on))
        )
    days = np.arange(result.server.days)
    return pl.concat(frame.with_columns(day=pl.Series(days)) for frame in frames).select("day", "on", *SERIES)


def draw(result: WhatIf, safeguard: str, lang: Language) -> Plot:
    """Draw the server with and without one safeguard, day by day."""
    from matplotlib.figure import Figure

    data = timeline(result, safeguard)
    name = next(one.name(lang) for one in result.safeguards if one.id == safeguard)
    title = say("whatif", "plot_timeline", lang, safeguard=name)
    words = {False: say("whatif", "as_it_was_short", lang), True: name}
    with house_style():
        figure = Figure(figsize=(9.5, 7))
        for axes, series in zip(figure.subplots(3, 1, sharex=True), SERIES, strict=True):
            for on, colour, style in ((False, PALETTE[1], "-"), (True, PALETTE[0], "--")):
                mine = data.filter(on=on)
                axes.plot(
                    mine["day"], mine[series], color=colour, linestyle=style, label=words[on], linewidth=1.8
                )
            axes.set_ylim(0, max(0.05, float(data[series].max() or 0.0)) * 1.08)  # type: ignore[arg-type]
            shares(axes.yaxis, lang)
            axes.set_title(say("whatif", f"series_{series}", lang), fontsize=10, fontweight="normal")
        figure.axes[-1].set_xlabel(say("whatif", "axis_day", lang))
        speak(figure.axes[-1].xaxis, lang)
        figure.suptitle(title, x=0.01, ha="left", fontweight="bold")
        name_lines(figure.axes[_apart(data)])
    ends = [float(data.filter(on=on)["stolen"][-1]) for on in (False, True)]
    before, after = (percent(end, lang) for end in ends)
    return Plot(
        figure, say("whatif", "alt_timeline", lang, safeguard=name, before=before, after=after), data, title
    )


def _apart(data: pl.DataFrame) -> int:
    """Which of the series tells the two courses best apart: there they are named."""
    with_, without = (data.filter(on=on).sort("day") for on in (True, False))
    gaps = [
        float((with_[one] - without[one]).abs().sum() or 0) / float(data[one].max() or 1)  # type: ignore[arg-type]
        for one in SERIES
    ]
    return gaps.index(max(gaps))
