"""The pictures of a what-if: Shapley bars, waterfall, matrix of combinations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from breachkit.locale import Language, integer, listed, percent, rounded, say
from breachkit.results import PALETTE, Plot, house_style, speak

if TYPE_CHECKING:
    from breachkit.whatif.whatif import WhatIf


def shapley(result: WhatIf, outcome: str, lang: Language) -> Plot:
    """Draw the avoided harm that each safeguard deserves, with its interval over simulations."""
    from matplotlib.figure import Figure

    data = result.shares.filter(outcome=outcome).sort("avoided")
    names = {one.id: f"{one.name(lang)} [{one.grade}]" for one in result.safeguards}
    title = say("whatif", "plot_shapley", lang, outcome=say("whatif", f"outcome_{outcome}", lang))
    with house_style():
        figure = Figure(figsize=(9, 1.6 + 0.5 * data.height))
        axes = figure.subplots()
        error = [
            (data["avoided"] - data["low"]).clip(0).to_list(),
            (data["high"] - data["avoided"]).clip(0).to_list(),
        ]
        labels = [names[s] for s in data["safeguard"]]
        axes.barh(labels, data["avoided"], xerr=error, color=PALETTE[0], ecolor=PALETTE[6], capsize=3)
        for place, (share, high, avoided) in enumerate(data.select("share", "high", "avoided").iter_rows()):
            axes.text(
                max(high, avoided), place, f"  {percent(share, lang, 0)}", va="center", fontweight="bold"
            )
        axes.margins(x=0.12)
        axes.set_xlabel(say("whatif", f"outcome_{outcome}", lang))
        speak(axes.xaxis, lang)
        figure.suptitle(title, x=0.01, ha="left", fontweight="bold")
    told = listed(
        (
            f"{names[s]} {percent(v, lang, 0)}"
            for s, v in data.reverse().select("safeguard", "share").iter_rows()
        ),
        lang,
    )
    said = say("locale", "labelled", lang, label=title, value=told)
    return Plot(figure, f"{said}.", data, title)


def waterfall(result: WhatIf, outcome: str, lang: Language) -> Plot:
    """Draw the way down from "as it was" to all safeguards, the most useful next one first."""
    from matplotlib.figure import Figure

    names = {one.id: f"+ {one.name(lang)}" for one in result.safeguards}
    names[""] = say("whatif", "as_it_was_short", lang)
    steps = [
        (names[one], left) for one, left in result.order(outcome).select("safeguard", "left").iter_rows()
    ]
    data = pl.DataFrame(steps, schema={"step": pl.String, outcome: pl.Float64}, orient="row")
    title = say("whatif", "plot_waterfall", lang, outcome=say("whatif", f"outcome_{outcome}", lang))
    with house_style():
        figure = Figure(figsize=(9, 1.6 + 0.48 * data.height))
        axes = figure.subplots()
        values = data[outcome].to_list()
        axes.barh(data["step"], values, color=[PALETTE[1], *[PALETTE[0]] * (len(values) - 1)])
        for place in range(1, len(values)):
            saved = values[place - 1] - values[place]
            axes.barh(place, saved, left=values[place], color="none", edgecolor=PALETTE[6], linestyle=":")
        for place, value in enumerate(values):
            start = value if place == 0 else values[place - 1]
            axes.text(start, place, f"  {integer(rounded(value), lang)}", va="center")
        axes.invert_yaxis()
        axes.margins(x=0.15)
        axes.set_xlabel(say("whatif", f"outcome_{outcome}", lang))
        speak(axes.xaxis, lang)
        figure.suptitle(title, x=0.01, ha="left", fontweight="bold")
    told = listed((f"{step} {integer(rounded(value), lang)}" for step, value in steps), lang)
    said = say("locale", "labelled", lang, label=title, value=told)
    return Plot(figure, f"{said}.", data, title)


def matrix(result: WhatIf, outcome: str, lang: Language) -> Plot:
    """Draw every combination as a row: which safeguards are on, and what is left of the harm."""
    from matplotlib.figure import Figure

    ids = [one.id for one in result.safeguards]
    data = result.combinations.sort(outcome, "safeguards", descending=[True, False]).select(*ids, outcome)
    title = say("whatif", "plot_matrix", lang, outcome=say("whatif", f"outcome_{outcome}", lang))
    with house_style():
        figure = Figure(figsize=(9.5, 1.8 + 0.13 * data.height))
        left, right = figure.subplots(1, 2, sharey=True, width_ratios=[1, 2.2])
        for place, one in enumerate(ids):
            rows = [row for row, flag in enumerate(data[one]) if flag]
            left.scatter([place] * len(rows), rows, color=PALETTE[2], s=18, marker="s")
        labels = [one.name(lang).partition(" (")[0] for one in result.safeguards]
        left.set_xticks(range(len(ids)), labels, rotation=40, ha="right", rotation_mode="anchor", fontsize=8)
        left.set_yticks([])
        left.set_xlim(-0.6, len(ids) - 0.4)
        right.barh(range(data.height), data[outcome], color=PALETTE[0], height=0.75)
        right.set_xlabel(say("whatif", f"outcome_{outcome}", lang))
        right.set_ylim(data.height, -1)
        speak(right.xaxis, lang)
        figure.suptitle(title, x=0.01, ha="left", fontweight="bold")
    most, least = (integer(rounded(value), lang) for value in (data[outcome].max(), data[outcome].min()))  # type: ignore[arg-type]
    return Plot(figure, say("whatif", "alt_matrix", lang, n=data.height, most=most, least=least), data, title)
