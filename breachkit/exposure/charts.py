"""The curves and bars of an exposure: look-alikes, removal of columns, overlaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from breachkit.exposure.adversaries import Adversary, knowledge_rows
from breachkit.locale import Language, integer, listed, percent, say
from breachkit.results import PALETTE, Plot, empty, house_style, shares, speak, tinted

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from breachkit.exposure.exposure import Exposure

MARKS = (2, 5, 11, 20)


def look_alikes(exposure: Exposure, lang: Language) -> Plot:
    """Draw the share of people with at most k look-alikes, one line per adversary, with and without names."""
    from matplotlib.figure import Figure

    total = max(exposure.n_people, 1)
    data = exposure.look_alikes.sort("direct", "adversary", "look_alikes", descending=[True, False, False])
    data = data.with_columns(share=pl.col("people").cum_sum().over("direct", "adversary") / total)
    close = data.group_by("direct", "adversary", maintain_order=True).agg(
        pl.col("people").filter(pl.col("look_alikes") <= 2).sum() / total
    )
    title = say("exposure", "plot_look_alikes", lang)
    with house_style():
        figure = Figure(figsize=(9.5, 8))
        figure.suptitle(title, x=0.01, ha="left", fontweight="bold")
        for axes, direct in zip(figure.subplots(2, 1, sharex=True), (True, False), strict=True):
            ends = [
                (
                    _curve(axes, data, adversary, direct, total, i),
                    adversary.label(lang) if i < len(PALETTE) else f"- - {adversary.label(lang)}",
                    PALETTE[i % len(PALETTE)],
                )
                for i, adversary in enumerate(exposure.adversaries)
                if close.filter(direct=direct, adversary=adversary.id).height
            ]
            for mark in MARKS:
                axes.axvline(mark, color="#8888", linewidth=0.8, linestyle=":")
            axes.set_xscale("log")
            axes.set_ylim(0, 1.02)
            axes.set_title(say("exposure", "with_names" if direct else "without_names", lang), fontsize=10)
            speak(axes.xaxis, lang)
            shares(axes.yaxis, lang)
            axes.set_ylabel(say("exposure", "share", lang))
            _legend(axes, ends, lang)
        figure.axes[-1].set_xlabel(say("exposure", "axis_look_alikes", lang))
    names = {adversary.id: adversary.label(lang) for adversary in exposure.adversaries}
    told = listed((f"{names[a]} {percent(s, lang)}" for d, a, s in close.iter_rows() if d), lang)
    return Plot(figure, say("exposure", "alt_look_alikes", lang, list=told or "–"), data, title)


def _curve(
    axes: Axes, data: pl.DataFrame, adversary: Adversary, direct: bool, total: int, place: int
) -> float:
    """Draw one adversary's line; give the share of people with at most two look-alikes."""
    mine = data.filter(direct=direct, adversary=adversary.id)
    alone = mine.filter(pl.col("look_alikes") == 1)["share"].sum()
    last = max(total, *mine["look_alikes"])
    x, y = [1, *mine["look_alikes"], last], [alone, *mine["share"], 1.0]
    style = "-" if place < len(PALETTE) else "--"
    axes.step(x, y, where="post", color=PALETTE[place % len(PALETTE)], linestyle=style, linewidth=1.8)
    return float(mine.filter(pl.col("look_alikes") <= 2)["people"].sum()) / total


def _legend(axes: Axes, ends: list[tuple[float, str, str]], lang: Language) -> None:
    """Label the lines beside the plot, in their order, with the share findable."""
    for place, (share, name, colour) in enumerate(sorted(ends, reverse=True)):
        words = f"{name} ({percent(share, lang, 0)})"
        axes.text(
            1.02,
            1.0 - 0.075 * place,
            words,
            color=tinted(colour),
            transform=axes.transAxes,
            va="top",
            fontsize=8.5,
        )


def removal(exposure: Exposure, lang: Language) -> Plot:
    """Draw the waterfall: people unique with all columns, then as columns go, the most telling first."""
    from matplotlib.figure import Figure

    data = exposure.removal
    title = say("exposure", "plot_removal", lang)
    names = {row["column"]: row[f"label_{lang}"] for row in reversed(knowledge_rows().values())}
    with house_style():
        figure = Figure(figsize=(9, 1.7 + 0.5 * max(data.height, 2)))
        axes = figure.subplots()
        if not data.height:
            return empty(figure, axes, title, say("exposure", "nothing", lang), lang, data)
        labels = [
            say("exposure", key, lang, column=names.get(column, column))
            for key, column in zip(
                ("all_columns", "without", *["then_without"] * data.height), data["removed"], strict=False
            )
        ]
        before = [data["left"][0], *data["left"][:-1]]
        for place, (removed, alone, left) in enumerate(data.iter_rows()):
            axes.barh(place, left, color=PALETTE[0] if removed else PALETTE[6])
            axes.barh(
                place, before[place] - left, left=left, color="none", edgecolor=PALETTE[6], linestyle=":"
            )
            words = integer(left, lang)
            if removed:
                words += "   " + say("exposure", "removal_alone", lang, n=integer(alone, lang))
            axes.text(before[place], place, f"  {words}", va="center", fontsize=8.5)
        axes.set_yticks(range(data.height), labels)
        axes.invert_yaxis()
        axes.set_xlim(0, max(data["left"][0], 1) * 1.55)
        axes.set_xlabel(say("exposure", "axis_removal", lang))
        speak(axes.xaxis, lang)
        figure.suptitle(title, x=0.01, ha="left", fontweight="bold")
    most = data["removed"][1] if data.height > 1 else ""
    everything = integer(int(data["left"][0]), lang)
    told = listed(
        (f"{label} {integer(left, lang)}" for label, left in zip(labels[1:], data["left"][1:], strict=True)),
        lang,
    )
    alt = say("exposure", "alt_removal", lang, all=everything, most=names.get(most, most), list=told)
    return Plot(figure, alt, data, title)


def overlaps(exposure: Exposure, lang: Language) -> Plot:
    """Draw the commonest combinations of categories (UpSet)."""
    from matplotlib.figure import Figure

    data = exposure.overlaps.head(16)
    title = say("exposure", "plot_overlaps", lang)
    with house_style():
        sets = sorted({c for row in data["categories"] for c in row}) if data.height else []
        figure = Figure(figsize=(8.5, 3.2 + 0.28 * len(sets)))
        if not data.height:
            return empty(figure, figure.subplots(), title, say("exposure", "nothing", lang), lang, data)
        top, bottom = figure.subplots(2, 1, sharex=True, height_ratios=[2.2, 0.28 * len(sets) + 0.3])
        bars = top.bar(range(data.height), data["people"], color=PALETTE[0], width=0.62)
        top.bar_label(bars, [integer(n, lang) for n in data["people"]], fontsize=7.5, padding=2)
        top.margins(y=0.12)
        speak(top.yaxis, lang)
        top.tick_params(axis="x", length=0)
        top.set_title(title)
        place = {name: i for i, name in enumerate(sets)}
        for x, names in enumerate(data["categories"]):
            ys = sorted(place[name] for name in names)
            bottom.scatter([x] * len(sets), range(len(sets)), color="#8886", s=16, zorder=2)
            bottom.plot(
                [x] * len(ys), ys, color=PALETTE[0], marker="o", markersize=5, linewidth=1.6, zorder=3
            )
        bottom.set_yticks(range(len(sets)), [exposure.category_label(name, lang) for name in sets])
        bottom.set_xticks([])
        bottom.spines[:].set_visible(False)
        bottom.invert_yaxis()
    first = " + ".join(exposure.category_label(c, lang) for c in data["categories"][0])
    alt = say("exposure", "alt_overlaps", lang, most=first, people=integer(data["people"][0], lang))
    flat = data.with_columns(pl.col("categories").list.join(" + "))
    return Plot(figure, alt, flat, title)
