"""Who is exposed, to whom, to what: the result of `expose`."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, ClassVar

import polars as pl

from breachkit import taxonomy
from breachkit.errors import BreachkitError
from breachkit.exposure.adversaries import Adversary
from breachkit.exposure.review import review_plan
from breachkit.locale import Language, integer, language, percent, rounded, say
from breachkit.results import Card, Plot, Result

if TYPE_CHECKING:
    from breachkit.people import People

PLOTS = ("look_alikes", "matrix", "removal", "overlaps")


@dataclasses.dataclass(frozen=True, repr=False, eq=False)
class Exposure(Result):
    """Who can be found, by which adversary, and what they learn. All counts are of people.

    Parameters
    ----------
    people
        The persons (kept lazy, never shown).
    per_person
        Lazy: ``person_id, ei, reason, candidates_<adversary>..., minor, rare_category``.
    adversaries
        Those considered.
    n_people, n_revealed
        People in the file; people of whom any sensitive category is revealed.
    matrix
        ``adversary, category, direct, people, findable, expected, learned, own, findable_own``; ``category``
        ``anyone`` counts everybody; ``direct`` false is the figure without direct identifiers.
    look_alikes
        ``adversary, direct, look_alikes, people``: people by number of look-alikes (histogram).
    unable
        ``adversary, direct, missing``: adversaries that the file gives nothing to match on: unable, not zero.
    categories, statuses
        ``category, people, own, estimate, low, high`` (corrected for the classifier), and
        ``category, status, people``.
    attributes
        ``attribute, people, share``: present and usable.
    overlaps
        ``categories, size, people``.
    strata
        ``by, stratum, people, revealed``.
    ease
        ``direct, ei, people``: people by ENISA's ease of identification.
    verdicts
        The three WP29 criteria, see `verdicts.wp29`.
    uniqueness
        ``method, estimate, low, high, bias``: share unique in the population by sex, birth date and postcode.
    removal
        ``removed, unique``: people unique by sex, birth date, postcode and first name, with all of them
        (``""``) and without each.
    visits
        ``points, people, singled_out, low, high``: unicity of visit histories; empty without visits.
    """

    schema: ClassVar[str] = "breachkit/exposure/1"

    people: People = dataclasses.field(repr=False)
    per_person: pl.LazyFrame = dataclasses.field(repr=False)
    adversaries: tuple[Adversary, ...]
    n_people: int
    n_revealed: int
    matrix: pl.DataFrame
    look_alikes: pl.DataFrame
    unable: pl.DataFrame
    categories: pl.DataFrame
    statuses: pl.DataFrame
    attributes: pl.DataFrame
    overlaps: pl.DataFrame
    strata: pl.DataFrame
    ease: pl.DataFrame
    verdicts: pl.DataFrame
    uniqueness: pl.DataFrame
    removal: pl.DataFrame
    visits: pl.DataFrame

    def to_frame(self) -> pl.DataFrame:
        """Give the matrix."""
        return self.matrix

    def review_plan(self, budget: int = 600) -> pl.DataFrame:
        """Plan a review by hand and the bound that it buys, see `review.review_plan`."""
        return review_plan(self.categories, self.n_people - self.n_revealed, budget)

    def shareable(self, below: int = 5) -> pl.DataFrame:
        """Give the matrix with counts under ``below`` suppressed, and enough of the margins.

        A lone suppressed cell could be had back by subtracting the others from a total; so where exactly one
        category is suppressed, the next smallest is too (complementary suppression).
        """
        small = (pl.col("people") > 0) & (pl.col("people") < below)
        group = ["adversary", "direct"]
        rank = pl.when(pl.col("category") != "anyone").then(pl.col("people")).rank("ordinal").over(group)
        alone = small.sum().over(group) == 1
        hidden = small | (
            alone & (rank == (small.sum().over(group) + (pl.col("people") == 0).sum().over(group) + 1))
        )
        counts = ["people", "findable", "expected", "learned", "own", "findable_own"]
        return self.matrix.with_columns(pl.when(~hidden).then(pl.col(name)).alias(name) for name in counts)

    def sentence(self, adversary: str, lang: str | None = None) -> str:
        """Say in words whom an adversary finds.

        Raises
        ------
        BreachkitError
            If ``adversary`` was not considered (the choices are listed).
        """
        spoken = language(lang)
        by_id = {a.id: a for a in self.adversaries}
        if adversary not in by_id:
            raise BreachkitError.unknown("adversary", adversary, by_id)
        who = by_id[adversary]
        row = self.matrix.filter(
            (pl.col("adversary") == adversary) & pl.col("direct") & (pl.col("category") == "anyone")
        )
        words = {"who": who.label(spoken).capitalize(), "reach": who.reach(spoken)}
        if not row.height:
            return say("exposure", "unable", spoken, **words)
        found = row["findable"].item()
        return say(
            "exposure",
            "finds",
            spoken,
            found=integer(found, spoken),
            people=integer(self.n_people, spoken),
            share=percent(found / self.n_people if self.n_people else None, spoken),
            **words,
        )

    def category_label(self, category: str, lang: Language) -> str:
        """Name a category or context."""
        return say("exposure", "anyone", lang) if category == "anyone" else taxonomy.label(category, lang)

    def card(self, lang: Language) -> Card:
        """Say how many people, what is revealed, who finds them, and the three verdicts."""
        if not self.n_people:
            return Card(say("exposure", "title", lang), (say("exposure", "nobody", lang),))
        top = self.categories.filter(pl.col("people") > 0).sort("people", descending=True)
        table = top.select(
            pl.col("category")
            .map_elements(lambda c: self.category_label(c, lang), pl.String)
            .alias("category"),
            pl.col("people")
            .map_elements(lambda n: integer(n, lang), pl.String)
            .alias(say("exposure", "people", lang)),
            pl.struct("estimate", "low", "high")
            .map_elements(lambda e: _interval(e, lang), pl.String)
            .alias(say("exposure", "interval", lang)),
        )
        revealed = say(
            "exposure",
            "revealed",
            lang,
            revealed=integer(self.n_revealed, lang),
            people=integer(self.n_people, lang),
        )
        found = [self.sentence(a.id, lang) for a in self.adversaries[:3]]
        notes = [
            say(
                "exposure",
                f"wp29_{row['criterion']}",
                lang,
                people=integer(row["people"], lang),
                share=percent(row["share"], lang),
            )
            for row in self.verdicts.iter_rows(named=True)
        ]
        return Card(
            say("exposure", "title", lang), [revealed, *found], table, say("exposure", "caption", lang), notes
        )

    def plot(self, kind: str = "look_alikes", *, lang: str | None = None) -> Plot:
        """Draw ``look_alikes`` (survival curves), ``matrix``, ``removal`` or ``overlaps``."""
        from breachkit.exposure import charts

        if kind not in PLOTS:
            raise BreachkitError.unknown("plot", kind, PLOTS)
        return getattr(charts, kind)(self, language(lang))  # type: ignore[no-any-return]


def _interval(cell: dict[str, float], lang: Language) -> str:
    if cell["low"] != cell["low"]:
        return "–"
    low, high = (integer(rounded(cell[end]), lang) for end in ("low", "high"))
    return f"{low} – {high}"
