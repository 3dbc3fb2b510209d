"""What each missing safeguard cost: the result of `what_if`."""

from __future__ import annotations

import dataclasses
from typing import Any, ClassVar

import polars as pl

from breachkit.errors import BreachkitError
from breachkit.locale import Language, integer, language, percent, rounded, say
from breachkit.results import Card, Plot, Result
from breachkit.whatif.description import Safeguard, Server

OUTCOMES = ("people", "sensitive", "victims", "people_money", "people_hours", "payers", "organisation")
PLOTS = ("shapley", "waterfall", "matrix")


@dataclasses.dataclass(frozen=True, repr=False, eq=False)
class WhatIf(Result):
    """Every combination of the safeguards on one server, and what each deserves.

    Parameters
    ----------
    safeguards, server
        What was simulated, with sources and grades.
    people, dropped_columns
        People on the server; columns that the migration procedure would have left out.
    combinations
        One row per combination: a Boolean per safeguard, ``safeguards`` (how many), then per outcome its mean
        and ``_q05``, ``_q95``; ``days_to_closing`` (mean, from the first attempt), ``probability`` (that
        anything
        readable is stolen). Outcomes: ``people`` exposed, ``sensitive`` (people with any category),
        ``victims``, and
        the four ledgers (EUR, never added together).
    categories, bands
        Expected people per combination and category, and per ENISA band.
    shares
        ``outcome, safeguard, avoided, low, high, share``: Shapley share of the avoided harm, 90 % interval
        over simulations; the ``avoided`` of an outcome add up to none less all.
    pairs
        ``outcome, first, second, interaction, verdict``: ``substitute``, ``complement`` or ``independent``.
    simulations, seed
        How many, and which.
    """

    schema: ClassVar[str] = "breachkit/whatif/1"

    safeguards: tuple[Safeguard, ...]
    server: Server
    people: int
    dropped_columns: int
    combinations: pl.DataFrame
    categories: pl.DataFrame
    bands: pl.DataFrame
    shares: pl.DataFrame
    pairs: pl.DataFrame
    simulations: int
    seed: int

    def to_frame(self) -> pl.DataFrame:
        """Give the combinations."""
        return self.combinations

    def combination(self, *safeguards: str) -> dict[str, float]:
        """Give the row with exactly these safeguards on.

        Raises
        ------
        BreachkitError
            For an unknown safeguard.
        """
        ids = [one.id for one in self.safeguards]
        for name in safeguards:
            if name not in ids:
                raise BreachkitError.unknown("safeguard", name, ids)
        return self.combinations.row(
            by_predicate=pl.all_horizontal(pl.col(i) == (i in safeguards) for i in ids), named=True
        )

    def first_to_fix(self, outcome: str = "people") -> str:
        """Name the safeguard that alone avoids most of an outcome."""
        if outcome not in OUTCOMES:
            raise BreachkitError.unknown("outcome", outcome, OUTCOMES)
        alone = {one.id: self.combination(one.id)[outcome] for one in self.safeguards}
        return min(alone, key=lambda name: (alone[name], name))

    def card(self, lang: Language) -> Card:
        """Say what all safeguards would have changed, what each deserves, what to fix first."""
        names = {one.id: one.name(lang) for one in self.safeguards}
        none, everything = self.combination(), self.combination(*names)
        before, after = (integer(rounded(row["people"]), lang) for row in (none, everything))
        spread = [integer(rounded(none[f"people_{end}"]), lang) for end in ("q05", "q95")]
        first = self.first_to_fix()
        alone = self.combination(first)["people"]
        sentences = [
            say(
                "whatif",
                "as_it_was",
                lang,
                people=before,
                low=spread[0],
                high=spread[1],
                held=integer(self.people, lang),
            ),
            say("whatif", "all_on", lang, people=after, n=len(names)),
            say("whatif", "first", lang, safeguard=names[first], people=integer(rounded(alone), lang)),
            say("whatif", "caution", lang),
        ]
        mine = self.shares.filter(outcome="people").sort("avoided", descending=True)
        by_id = {one.id: one for one in self.safeguards}
        table = pl.DataFrame(
            {
                say("whatif", "safeguard", lang): [names[s] for s in mine["safeguard"]],
                say("whatif", "share", lang): [percent(s, lang, 0) for s in mine["share"]],
                say("whatif", "avoided", lang): [integer(rounded(a), lang) for a in mine["avoided"]],
                say("whatif", "interval", lang): [
                    f"{integer(rounded(a), lang)} – {integer(rounded(b), lang)}"
                    for a, b in mine.select("low", "high").iter_rows()
                ],
                say("whatif", "article", lang): [by_id[s].article for s in mine["safeguard"]],
                say("whatif", "grade", lang): [by_id[s].grade for s in mine["safeguard"]],
            }
        )
        notes = [
            say("whatif", "columns", lang, n=self.dropped_columns),
            say("whatif", "ranges", lang, simulations=integer(self.simulations, lang), seed=self.seed),
        ]
        return Card(say("whatif", "title", lang), sentences, table, say("whatif", "caption", lang), notes)

    def plot(self, kind: str = "shapley", *, outcome: str = "people", lang: str | None = None) -> Plot:
        """Draw the ``shapley`` bars, the ``waterfall`` to all safeguards, or the ``matrix`` of all."""
        from breachkit.whatif import charts

        if kind not in PLOTS:
            raise BreachkitError.unknown("plot", kind, PLOTS)
        if outcome not in OUTCOMES:
            raise BreachkitError.unknown("outcome", outcome, OUTCOMES)
        return getattr(charts, kind)(self, outcome, language(lang))  # type: ignore[no-any-return]

    def panel(self, *, lang: str | None = None) -> Any:
        """Give a widget with one switch per safeguard; its static twin is ``plot("matrix")``.

        Raises
        ------
        MissingExtraError
            Without the extra ``notebooks``.
        """
        from breachkit.whatif.panel import panel

        return panel(self, language(lang), OUTCOMES)
