"""The station: from people to who can be found, by whom, and what they learn."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import narwhals as nw
import polars as pl

from breachkit import progress
from breachkit.exposure import revealed
from breachkit.exposure.adversaries import Adversary, knowledge_rows, load_adversaries
from breachkit.exposure.ease import ease, held_columns
from breachkit.exposure.exposure import Exposure
from breachkit.exposure.inhabitants import basis
from breachkit.exposure.lookalikes import coded
from breachkit.exposure.matrix import ANYONE, HISTOGRAM_SCHEMA, histogram, matrix_rows, survey
from breachkit.exposure.per_person import per_person
from breachkit.exposure.removal import removal
from breachkit.exposure.unicity import visit_unicity
from breachkit.exposure.verdicts import wp29

if TYPE_CHECKING:
    from breachkit.people import People

MATRIX_SCHEMA = {
    "adversary": pl.String,
    "category": pl.String,
    "direct": pl.Boolean,
    "people": pl.Int64,
    "findable": pl.Int64,
    "expected": pl.Float64,
    "learned": pl.Int64,
    "own": pl.Int64,
    "findable_own": pl.Int64,
    "basis": pl.String,
}
UNABLE_SCHEMA = {"adversary": pl.String, "direct": pl.Boolean, "missing": pl.String}
KNOWLEDGE_SCHEMA = {"adversary": pl.String, "direct": pl.Boolean} | dict.fromkeys(
    ("used", "missing", "basis"), pl.String
)


def expose(
    people: People,
    *,
    adversaries: str | Path | pl.DataFrame | Sequence[str | Adversary] | None = None,
    population: Any = "france",
) -> Exposure:
    """Measure who can be found in a leak, by which adversary, and what they learn.

    Parameters
    ----------
    people
        The persons of the leak (`consolidate`).
    adversaries
        Those to consider: ``None`` for all that ship, a list of ids, or a CSV file or frame of one's own.
    population
        Passed to `population_uniqueness`: ``"france"``, a register or table of marginals, or ``None``.

    Returns
    -------
    Exposure
        All figures count people; the part per person stays lazy.

    Raises
    ------
    BreachkitError
        For an unknown adversary or a broken row of one's own, with row and field.

    Notes
    -----
    A person is *findable* by an adversary when at most two leaked people (the person included) fit what
    it knows: a guess is then right with probability 1/2 or more. This takes the adversary to know that the
    person is in the file. For one who does not (``membership`` no), inhabitants of France hide people too
    where it matches on sex, birth and postcode only; elsewhere the figure is an upper bound, nearly reached
    with a number or a full name: ``basis`` says which. Knowing more never finds fewer; removing a column
    never helps.
    """
    chosen = load_adversaries(adversaries)
    frame = people.frame
    held = held_columns(frame)
    statuses = revealed.by_status(frame)
    categories = revealed.by_category(frame, statuses)
    present = categories.filter(pl.col("people") > 0)["category"].to_list()
    matchable = {row["column"] for row in knowledge_rows().values()}
    kept = ["person_id", *(name for name in held if name in matchable)]
    slim = coded(frame.select(*kept, *present)).collect()
    surveyed = _survey_all(slim, chosen, present, held)
    attributes = revealed.attributes(frame, people.n_people)
    eased = {direct: ease(people, adversaries=chosen, direct=direct) for direct in (True, False)}
    identifiable = pl.concat(_identifiability(slim, eased[direct], present, direct) for direct in eased)
    anyone = [pl.any_horizontal([pl.col(c) >= 1 for c in present]).sum()] if present else [pl.lit(0)]
    return Exposure(
        people=people,
        per_person=per_person(people, chosen, eased[True], categories),
        adversaries=chosen,
        n_people=people.n_people,
        n_revealed=int(slim.select(anyone).item()),
        categories=categories,
        statuses=statuses,
        attributes=attributes,
        overlaps=revealed.overlaps(frame),
        strata=revealed.by_stratum(frame, revealed.sensitive_columns(frame)),
        ease=identifiable.filter(category=ANYONE).drop("category"),
        verdicts=wp29(surveyed["matrix"], attributes, people.n_people),
        uniqueness=_uniqueness(frame, held, population),
        removal=removal(slim, held),
        visits=visit_unicity(people.visits),
        identifiability=identifiable,
        **surveyed,
    )


def _survey_all(
    slim: pl.DataFrame, chosen: Sequence[Adversary], present: list[str], held: Sequence[str]
) -> dict[str, pl.DataFrame]:
    """Survey for every adversary, with and without direct identifiers: matrix, histograms, who is unable."""
    rows: list[dict[str, object]] = []
    histograms, unable, knowledge = [pl.DataFrame(schema=HISTOGRAM_SCHEMA)], [], []
    steps = [(adversary, direct) for adversary in chosen for direct in (True, False)]
    for done, (adversary, direct) in enumerate(steps):
        progress.report("expose", done, len(steps))
        usable = adversary.on(held, direct=direct)
        missing = ";".join(k.id for k in adversary.knows if k not in usable and (direct or not k.direct))
        who = {"adversary": adversary.id, "direct": direct, "missing": missing}
        counted = survey(nw.from_native(slim).lazy(), adversary, present, held, direct=direct)
        if counted is None or not slim.height:
            unable.append(who)
            continue
        compared = basis(adversary, usable)
        knowledge.append(who | {"used": ";".join(k.id for k in usable), "basis": compared})
        rows += matrix_rows(adversary, counted, present, direct=direct, compared=compared)
        histograms.append(histogram(adversary, counted, direct=direct))
    progress.report("expose", len(steps), len(steps))
    return {
        "matrix": pl.DataFrame(rows, schema=MATRIX_SCHEMA),
        "look_alikes": pl.concat(histograms),
        "unable": pl.DataFrame(unable, schema=UNABLE_SCHEMA),
        "knowledge": pl.DataFrame(knowledge, schema=KNOWLEDGE_SCHEMA),
    }


def _identifiability(
    slim: pl.DataFrame, eased: pl.LazyFrame, present: list[str], direct: bool
) -> pl.DataFrame:
    """Count people by ease of identification, in all and in each category."""
    revealed_of = slim.lazy().select("person_id", *((pl.col(c) >= 1).cast(pl.Int64) for c in present))
    joined = eased.select("person_id", "ei").join(revealed_of, on="person_id", how="left")
    counted = joined.group_by("ei").agg(pl.len().cast(pl.Int64).alias(ANYONE), pl.col(present).sum())
    long = counted.collect().unpivot(index="ei", variable_name="category", value_name="people")
    return long.select(pl.lit(direct).alias("direct"), "category", "ei", "people").sort("category", "ei")


def _uniqueness(frame: pl.LazyFrame, held: Sequence[str], population: Any) -> pl.DataFrame:
    columns = [c for c in ("qi_sex", "qi_birth_date", "qi_postcode") if c in held]
    if not columns:
        schema = {"method": pl.String, "estimate": pl.Float64, "low": pl.Float64, "high": pl.Float64}
        return pl.DataFrame(schema=schema | {"bias": pl.String})
    from breachkit.exposure.population import population_uniqueness

    return population_uniqueness(frame.select(columns), columns, population)
