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
    shown = revealed.sensitive_columns(frame)
    statuses = revealed.by_status(frame)
    categories = revealed.by_category(frame, statuses)
    present = categories.filter(pl.col("people") > 0)["category"].to_list()
    n_people = people.n_people
    rows: list[dict[str, object]] = []
    histograms, unable, knowledge = [], [], []
    steps = [(adversary, direct) for adversary in chosen for direct in (True, False)]
    matchable = {row["column"] for row in knowledge_rows().values()}
    slim = frame.select(["person_id", *(name for name in held if name in matchable), *present]).collect()
    for done, (adversary, direct) in enumerate(steps):
        progress.report("expose", done, len(steps))
        usable = adversary.on(held, direct=direct)
        missing = ";".join(k.id for k in adversary.knows if k not in usable and (direct or not k.direct))
        who = {"adversary": adversary.id, "direct": direct}
        counted = survey(nw.from_native(slim).lazy(), adversary, present, held, direct=direct)
        if counted is None or not n_people:
            unable.append(who | {"missing": missing})
            continue
        compared = basis(adversary, usable)
        knowledge.append(
            who | {"used": ";".join(k.id for k in usable), "missing": missing, "basis": compared}
        )
        rows += matrix_rows(adversary, counted, present, direct=direct, compared=compared)
        histograms.append(histogram(adversary, counted, direct=direct))
    progress.report("expose", len(steps), len(steps))
    matrix = pl.DataFrame(rows, schema=MATRIX_SCHEMA)
    attributes = revealed.attributes(frame, n_people)
    own_ease = ease(people, adversaries=chosen)
    identifiable = pl.concat(
        _identifiability(slim, eased, present, direct)
        for eased, direct in ((own_ease, True), (ease(people, adversaries=chosen, direct=False), False))
    )
    anyone = frame.select(pl.any_horizontal([pl.col(c) >= 1 for c in present]).sum()) if present else None
    return Exposure(
        people=people,
        per_person=per_person(people, chosen, own_ease, categories),
        adversaries=chosen,
        n_people=n_people,
        n_revealed=int(anyone.collect().item()) if anyone is not None else 0,
        matrix=matrix,
        look_alikes=pl.concat([pl.DataFrame(schema=HISTOGRAM_SCHEMA), *histograms]),
        unable=pl.DataFrame(
            unable, schema={"adversary": pl.String, "direct": pl.Boolean, "missing": pl.String}
        ),
        categories=categories,
        statuses=statuses,
        attributes=attributes,
        overlaps=revealed.overlaps(frame),
        strata=revealed.by_stratum(frame, shown),
        ease=identifiable.filter(category=ANYONE).drop("category"),
        verdicts=wp29(matrix, attributes, n_people),
        uniqueness=_uniqueness(frame, held, population),
        removal=removal(slim, held),
        visits=visit_unicity(people.visits),
        identifiability=identifiable,
        knowledge=pl.DataFrame(knowledge, schema=KNOWLEDGE_SCHEMA),
    )


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
