"""What each missing safeguard cost: the result of `what_if`."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, ClassVar

import polars as pl

from breachkit.errors import BreachkitError
from breachkit.locale import Language, language
from breachkit.results import Card, Plot, Result
from breachkit.whatif import sentences
from breachkit.whatif.description import Safeguard, Server
from breachkit.whatif.harms import Array

OUTCOMES = ("people", "sensitive", "victims", "people_money", "people_hours", "payers", "organisation")
PLOTS = ("shapley", "waterfall", "matrix", "timeline")


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
    draws, counts
        Per combination, the readable share stolen in each simulation, as extracted (false) or with only
        what was needed (true); and the people per category and band behind each.
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
    draws: Mapping[frozenset[str], Mapping[bool, Array]] = dataclasses.field(default_factory=dict, repr=False)
    counts: Mapping[bool, Mapping[str, float]] = dataclasses.field(default_factory=dict, repr=False)

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
        return sentences.card(self, lang)

    def sentences(self, lang: str | None = None, *, outcome: str = "people") -> list[str]:
        """Say the whole: overall, each failing with its article, the pairs that overlap.

        Raises
        ------
        BreachkitError
            For an unknown outcome.
        """
        if outcome not in OUTCOMES:
            raise BreachkitError.unknown("outcome", outcome, OUTCOMES)
        spoken = language(lang)
        said = sentences.overall(self, spoken), sentences.by_failing(self, spoken, outcome)
        return [*said[0], *said[1], *sentences.pairs(self, spoken, outcome)]

    def order(self, outcome: str = "people") -> pl.DataFrame:
        """What to fix first, then next: ``step, safeguard, left, avoided``, the most useful one each time.

        Raises
        ------
        BreachkitError
            For an unknown outcome.
        """
        if outcome not in OUTCOMES:
            raise BreachkitError.unknown("outcome", outcome, OUTCOMES)
        on: list[str] = []
        rows = [(0, "", float(self.combination()[outcome]), 0.0)]
        while len(on) < len(self.safeguards):
            left = {
                one.id: float(self.combination(*on, one.id)[outcome])
                for one in self.safeguards
                if one.id not in on
            }
            best = min(left, key=lambda name: (left[name], name))
            on.append(best)
            rows.append((len(on), best, left[best], rows[-1][2] - left[best]))
        return pl.DataFrame(rows, schema=("step", "safeguard", "left", "avoided"), orient="row")

    def shapley(self, outcome: str) -> pl.DataFrame:
        """Share the avoided harm of any outcome: ``safeguard, avoided, low, high, share``.

        ``outcome``: one of `OUTCOMES`, a sensitive category or context (people of whom it is exposed), an
        ENISA band (people at it), or ``days_to_closing``. The ``avoided`` add up to none less all; a band
        fills as a higher one empties, so its shares may be negative.

        Raises
        ------
        BreachkitError
            For an unknown outcome.
        """
        from breachkit.whatif.credit import credit

        return credit(self, outcome)

    def plot(
        self,
        kind: str = "shapley",
        *,
        outcome: str = "people",
        safeguard: str | None = None,
        lang: str | None = None,
    ) -> Plot:
        """Draw the ``shapley`` bars, the ``waterfall`` to all, the ``matrix`` of all, or the ``timeline``.

        The timeline is the server day by day with and without ``safeguard`` (the first to fix by default).

        Raises
        ------
        BreachkitError
            For an unknown kind, outcome or safeguard.
        """
        from breachkit.whatif import charts, timeline

        if kind not in PLOTS:
            raise BreachkitError.unknown("plot", kind, PLOTS)
        if outcome not in OUTCOMES:
            raise BreachkitError.unknown("outcome", outcome, OUTCOMES)
        if kind == "timeline":
            ids = [one.id for one in self.safeguards]
            if safeguard is not None and safeguard not in ids:
                raise BreachkitError.unknown("safeguard", safeguard, ids)
            return timeline.draw(self, safeguard or self.first_to_fix(), language(lang))
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
