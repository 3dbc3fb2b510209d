"""The maps of an exposure: heat maps, and the tile map of departments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import polars as pl

from breachkit.exposure.ease import LEVELS
from breachkit.exposure.matrix import ANYONE
from breachkit.facts import table
from breachkit.locale import Language, brief, integer, listed, say
from breachkit.results import PALETTE, Plot, empty, house_style, ink_on, tinted

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from breachkit.exposure.exposure import Exposure

Counts = npt.NDArray[np.float64]


def matrix(exposure: Exposure, lang: Language) -> Plot:
    """Draw the heat map category x adversary of findable people: categories are many, their names long."""
    from matplotlib.figure import Figure

    shown = exposure.matrix.filter(pl.col("direct") & (pl.col("people") > 0) & (pl.col("category") != ANYONE))
    data = shown.select("adversary", "category", "people", "findable")
    columns = [a for a in exposure.adversaries if a.id in set(data["adversary"])]
    rows = _by_size(data)
    cells = {(a, c): n for a, c, n in data.select("adversary", "category", "findable").iter_rows()}
    title = say("exposure", "plot_matrix", lang)
    with house_style():
        figure = Figure(figsize=(9.5, 2.2 + 0.3 * max(len(rows), 2)))
        axes = figure.subplots()
        if not cells:
            return empty(figure, axes, title, say("exposure", "nothing", lang), lang, data)
        values = np.array([[cells.get((a.id, c), 0) for a in columns] for c in rows], dtype=float)
        labels = [exposure.category_label(c, lang) for c in rows]
        _heat(axes, values, np.nanmax(values), labels, [a.label(lang) for a in columns], lang)
        axes.set_title(title)
    i, j = np.unravel_index(int(np.nanargmax(values)), values.shape)
    where, most = f"{columns[j].label(lang)}, {labels[i]}", integer(np.nanmax(values), lang)
    counts = {"adversaries": len(columns), "categories": len(rows)}
    alt = say("exposure", "alt_matrix", lang, **counts, most=most, where=where)
    return Plot(figure, alt, data, title)


def identifiability(exposure: Exposure, lang: Language) -> Plot:
    """Draw category x ease of identification, with direct identifiers and without."""
    from matplotlib.figure import Figure

    data = exposure.identifiability.filter(pl.col("people").ne_missing(0))  # null: hidden
    columns = [ANYONE, *_by_size(data.filter(pl.col("category") != ANYONE))]
    cells = {tuple(row[:3]): row[3] for row in data.iter_rows()}
    title = say("exposure", "plot_identifiability", lang)
    levels = [say("exposure", f"ei_{round(100 * level)}", lang) for level in LEVELS]
    with house_style():
        figure = Figure(figsize=(9, 1.9 + 0.3 * max(len(columns), 3)))
        if not cells:
            return empty(figure, figure.subplots(), title, say("exposure", "nothing", lang), lang, data)
        top = max((n for n in cells.values() if n is not None), default=1)
        for axes, direct in zip(figure.subplots(1, 2, sharey=True), (True, False), strict=True):
            values = np.array(
                [[cells.get((direct, c, ei), 0) for ei in LEVELS] for c in columns], dtype=float
            )
            _heat(axes, values, top, [exposure.category_label(c, lang) for c in columns], levels, lang)
            axes.set_title(say("exposure", "direct_yes" if direct else "direct_no", lang), fontsize=9)
        figure.suptitle(title, x=0.01, ha="left", fontweight="bold")
    at_most = [integer(cells.get((direct, ANYONE, 1.0), 0), lang) for direct in (True, False)]
    alt = say(
        "exposure",
        "alt_identifiability",
        lang,
        columns=len(columns),
        with_names=at_most[0],
        without=at_most[1],
    )
    return Plot(figure, alt, data, title)


def departments(exposure: Exposure, lang: Language) -> Plot:
    """Draw France as tiles, one per department, with the people of the file who live there."""
    from matplotlib.colors import LogNorm
    from matplotlib.figure import Figure

    tiles = {row["code"]: row for row in table("exposure", "departments").iter_rows(named=True)}
    found = exposure.strata.filter(by="department").select("stratum", "people", "revealed")
    known = pl.col("stratum").is_in(list(tiles))
    data, elsewhere = found.filter(known), int(found.filter(~known)["people"].sum())
    title = say("exposure", "plot_departments", lang)
    with house_style():
        figure = Figure(figsize=(7.6, 7.4))
        axes = figure.subplots()
        if not data.height:
            return empty(figure, axes, title, say("exposure", "nothing", lang), lang, data)
        people = dict(data.select("stratum", "people").iter_rows())
        top = max(people.values())
        norm = LogNorm(1, max(top, 2))
        for code, tile in tiles.items():
            count = people.get(code, 0)
            face = _shade(norm(count)) if count else "none"
            _tile(axes, tile, face, [code, brief(count, lang, 9_999)] if count else [code])
        axes.set_xlim(-0.1, 13.1)
        axes.set_ylim(12.1, -0.1)
        axes.set_aspect("equal")
        axes.set_axis_off()
        axes.text(
            0, 12.05, say("exposure", "elsewhere", lang, n=integer(elsewhere, lang)), va="top", fontsize=8.5
        )
        axes.set_title(title)
    most = data.sort("people", "stratum", descending=[True, False]).head(3)
    told = listed(
        (f"{tiles[c]['name']} {integer(n, lang)}" for c, n in most.select("stratum", "people").iter_rows()),
        lang,
    )
    alt = say(
        "exposure", "alt_departments", lang, n=data.height, list=told, elsewhere=integer(elsewhere, lang)
    )
    named = data.with_columns(
        department=pl.col("stratum").replace_strict({c: t["name"] for c, t in tiles.items()})
    )
    return Plot(figure, alt, named, title)


def _tile(axes: Axes, place: dict[str, str], face: str, words: Sequence[str]) -> None:
    """Draw one department: its number, and its people if it has any."""
    from matplotlib.patches import Rectangle

    x, y = int(place["column"]), int(place["row"])
    axes.add_patch(Rectangle((x, y), 0.94, 0.94, facecolor=face, edgecolor="#8888", linewidth=0.6))
    ink = tinted(PALETTE[6]) if face == "none" else ink_on(face)
    for word, down, size in zip(words, (0.3, 0.66), (8, 7), strict=False):
        axes.text(x + 0.47, y + down, word, ha="center", va="center", fontsize=size, color=ink)


def _by_size(data: pl.DataFrame) -> list[str]:
    order = (
        data.group_by("category")
        .agg(pl.col("people").max())
        .sort("people", "category", descending=[True, False])
    )
    return order["category"].to_list()


def _shade(level: float) -> str:
    from matplotlib import colormaps
    from matplotlib.colors import to_hex

    return to_hex(colormaps["YlGnBu"](level))


def _heat(
    axes: Axes, values: Counts, top: float, rows: Sequence[str], columns: Sequence[str], lang: Language
) -> None:
    """Shade and write each cell on a logarithmic scale; zeros stay blank and grey, hidden cells a dash."""
    from matplotlib.colors import LogNorm

    norm = LogNorm(1, max(top, 2))
    axes.imshow(np.where(values > 0, values, np.nan), norm=norm, cmap="YlGnBu", aspect="auto")
    for i, j in np.ndindex(values.shape):
        count = float(values[i, j])
        ink = ink_on(_shade(norm(count))) if count > 0 else tinted(PALETTE[6])
        axes.text(j, i, integer(count, lang), ha="center", va="center", fontsize=7.5, color=ink)
    axes.set_xticks(range(len(columns)), columns, rotation=40, ha="right", rotation_mode="anchor")
    axes.set_yticks(range(len(rows)), rows)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
