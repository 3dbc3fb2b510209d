"""Who is exposed, to whom, to what: the result of `expose`."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, ClassVar

import polars as pl

from breachkit import taxonomy
from breachkit.errors import BreachkitError
from breachkit.exposure import sentences
from breachkit.exposure.adversaries import Adversary
from breachkit.exposure.review import review_plan
from breachkit.exposure.shareable import shareable
from breachkit.locale import Language, language, say
from breachkit.results import Card, Plot, Result

if TYPE_CHECKING:
    from breachkit.people import People

PLOTS = ("look_alikes", "matrix", "removal", "overlaps", "identifiability", "departments")


@dataclasses.dataclass(frozen=True, repr=False, eq=False)
class Exposure(Result):
    """Who can be found, by which adversary, and what they learn. All counts are of people.

    Parameters
    ----------
    people
        The persons (kept lazy, never shown).
    per_person
        Lazy, see `per_person.per_person`: ease and its reason, candidates under each adversary, what is
        learned, flags.
    adversaries
        Those considered.
    n_people, n_revealed
        People in the file; people of whom any sensitive category is revealed.
    matrix
        ``adversary, category, direct, people, findable, expected, learned, own, findable_own, basis``;
        ``category`` ``anyone`` counts everybody; ``direct`` false is the figure without direct identifiers;
        ``basis`` is the crowd that hides people, see `inhabitants.basis`.
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
        ``removed, unique, left``: people unique by sex, birth date, postcode and first name, see
        `removal.removal`.
    visits
        ``points, people, singled_out, low, high``: unicity of visit histories; empty without visits.
    identifiability
        ``direct, category, ei, people``: people of each category by ease of identification.
    knowledge
        ``adversary, direct, used, missing, basis``: what each adversary could match on here, and what the
        file lacks of what it knows.
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
    identifiability: pl.DataFrame
    knowledge: pl.DataFrame

    def to_frame(self) -> pl.DataFrame:
        """Give the matrix."""
        return self.matrix

    def review_plan(self, budget: int = 600) -> pl.DataFrame:
        """Plan a review by hand and the bound that it buys, see `review.review_plan`."""
        return review_plan(self.categories, self.n_people - self.n_revealed, budget)

    def shareable(self, table: str = "matrix", *, below: int = 5) -> pl.DataFrame:
        """Give a table with small counts suppressed, see `shareable.shareable`."""
        return shareable(self, table, below)

    def sentence(self, adversary: str, lang: str | None = None) -> str:
        """Say in words whom an adversary finds.

        Raises
        ------
        BreachkitError
            If ``adversary`` was not considered (the choices are listed).
        """
        by_id = {a.id: a for a in self.adversaries}
        if adversary not in by_id:
            raise BreachkitError.unknown("adversary", adversary, by_id)
        return sentences.of_adversary(self, by_id[adversary], language(lang))

    def sentences(self, lang: str | None = None) -> list[str]:
        """Say the exposure for people: what is revealed, then every adversary, one sentence each."""
        return sentences.for_people(self, language(lang))

    def category_label(self, category: str, lang: Language) -> str:
        """Name a category or context."""
        return say("exposure", "anyone", lang) if category == "anyone" else taxonomy.label(category, lang)

    def card(self, lang: Language) -> Card:
        """Say how many people, what is revealed, who finds them, and the three verdicts."""
        return sentences.card(self, lang)

    def plot(self, kind: str = "look_alikes", *, lang: str | None = None) -> Plot:
        """Draw one of the pictures.

        ``look_alikes`` (survival curves), ``matrix`` (adversary x category), ``identifiability`` (category x
        ease of identification), ``removal`` (waterfall of columns), ``overlaps`` (UpSet), ``departments``
        (tile map).

        Raises
        ------
        BreachkitError
            For an unknown kind.
        """
        from breachkit.exposure import charts, maps

        if kind not in PLOTS:
            raise BreachkitError.unknown("plot", kind, PLOTS)
        draw = getattr(maps, kind, None) or getattr(charts, kind)
        return draw(self, language(lang))  # type: ignore[no-any-return]
