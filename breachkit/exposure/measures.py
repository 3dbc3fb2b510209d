"""What `measure` gives: every figure with its unit, and the same again with nulls matching anything."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import ClassVar

import polars as pl

from breachkit.locale import Language, decimal, integer, language, listed, percent, say
from breachkit.results import Card, Plot, Result, empty, house_style, shares, speak
from breachkit.taxonomy import column_label

HISTOGRAM_SCHEMA = pl.Schema({"f": pl.Int64, "classes": pl.Int64, "people": pl.Int64})
COLUMN_SCHEMA = pl.Schema(
    {
        "column": pl.String,
        "distinct": pl.Int64,
        "missing": pl.Float64,
        "distinction": pl.Float64,
        "separation": pl.Float64,
        "uniqueness_without": pl.Float64,
        "change": pl.Float64,
    }
)


@dataclasses.dataclass(frozen=True, repr=False, eq=False)
class Measures(Result):
    """Re-identification and disclosure measures of one table; shares are of people, ``None`` is no figure.

    Parameters
    ----------
    n, classes
        People; classes of people with equal quasi-identifiers.
    k
        Size of the smallest class (Sweeney 2002).
    uniqueness
        Share of people alone in their class.
    prosecutor_max, prosecutor_mean
        Chance that someone who knows that a person is in the file picks the right record: 1/f, worst and
        mean over people (classes / n).
    journalist_max, journalist_mean, marketer
        The same against a population: largest 1/F; max(classes / sum F, mean f/F); mean of f/F, of which
        n times are the expected correct links. ``None`` without a population.
    below
        Share of people in classes smaller than 2, 3, 5, 11, 20.
    l_distinct, l_entropy, l_recursive
        Least distinct values in a class; least exp(entropy); the c that the worst class reaches,
        r_1 / (r_l + ... + r_m) in descending order with l = ``l_distinct``: the table is recursive
        (c, l)-diverse for any larger c (Machanavajjhala et al. 2007).
    alpha
        Largest share of a value in a class (Wong et al. 2006).
    t_equal, t_ordered
        Largest earth mover's distance of a class to the table, values equally far apart, or a step apart
        in their sorted order (Li et al. 2007).
    beta, beta_enhanced, beta_enhanced_met, delta
        Largest (q-p)/p; largest min((q-p)/p, -ln p), value by value; whether (q-p)/p <= -ln p
        everywhere, so that the table is enhanced beta-like for some beta (Cao & Karras 2012); largest
        abs(ln(q/p)) over present values (Brickell & Shmatikov 2008).
    homogeneity, certainty
        Share of people whose class holds one sensitive value; mean over people of their class's largest
        share.
    separation, distinction
        Share of pairs of people told apart; classes / n (Motwani & Xu 2007).
    histogram
        ``f, classes, people``.
    columns
        One row per quasi-identifier: its distinct values, share missing, distinction and separation
        alone, the uniqueness without it and the change that makes.
    unmatched
        People whose class is not in the population (there F is taken as f), with one.
    notes
        Keys of the sentences that limit the figures.
    wildcard
        The same figures when a missing value matches anything: f of a person is then the number of people
        whose known values do not contradict theirs. ``None`` if that was not computed (see ``notes``).
    """

    schema: ClassVar[str] = "breachkit/measures/1"

    quasi_identifiers: tuple[str, ...]
    sensitive: str | None
    n: int
    classes: int
    k: int | None = None
    uniqueness: float | None = None
    prosecutor_max: float | None = None
    prosecutor_mean: float | None = None
    journalist_max: float | None = None
    journalist_mean: float | None = None
    marketer: float | None = None
    below: Mapping[int, float | None] = dataclasses.field(default_factory=dict)
    l_distinct: int | None = None
    l_entropy: float | None = None
    l_recursive: float | None = None
    alpha: float | None = None
    t_equal: float | None = None
    t_ordered: float | None = None
    beta: float | None = None
    beta_enhanced: float | None = None
    beta_enhanced_met: bool | None = None
    delta: float | None = None
    homogeneity: float | None = None
    certainty: float | None = None
    separation: float | None = None
    distinction: float | None = None
    histogram: pl.DataFrame = dataclasses.field(default_factory=lambda: pl.DataFrame(schema=HISTOGRAM_SCHEMA))
    columns: pl.DataFrame = dataclasses.field(default_factory=lambda: pl.DataFrame(schema=COLUMN_SCHEMA))
    unmatched: int | None = None
    notes: tuple[tuple[str, int], ...] = ()
    wildcard: Measures | None = None

    def to_frame(self) -> pl.DataFrame:
        """One row per figure: ``measure, value, wildcard``."""
        names = [f.name for f in dataclasses.fields(self) if f.name in _FIGURES]
        rows = [(name, self._value(name), self.wildcard and self.wildcard._value(name)) for name in names]
        for size, share in self.below.items():
            other = self.wildcard.below.get(size) if self.wildcard else None
            rows.append((f"below_{size}", share, other))
        schema = {"measure": pl.String, "value": pl.Float64, "wildcard": pl.Float64}
        return pl.DataFrame(rows, schema=schema, orient="row")

    def _value(self, name: str) -> float | None:
        value = getattr(self, name)
        return None if value is None else float(value)

    def card(self, lang: Language) -> Card:
        """Say how many people are alone with their values, and what the classes give away."""
        title = say("exposure", "measure", lang)
        notes = [say("exposure", key, lang, n=integer(n, lang)) for key, n in self.notes]
        if self.uniqueness is None:
            return Card(title, (say("exposure", "empty", lang),), notes=notes)
        sentences = [
            say(
                "exposure",
                "measured",
                lang,
                n=integer(self.n, lang),
                columns=", ".join(column_label(name, lang) for name in self.quasi_identifiers),
            ),
            say("exposure", "unique", lang, share=percent(self.uniqueness, lang), k=integer(self.k, lang)),
            say("exposure", "prosecutor", lang, share=percent(self.prosecutor_mean, lang)),
        ]
        if self.wildcard is not None and self.wildcard.uniqueness != self.uniqueness:
            share = percent(self.wildcard.uniqueness, lang)
            sentences.append(say("exposure", "wildcard", lang, share=share))
        if self.homogeneity is not None:
            share, sure = percent(self.homogeneity, lang), percent(self.certainty, lang)
            column = column_label(self.sensitive or "", lang)
            sentences.append(say("exposure", "homogeneous", lang, share=share, sure=sure, column=column))
        if self.marketer is not None:
            links = decimal(self.marketer * self.n, lang, 1)
            sentences.append(say("exposure", "marketer", lang, links=links, n=integer(self.n, lang)))
        return Card(title, sentences, self._spoken(lang), say("exposure", "columns", lang), notes)

    def _spoken(self, lang: Language) -> pl.DataFrame:
        head = {name: say("exposure", f"head_{name}", lang) for name in COLUMN_SCHEMA}
        rows = [
            (column_label(column, lang), integer(distinct, lang), *(percent(share, lang) for share in rest))
            for column, distinct, *rest in self.columns.iter_rows()
        ]
        return pl.DataFrame(rows, schema=dict.fromkeys(head.values(), pl.String), orient="row")

    def plot(self, *, lang: str | None = None) -> Plot:
        """Share of people with at most so many look-alikes, themselves included."""
        from matplotlib.figure import Figure

        spoken = language(lang)
        title = say("exposure", "curve", spoken)
        data = self.histogram.sort("f").select(
            "f", (pl.col("people").cum_sum() / max(self.n, 1)).alias("share")
        )
        with house_style():
            figure = Figure(figsize=(7, 3.6))
            axes = figure.subplots()
            if not data.height:
                return empty(figure, axes, title, say("exposure", "empty", spoken), spoken, data)
            last = max(*data["f"], *self.below)
            alone = float(data.filter(pl.col("f") == 1)["share"].sum())
            axes.step([1, *data["f"], last], [alone, *data["share"], 1.0], where="post", linewidth=1.8)
            axes.set_xscale("log")
            for size in self.below:
                axes.axvline(size, linewidth=0.6, linestyle=":", color="grey")
                axes.text(size, 1.03, str(size), ha="center", va="bottom", fontsize=8)
            axes.set_ylim(0, 1.02)
            axes.set_xlabel(say("exposure", "lookalikes", spoken))
            axes.set_ylabel(say("exposure", "share", spoken))
            axes.set_title(title, pad=16)
            speak(axes.xaxis, spoken)
            shares(axes.yaxis, spoken)
        told = listed(
            (
                say("locale", "labelled", spoken, label=f"< {size}", value=percent(share, spoken))
                for size, share in self.below.items()
            ),
            spoken,
        )
        return Plot(figure, f"{title}. {told}", data, title)


_FIGURES = frozenset(Measures.__dataclass_fields__) - frozenset(
    ("quasi_identifiers sensitive below beta_enhanced_met histogram columns unmatched notes wildcard").split()  # noqa: SIM905
)
