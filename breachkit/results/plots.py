"""A figure with its alternative text and its data, drawn in the house style."""

from __future__ import annotations

import dataclasses
import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from breachkit.locale import Language, integer, language, listed, say
from breachkit.results.card import table_html
from breachkit.results.inks import INK, PALETTE, themed

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


@contextmanager
def house_style() -> Iterator[None]:
    """Draw inside this block: colour-blind-safe, direct, readable on light and dark pages."""
    import matplotlib as mpl
    from cycler import cycler

    inked = ("text.color", "axes.labelcolor", "axes.edgecolor", "xtick.color", "ytick.color")
    style: dict[Any, Any] = dict.fromkeys(inked, INK)
    with mpl.rc_context(
        style
        | {
            "figure.facecolor": "none",
            "axes.facecolor": "none",
            "savefig.facecolor": "none",
            "svg.fonttype": "none",
            "svg.hashsalt": "breachkit",
            "font.family": "DejaVu Sans",
            "font.size": 10,
            "text.parse_math": False,  # a column may be named "$..."
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.titlelocation": "left",
            "axes.titlesize": 12,
            "axes.titleweight": "bold",
            "axes.prop_cycle": cycler(color=PALETTE),
            "figure.constrained_layout.use": True,
        }
    ):
        yield


@dataclasses.dataclass(frozen=True, repr=False, eq=False)
class Plot:
    """A figure that can be read without being seen.

    Parameters
    ----------
    figure
        The matplotlib figure, made inside `house_style`.
    alt
        What a reader who cannot see it needs to know.
    data
        The numbers drawn.
    title
        Its name, also used for the identifiers inside the SVG.
    """

    figure: Figure
    alt: str
    data: pl.DataFrame
    title: str

    def svg(self) -> str:
        """Give the figure as inline SVG whose ink follows the page's text colour."""
        buffer = io.StringIO()
        unsaid = dict.fromkeys(("Date", "Creator", "Format", "Type"))  # RDF is no valid HTML
        self.figure.savefig(buffer, format="svg", metadata=unsaid, bbox_inches="tight", pad_inches=0.08)
        text = re.sub(r"<path (?![^>]*\bd=)", '<path d="M0 0" ', buffer.getvalue())  # a space has no outline
        text = themed(text[text.index("<svg") :])
        prefix = re.sub(r"\W+", "-", self.title.lower()).strip("-")
        text = re.sub(r'(\bid="|url\(#|href="#)', rf"\g<1>{prefix}-", text)
        label = f'role="img" aria-label="{escape(self.alt, quote=True)}"'
        return text.replace("<svg", f"<svg {label}", 1)

    def save(self, path: str | Path) -> Path:
        """Write the figure as PNG, SVG or PDF by its suffix, on a white ground."""
        target = Path(path)
        self.figure.savefig(target, dpi=150, facecolor="white", bbox_inches="tight", pad_inches=0.08)
        return target

    def _repr_html_(self) -> str:
        summary = escape(say("results", "plot_data", language()))
        data = f"<details><summary>{summary}</summary>{table_html(self.data.head(200))}</details>"
        caption = f"<figcaption>{escape(self.title)}</figcaption>"
        return f'<figure class="bk-plot">{self.svg()}{caption}{data}</figure>'

    def __repr__(self) -> str:
        return f"<Plot {self.title!r}: {self.alt}>"


def counted_bars(axes: Axes, names: Sequence[str], counts: Sequence[int], lang: Language) -> str:
    """Draw one bar per name with its count written at its end; give names and counts in one line of words."""
    written = [integer(n, lang) for n in counts]
    axes.bar_label(axes.barh(names, counts), written, padding=3)
    axes.margins(x=0.1)
    return listed((f"{name} {n}" for name, n in zip(names, written, strict=True)), lang)


def empty(figure: Figure, axes: Axes, title: str, words: str, lang: Language, data: pl.DataFrame) -> Plot:
    """Give a picture that says that there is nothing to show; call it inside `house_style`."""
    axes.clear()
    axes.text(0.5, 0.5, words, ha="center", va="center", transform=axes.transAxes)
    axes.set_axis_off()
    axes.set_title(title)
    said = say("locale", "labelled", lang, label=title, value=words)
    return Plot(figure, said, data, title)
