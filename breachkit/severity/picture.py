"""Where this leak stands among the known cases: people on a logarithmic axis, severity on the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from breachkit.locale import Language, decimal, say
from breachkit.results import PALETTE, Plot, house_style, speak
from breachkit.severity.library import HERE, place
from breachkit.severity.sentences import people_words, verified_mark

if TYPE_CHECKING:
    from breachkit.severity.severity import Severity

ROW_HEIGHT = 0.27


def among_cases(severity: Severity, lang: Language) -> Plot:
    """Draw one line per case, most severe first, so that no two labels can meet.

    ENISA saturates: most health breaches share two scores, and points in a plane would lie on one another.
    """
    from matplotlib.figure import Figure

    data = place(severity)
    title = say("severity", "place_title", lang)
    rows = list(data.iter_rows(named=True))
    with house_style():
        figure = Figure(figsize=(10, 1.8 + ROW_HEIGHT * len(rows)))
        axes = figure.subplots()
        for position, row in enumerate(rows):
            here = row["id"] == HERE
            colour = PALETTE[1] if here else PALETTE[6] if row["verified"] == "no" else PALETTE[0]
            value = row["score"] or 0.0
            axes.barh(position, value, color=colour, height=0.72)
            if here and severity.score_low is not None and severity.score_low < value:
                axes.barh(position, severity.score_low, color="#8a3800", height=0.72)
            text = f"{_score(severity, row, lang)} · {_people(row['people'], lang)}"
            axes.annotate(
                text, (value, position), (5, 0), textcoords="offset points", va="center", fontsize=9
            )
        axes.set_yticks(range(len(rows)), [_name(row, lang) for row in rows])
        for label, row in zip(axes.get_yticklabels(), rows, strict=True):
            label.set_fontweight("bold" if row["id"] == HERE else "normal")
        axes.set_ylim(len(rows) - 0.4, -0.6)
        axes.set_xlim(0, 8)
        axes.set_xticks([0, 2, 3, 4, 6])
        for threshold in (2, 3, 4):
            axes.axvline(threshold, linewidth=0.6, linestyle=":", zorder=0, color=PALETTE[6])
        axes.set_xlabel(f"{say('severity', 'place_y', lang)}\n{say('severity', 'place_note', lang)}")
        speak(axes.xaxis, lang)
        axes.set_title(title)
    return Plot(figure, f"{title}. {place_sentence(data, lang)}", data, title)


def place_sentence(data: pl.DataFrame, lang: Language) -> str:
    """How many known cases lie above, beside and below this leak."""
    here = data.filter(pl.col("id") == HERE)["score"].item()
    known = data.filter(pl.col("id") != HERE)["score"].to_list()
    counts = {
        "above": sum(here is not None and one > here for one in known),
        "same": sum(one == here for one in known),
        "below": sum(here is not None and one < here for one in known),
    }
    return say("severity", "place_sentence", lang, n=len(known), **counts)


def _name(row: dict[str, object], lang: Language) -> str:
    if row["id"] == HERE:
        return say("severity", "place_here", lang).capitalize()
    name = row["name_fr"] if lang == "fr" else row["name"]
    return f"{name}{verified_mark([str(row['verified'])], lang)}"


def _score(severity: Severity, row: dict[str, object], lang: Language) -> str:
    if row["id"] == HERE and severity.score_low != severity.score_high:
        return f"{decimal(severity.score_low, lang)} – {decimal(severity.score_high, lang)}"
    value = row["score"]
    return decimal(value, lang) if isinstance(value, float) else "–"


def _people(value: object, lang: Language) -> str:
    return people_words(value if isinstance(value, int) else None, lang)
