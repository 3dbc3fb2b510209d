"""The picture of a field map: the confidence in the columns that tell most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from breachkit.classify.telling import HUMAN, held, ranked, unexplained
from breachkit.locale import Language, counted, integer, say
from breachkit.results import Plot, house_style, shares

if TYPE_CHECKING:
    from breachkit.classify.fieldmap import FieldMap

MOST = 60  # bars


def draw(fields: FieldMap, lang: Language) -> Plot:
    """Draw one bar per column, the most telling first, human decisions in another colour."""
    from matplotlib.figure import Figure

    shown = ranked(fields.fields)[0].head(MOST)
    data = shown.select("table", "column", "attribute", "confidence", "decided_by")
    title = say("classify", "plot", lang)
    with house_style():
        figure = Figure(figsize=(7, 1.2 + 0.24 * max(1, data.height)))
        axes = figure.subplots()
        colours = ["C1" if who == HUMAN else "C0" for who in data["decided_by"]]
        places = list(range(data.height))
        axes.barh(places, data["confidence"].to_list(), color=colours)
        labels = [
            say(
                "locale", "labelled", lang, label=column,
                value=held([attribute, *categories], lang) or say("locale", "unknown", lang),
            )
            for column, attribute, categories in shown.select("column", "attribute", "categories").iter_rows()
        ]  # fmt: skip
        axes.set_yticks(places, labels)
        axes.set_ylim(len(places) - 0.4, -0.6)
        axes.set_xlim(0, 1)
        shares(axes.xaxis, lang)
        axes.set_title(title)
    unknown = integer(shown.filter(unexplained()).height, lang)
    alt = counted("classify", "plot_alt", shown.height, lang, unknown=unknown)
    if shown.height < fields.fields.height:
        counts = {"n": integer(shown.height, lang), "all": integer(fields.fields.height, lang)}
        alt = say("classify", "plot_part", lang, **counts, unknown=unknown)
    return Plot(figure, alt, data, title)
