"""One row per person: which records are whose, on what evidence, and where they disagree."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import ClassVar

import polars as pl

from breachkit.locale import Language, counted, integer, language, percent, said_or, say
from breachkit.results import Card, Plot, Result, counted_bars, empty, house_style
from breachkit.taxonomy import column_label

SINGLE = "single"
MEMBER_SCHEMA = pl.Schema({"person_id": pl.Int64, "record_id": pl.Int64})
VISIT_SCHEMA = pl.Schema({"person_id": pl.Int64, "visit_date": pl.Date, "laboratory": pl.String})
CONFLICT_SCHEMA = pl.Schema(
    {"person_id": pl.Int64, "column": pl.String, "n_values": pl.Int64, "rule": pl.String}
)


def _empty(schema: pl.Schema) -> pl.LazyFrame:
    return pl.DataFrame(schema=schema).lazy()


@dataclasses.dataclass(frozen=True, repr=False, eq=False)
class People(Result):
    """The persons of a leak, merged from its records. No field below shows a value by itself.

    Parameters
    ----------
    frame
        One row per person: ``person_id`` (dense, 0-based, never derived from an identifier),
        ``n_records``, ``merge_rule`` (the weakest rule that had to hold, ``single`` for one record),
        ``merge_confidence`` (that rule's), then the columns of `Records`: ``qi_*``, ``key_*`` by vote,
        ``has_*`` and sensitive columns by ``max``, ``laboratory`` and ``visit_date`` of the last visit.
    prescribers
        One row per prescriber: ``prescriber_id, n_patients, has_*``.
    visits
        ``person_id, visit_date, laboratory``, one row per distinct visit.
    conflicts
        ``person_id, column, n_values, rule``: ``rule`` is ``majority`` where the merged records disagree
        on a column (a vote was taken), ``kept_apart:<rule>`` where a rule's key was shared but its
        conditions refused the merge, ``cut:<rule>`` where a link was not followed because it would have
        joined people kept apart, ``crowd:<rule>`` where too many shared the key to compare them
        (``n_values``: persons that share keys, oneself included).
    members
        ``person_id, record_id``, one row per record.
    """

    schema: ClassVar[str] = "breachkit/people/1"

    frame: pl.LazyFrame = dataclasses.field(repr=False)
    prescribers: pl.LazyFrame = dataclasses.field(
        default_factory=lambda: _empty(pl.Schema({"prescriber_id": pl.Int64, "n_patients": pl.Int64})),
        repr=False,
    )
    visits: pl.LazyFrame = dataclasses.field(default_factory=lambda: _empty(VISIT_SCHEMA), repr=False)
    conflicts: pl.LazyFrame = dataclasses.field(default_factory=lambda: _empty(CONFLICT_SCHEMA), repr=False)
    members: pl.LazyFrame = dataclasses.field(default_factory=lambda: _empty(MEMBER_SCHEMA), repr=False)

    @property
    def n_people(self) -> int:
        """Number of persons."""
        return int(self.frame.select(pl.len()).collect().item())

    @property
    def n_records(self) -> int:
        """Number of records that they were merged from."""
        return int(self.frame.select(pl.col("n_records").sum()).collect().item() or 0)

    def to_frame(self) -> pl.DataFrame:
        """One row per merge rule: ``merge_rule, merge_confidence, people, records``, surest first."""
        return (
            self.frame.group_by("merge_rule", "merge_confidence")
            .agg(pl.len().cast(pl.Int64).alias("people"), pl.col("n_records").sum().alias("records"))
            .sort(["merge_confidence", "merge_rule"], descending=[True, False])
            .collect()
        )

    def conflict_counts(self) -> pl.DataFrame:
        """``column, rule, people``: how many persons each kind of disagreement touches."""
        return (
            self.conflicts.group_by("column", "rule")
            .agg(pl.col("person_id").n_unique().cast(pl.Int64).alias("people"))
            .sort(["people", "column", "rule"], descending=[True, False, False])
            .collect()
        )

    def to_dict(self) -> dict[str, object]:
        """Counts only: people, records, merges by rule, conflicts by column."""
        return {
            "schema": self.schema,
            "people": self.n_people,
            "records": self.n_records,
            "merges": self.to_frame().to_dicts(),
            "conflicts": self.conflict_counts().to_dicts(),
        }

    def card(self, lang: Language) -> Card:
        """Say how many people there are, by which rules they were merged, and what is in conflict."""
        merges, conflicts = self.to_frame(), self.conflict_counts()
        people, records = self.n_people, self.n_records
        if not people:
            return Card(say("people", "title", lang), (say("people", "nobody", lang),))
        alone = merges.filter(pl.col("merge_rule") == SINGLE)["people"].sum()
        found = say("people", "found", lang, people=integer(people, lang), records=integer(records, lang))
        share = say("people", "alone", lang, share=percent(float(alone) / people, lang))
        shown = pl.DataFrame(
            [
                (rule_label(rule, lang), percent(sure, lang), integer(n, lang), integer(held, lang))
                for rule, sure, n, held in merges.iter_rows()
            ],
            schema=[say("people", f"head_{name}", lang) for name in merges.columns],
            orient="row",
        )
        title, caption = say("people", "title", lang), say("people", "caption", lang)
        return Card(title, (found, share), shown, caption, conflict_sentences(conflicts, lang))

    def plot(self, *, lang: str | None = None) -> Plot:
        """Bars of the people by merge rule."""
        from matplotlib.figure import Figure

        spoken = language(lang)
        data = self.to_frame().sort("people")
        title = say("people", "plot_title", spoken)
        with house_style():
            figure = Figure(figsize=(7, 1.2 + 0.35 * max(1, data.height)))
            axes = figure.subplots()
            if not data.height:
                return empty(figure, axes, title, say("people", "nobody", spoken), spoken, data)
            names = [rule_label(rule, spoken) for rule in data["merge_rule"]]
            told = counted_bars(axes, names, data["people"].to_list(), spoken)
            axes.set_xticks([])
            axes.spines["bottom"].set_visible(False)
            axes.set_title(title)
        return Plot(figure, say("locale", "labelled", spoken, label=title, value=told), data, title)


def conflict_sentences(
    conflicts: pl.DataFrame, lang: Language, written: Callable[[float, Language], str] = integer
) -> list[str]:
    """Say the commonest of `People.conflict_counts`, with counts ``written`` as the reader may see them."""
    told = []
    for column, conflict, n in conflicts.head(8).iter_rows():
        key, _, rule = conflict.partition(":")
        people = written(n, lang)
        words = {"people": people, "column": column_label(column, lang), "rule": rule_label(rule, lang)}
        hidden = people != integer(n, lang)  # "< 5": more than one
        told.append(counted("people", key, 2 if hidden else n, lang, **words))
    return told


def rule_label(rule: str, lang: Language) -> str:
    """Name a merge rule for people; one of the user's own keeps its id."""
    return said_or("people", f"rule_{rule}", lang, rule)
