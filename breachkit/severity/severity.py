"""How severe a breach is for the people in the file, by the methods of authorities: the result of `score`."""

from __future__ import annotations

import dataclasses
from typing import ClassVar

import polars as pl

from breachkit.locale import Language, language
from breachkit.results import Card, Plot, Result
from breachkit.severity.aepd import AepdScore
from breachkit.severity.clock import Clock
from breachkit.severity.edpb import Verdict


@dataclasses.dataclass(frozen=True, repr=False, eq=False)
class Severity(Result):
    """How severe a breach is: a distribution over people, verdicts, clock, fines; with every step.

    Parameters
    ----------
    score_max, band_max
        ENISA's score of the worst-off stratum and its band; the high end where circumstances are missing.
    score_low, score_high
        The interval of that score: it is a point when nothing is missing.
    people
        How many persons were scored.
    by_stratum
        ``stratum, people, dpc, ei, cb, score, band, score_low``: each person counted once.
    missing
        Circumstances that were not given and that the score needs.
    notify_authority, notify_people
        Verdicts on articles 33 and 34, with reasons.
    clock
        The 72 hours.
    trace
        ``element, rule, low, high, people``: every rule that was used.
    flags
        ``VOLUME``, ``UNINTELLIGIBLE`` (ENISA's), and breachkit's own notes.
    fines
        Range per turnover scenario, tier and seriousness; empty if no turnover is given.
    articles
        ``failing, article, text_fr, text_en, source, verified``.
    aepd
        The second opinion; `None` if the circumstances do not say who received the data.
    version
        Of the parameters.
    """

    schema: ClassVar[str] = "breachkit/severity/1"

    score_max: float | None
    band_max: str | None
    score_low: float | None
    score_high: float | None
    people: int
    by_stratum: pl.DataFrame
    missing: tuple[str, ...]
    notify_authority: Verdict
    notify_people: Verdict
    clock: Clock
    trace: pl.DataFrame
    flags: tuple[str, ...]
    counts: dict[str, int]
    fines: pl.DataFrame
    articles: pl.DataFrame
    aepd: AepdScore | None
    version: str
    title: str = ""

    def to_frame(self) -> pl.DataFrame:
        """One row per stratum, data context and ease of identification."""
        return self.by_stratum

    def by_band(self) -> pl.DataFrame:
        """``band, people``: people per level, highest first."""
        order = {"very_high": 4, "high": 3, "medium": 2, "low": 1}
        bands = pl.DataFrame({"band": list(order)})
        counts = self.by_stratum.group_by("band").agg(pl.col("people").sum())
        return bands.join(counts, on="band", how="left", maintain_order="left").with_columns(
            pl.col("people").fill_null(0)
        )

    def card(self, lang: Language) -> Card:
        """Say the score, the verdicts, the clock, and what is missing."""
        from breachkit.severity.sentences import card

        return card(self, lang)

    def plot(self, *, lang: str | None = None) -> Plot:
        """Place this leak among the known cases."""
        from breachkit.severity.picture import among_cases

        return among_cases(self, language(lang))

    def compare(self) -> pl.DataFrame:
        """The known cases and this leak, most severe first."""
        from breachkit.severity.library import place

        return place(self)
