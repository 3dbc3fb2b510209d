"""The station: from people to who can be found, by whom, and what they learn."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import narwhals as nw
import polars as pl

from breachkit import progress
from breachkit.exposure import revealed
from breachkit.exposure.adversaries import Adversary, Knowledge, knowledge_rows, load_adversaries
from breachkit.exposure.ease import candidates, ease, held_columns
from breachkit.exposure.exposure import Exposure
from breachkit.exposure.lookalikes import LOOK_ALIKES, classes
from breachkit.exposure.matrix import HISTOGRAM_SCHEMA, histogram, matrix_rows, survey
from breachkit.exposure.unicity import visit_unicity
from breachkit.exposure.verdicts import wp29

if TYPE_CHECKING:
    from breachkit.people import People

#: What stays when names and numbers are gone, and the first name, for the figure of removed columns.
REMOVABLE = ("sex", "birth_date", "postcode", "first_name")
#: A category is rare when fewer people than this share it: the category itself then singles out.
RARE = 20
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
}


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
    person is in the file; for one who does not (``membership`` no) it is an upper bound, nearly reached
    where the full name or a number is known. Knowing more never finds fewer; removing a column never helps.
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
    histograms, unable = [], []
    steps = [(adversary, direct) for adversary in chosen for direct in (True, False)]
    matchable = {row["column"] for row in knowledge_rows().values()}
    slim = frame.select(["person_id", *(name for name in held if name in matchable), *present]).collect()
    for done, (adversary, direct) in enumerate(steps):
        progress.report("expose", done, len(steps))
        counted = survey(nw.from_native(slim).lazy(), adversary, present, held, direct=direct)
        if counted is None or not n_people:
            missing = ";".join(k.id for k in adversary.knows if direct or not k.direct)
            unable.append({"adversary": adversary.id, "direct": direct, "missing": missing})
            continue
        rows += matrix_rows(adversary, counted, present, direct=direct)
        histograms.append(histogram(adversary, counted, direct=direct))
    progress.report("expose", len(steps), len(steps))
    matrix = pl.DataFrame(rows, schema=MATRIX_SCHEMA)
    usable = revealed.attributes(frame, n_people)
    own_ease = ease(people, adversaries=chosen)
    anyone = frame.select(pl.any_horizontal([pl.col(c) >= 1 for c in present]).sum()) if present else None
    return Exposure(
        people=people,
        per_person=_per_person(people, chosen, own_ease, categories),
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
        attributes=usable,
        overlaps=revealed.overlaps(frame),
        strata=revealed.by_stratum(frame, shown),
        ease=pl.concat(
            [
                _ease_counts(own_ease, True),
                _ease_counts(ease(people, adversaries=chosen, direct=False), False),
            ]
        ),
        verdicts=wp29(matrix, usable, n_people),
        uniqueness=_uniqueness(frame, held, population),
        removal=_removal(slim, held),
        visits=visit_unicity(people.visits),
    )


def _ease_counts(eased: pl.LazyFrame, direct: bool) -> pl.DataFrame:
    counted = eased.group_by("ei").agg(pl.len().cast(pl.Int64).alias("people")).sort("ei").collect()
    return counted.select(pl.lit(direct).alias("direct"), "ei", "people")


def _per_person(
    people: People, adversaries: Sequence[Adversary], eased: pl.LazyFrame, categories: pl.DataFrame
) -> pl.LazyFrame:
    rare = categories.filter(pl.col("people").is_between(1, RARE - 1))["category"].to_list()
    minor = pl.col("minor") >= 1 if "minor" in people.frame.collect_schema().names() else pl.lit(False)
    flags = people.frame.select(
        "person_id",
        minor=minor,
        rare_category=pl.any_horizontal([pl.col(c) >= 1 for c in rare]) if rare else pl.lit(False),
    )
    return eased.join(candidates(people, adversaries), on="person_id").join(flags, on="person_id")


def _uniqueness(frame: pl.LazyFrame, held: Sequence[str], population: Any) -> pl.DataFrame:
    columns = [c for c in ("qi_sex", "qi_birth_date", "qi_postcode") if c in held]
    if not columns:
        schema = {"method": pl.String, "estimate": pl.Float64, "low": pl.Float64, "high": pl.Float64}
        return pl.DataFrame(schema=schema | {"bias": pl.String})
    from breachkit.exposure.population import population_uniqueness

    return population_uniqueness(frame.select(columns), columns, population)


def _removal(slim: pl.DataFrame, held: Sequence[str]) -> pl.DataFrame:
    rows = knowledge_rows()
    usable = [i for i in REMOVABLE if rows[i]["column"] in held]
    knows = [Knowledge(i, rows[i]["column"], False, rows[i]["precision"]) for i in usable]
    counts = []
    for removed in ("", *usable) if knows else ():
        kept = [k for k in knows if k.id != removed]
        unique = 0
        if kept:
            grouped = classes(nw.from_native(slim.lazy()), kept).filter(nw.col(LOOK_ALIKES) == 1)
            unique = int(grouped.select(nw.len()).collect().item())
        counts.append({"removed": rows[removed]["column"] if removed else "", "unique": unique})
    return pl.DataFrame(counts, schema={"removed": pl.String, "unique": pl.Int64})
