"""Ease of identification per person: our stated convention for ENISA's four words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import narwhals as nw
import polars as pl

from breachkit.exposure.adversaries import Adversary, load_adversaries
from breachkit.exposure.inhabitants import basis
from breachkit.exposure.lookalikes import coded, look_alikes
from breachkit.facts import table

if TYPE_CHECKING:
    from breachkit.people import People

LEVELS = (0.25, 0.5, 0.75, 1.0)


def candidates(people: People, adversaries: Sequence[Adversary], *, direct: bool = True) -> pl.LazyFrame:
    """Count, per person, the people who fit what each adversary knows.

    They are leaked people; or inhabitants of France for an adversary that does not know who is in the file
    and matches on sex, birth and postcode only (`inhabitants.basis`). The chance of a right guess is one
    over the count.

    Gives ``person_id`` and one column ``candidates_<adversary>`` (the person included) for each adversary
    that can use anything the file holds; ``direct=False`` leaves names, numbers and contacts out.
    """
    held = held_columns(people.frame)
    joined = people.frame.select("person_id")
    for adversary in adversaries:
        knows = adversary.on(held, direct=direct)
        if not knows:
            continue
        name = f"candidates_{adversary.id}"
        needed = list(dict.fromkeys(["person_id", *(k.column for k in knows)]))
        everyone = basis(adversary, knows) == "population"
        persons = nw.from_native(coded(people.frame.select(needed)))
        counted = look_alikes(persons, knows, name, population=everyone).select("person_id", name)
        joined = joined.join(counted.to_native(), on="person_id", how="left")
    return joined


def held_columns(frame: pl.LazyFrame) -> list[str]:
    """Name the columns in which at least one person has a value."""
    names = [
        name for name, dtype in frame.collect_schema().items() if dtype in (pl.String, pl.Date, pl.Int64)
    ]
    filled = frame.select(pl.col(names).is_not_null().any()).collect()
    return [name for name in names if filled[name].item()]


def ease(
    people: People, *, adversaries: Sequence[Adversary] | None = None, direct: bool = True
) -> pl.LazyFrame:
    """Give ``person_id, ei, reason``: how easily each person of the file is identified.

    Parameters
    ----------
    people
        The persons.
    adversaries
        Whose everyday knowledge counts; all that ship with ``everyday`` by default.
    direct
        ``False`` gives the figure without direct identifiers, so that pseudonymised leaks compare.

    Returns
    -------
    polars.LazyFrame
        ``ei`` in {0.25, 0.5, 0.75, 1}; ``reason`` is a rule of ``ease_rules.csv`` or ``adversary:<id>``.

    Notes
    -----
    ENISA (2013, annex 2) gives words, not a procedure. The convention, ours: 1 with a usable NIR, or a full
    name and a birth date, address, telephone or e-mail; else by the best chance 1/candidates of an
    adversary with public or everyday knowledge: 1 above 1/2, 0.75 above 1/5, 0.5 above 1/11, else 0.25.
    """
    chosen = [a for a in (adversaries or load_adversaries()) if a.everyday]
    counted = candidates(people, chosen, direct=direct)
    names = [name for name in counted.collect_schema().names() if name != "person_id"]
    best = pl.min_horizontal(names) if names else pl.lit(None, dtype=pl.Int64)
    chance = (1 / best).fill_null(0.0)
    level = (
        pl.when(chance > 1 / 2).then(1.0).when(chance > 1 / 5).then(0.75).when(chance > 1 / 11).then(0.5)
    ).otherwise(0.25)
    named: list[pl.Expr] = [
        pl.when(pl.col(n) == best).then(pl.lit(f"adversary:{n.removeprefix('candidates_')}")) for n in names
    ]
    who = pl.coalesce(named or [pl.lit("no_adversary")]).fill_null("no_adversary")
    if not direct:
        return counted.select("person_id", ei=level, reason=who)
    schema = people.frame.collect_schema().names()
    rules = [
        (row["id"], row["needs"].split(";")) for row in table("exposure", "ease_rules").iter_rows(named=True)
    ]
    usable = [(rule, needs) for rule, needs in rules if set(needs) <= set(schema)]
    ruled: list[pl.Expr] = [
        pl.when(pl.all_horizontal(pl.col(needs).fill_null(False))).then(pl.lit(rule))
        for rule, needs in usable
    ]
    direct_rule = pl.coalesce(ruled or [pl.lit(None, dtype=pl.String)])
    needed = list(dict.fromkeys(["person_id", *(name for _, needs in usable for name in needs)]))
    joined = people.frame.select(needed).join(counted, on="person_id", how="left")
    return joined.select(
        "person_id",
        ei=pl.when(direct_rule.is_not_null()).then(1.0).otherwise(level),
        reason=pl.coalesce(direct_rule, who),
    )
