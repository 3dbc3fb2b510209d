"""Some rows of a leak: the wide table, the tables beside it, and what is true of them."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from breachkit.leak import FACT_SCHEMA, TRUE_DAMAGE_SCHEMA
from breachkit.synth import columns as columns_
from breachkit.synth import laboratory, truth
from breachkit.synth.cast import Cast
from breachkit.synth.plan import Plan
from breachkit.synth.register import TABLE, Register
from breachkit.synth.words import Ints


@dataclass(frozen=True)
class Chunk:
    """Some rows of the wide table and what is true of them."""

    frame: pl.DataFrame
    people: pl.DataFrame
    facts: pl.DataFrame
    lab: Ints
    damage: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=TRUE_DAMAGE_SCHEMA))
    side: dict[str, pl.DataFrame] = field(default_factory=dict)
    bearer: dict[str, Ints] = field(default_factory=dict)
    main: str = TABLE

    @property
    def tables(self) -> dict[str, pl.DataFrame]:
        """The wide table and the tables beside it."""
        return {self.main: self.frame} | self.side


def write(
    plan: Plan,
    people: Cast,
    start: int,
    *,
    columns: tuple[str, ...] | None = None,
    known: bool = True,
) -> Chunk:
    """Build the rows ``start``.. for these people; ``known=False`` leaves the truth out."""
    register = Register(plan, people, start)
    names = columns or columns_.chosen(plan, None)
    frame = columns_.frame(register, names)
    who = truth.people(register) if known else pl.DataFrame()
    facts = truth.facts(register, names) if known else pl.DataFrame(schema=FACT_SCHEMA)
    if plan.profile.tables == (TABLE,):
        return Chunk(frame, who, facts, register.lab)
    care = laboratory.write(register)
    return Chunk(
        frame, who, pl.concat([facts, care.facts]), register.lab, side=care.tables, bearer=care.bearer
    )
