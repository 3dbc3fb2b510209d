"""The answer keys: each a few lines over the truth of a synthetic leak."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import polars as pl

from breachkit import taxonomy
from breachkit.circumstances import load
from breachkit.leak import Truth
from breachkit.severity import case

Answer = float | str
COMMENTS = ("COMMENTAIRE_P", "COMMENTAIRE_D")
SHARE = 0.005
CENT = 0.01


@dataclasses.dataclass(frozen=True)
class Key:
    """How to compute an answer, and how near a number must come."""

    compute: Callable[[Truth], Answer]
    within: float


KEYS: dict[str, Key] = {}


def exercises() -> tuple[str, ...]:
    """Name the exercises.

    Examples
    --------
    >>> exercises()[:2]
    ('minors', 'shared_nir')
    """
    return tuple(KEYS)


def _key(within: float = 0) -> Callable[[Callable[[Truth], Answer]], Callable[[Truth], Answer]]:
    def keep(compute: Callable[[Truth], Answer]) -> Callable[[Truth], Answer]:
        KEYS[compute.__name__] = Key(compute, within)
        return compute

    return keep


def _people(truth: Truth) -> pl.DataFrame:
    return truth.people.unique("person_id", keep="first", maintain_order=True).collect()


def _alone(truth: Truth, *columns: str | pl.Expr, below: int = 2) -> float:
    """Share of people in classes smaller than ``below``."""
    sizes = _people(truth).group_by(*columns).len()
    return float(sizes.filter(pl.col("len") < below)["len"].sum()) / float(sizes["len"].sum())


def _persons(facts: pl.LazyFrame) -> float:
    return float(facts.select(pl.col("person_id").n_unique()).collect().item())


BIRTH_YEAR = pl.col("birth_date").dt.year().alias("birth_year")


@_key()
def minors(truth: Truth) -> Answer:
    """People whose title says that they are a child or a baby."""
    return _persons(truth.facts.filter(category="minor"))


@_key()
def shared_nir(truth: Truth) -> Answer:
    """People whose row carries the NIR of somebody else (the insured parent)."""
    return float(_people(truth).filter(pl.col("nir_of") != pl.col("person_id")).height)


@_key(SHARE)
def unique_birth_year(truth: Truth) -> Answer:
    """Share of people alone with their sex, birth year and postcode."""
    return _alone(truth, "sex", BIRTH_YEAR, "postcode")


@_key()
def asserted_pregnancies(truth: Truth) -> Answer:
    """People of whom a pregnancy is asserted."""
    return _persons(truth.facts.filter(category="pregnancy", status="asserted"))


@_key()
def about_others(truth: Truth) -> Answer:
    """Facts that speak of somebody other than the patient."""
    return float(truth.facts.filter(status="other_person").collect().height)


@_key()
def richest_column(truth: Truth) -> Answer:
    """The comment column with the most sensitive facts."""
    counted = truth.facts.filter(pl.col("column").is_in(COMMENTS)).group_by("column").len()
    return str(counted.sort("len", "column", descending=[True, False]).collect()["column"].item(0))


@_key(SHARE)
def unique_postcode(truth: Truth) -> Answer:
    """Share of people alone with their sex, birth date and postcode."""
    return _alone(truth, "sex", "birth_date", "postcode")


@_key(SHARE)
def unique_names(truth: Truth) -> Answer:
    """Share of people alone with their usual name and first name."""
    return _alone(truth, "usual_name", "first_name")


@_key(SHARE)
def below_five(truth: Truth) -> Answer:
    """Share of people in classes of fewer than five by sex, birth year and laboratory."""
    return _alone(truth, "sex", BIRTH_YEAR, "laboratory", below=5)


@_key()
def shared_households(truth: Truth) -> Answer:
    """Households with two patients or more in the file."""
    return float(_people(truth).group_by("household_id").len().filter(pl.col("len") > 1).height)


@_key()
def blackmail(truth: Truth) -> Answer:
    """People of whom HIV, an infection, an abortion, mental health or an addiction is asserted."""
    kinds = ("hiv", "sti", "abortion", "mental_health", "addiction")
    return _persons(truth.facts.filter(pl.col("category").is_in(kinds), status="asserted"))


@_key(CENT)
def fine_per_person(_: Truth) -> Answer:
    """EUR of fine per patient of the real file: the same for every seed."""
    row = case("dedalus-2021")
    return float(str(row["fine_eur"])) / float(str(row["people"]))


@_key()
def own_health(truth: Truth) -> Answer:
    """People of whom a category of article 9 is asserted (contexts such as minority left out)."""
    return _persons(truth.facts.filter(pl.col("category").is_in(taxonomy.category_ids()), status="asserted"))


@_key()
def told_by_parents(truth: Truth) -> Answer:
    """Minors, to whose parents the notice goes, with an asserted category of article 9."""
    asserted = truth.facts.filter(pl.col("category").is_in(taxonomy.category_ids()), status="asserted")
    return _persons(asserted.join(truth.facts.filter(category="minor"), on="person_id", how="semi"))


@_key()
def out_of_scope(truth: Truth) -> Answer:
    """People last seen before the start of the period that one laboratory had asked for."""
    start = load("dedalus-2021").scope_from
    return float(_people(truth).filter(pl.col("visit_date") < start).height)


@_key()
def only_comments(truth: Truth) -> Answer:
    """People revealed (any category of article 9, any status) by the two comment columns alone."""
    found = truth.facts.filter(pl.col("category").is_in(taxonomy.category_ids()))
    elsewhere = found.filter(~pl.col("column").is_in(COMMENTS))
    return _persons(found.join(elsewhere, on="person_id", how="anti"))


@_key()
def true_people(truth: Truth) -> Answer:
    """Distinct persons behind the rows."""
    return float(_people(truth).height)


@_key()
def damaged_cells(truth: Truth) -> Answer:
    """Cells that the damage changed."""
    return float(truth.damage.collect().height)


@_key()
def holdout_facts(truth: Truth) -> Answer:
    """Facts written with phrases that no lexicon was tuned on."""
    return float(truth.facts.filter(half="holdout").collect().height)


@_key(SHARE)
def asserted_share(truth: Truth) -> Answer:
    """Share of the facts in comments that are asserted."""
    found = truth.facts.filter(pl.col("column").is_in(COMMENTS)).collect()
    return float((found["status"] == "asserted").mean() or 0)  # type: ignore[arg-type]
