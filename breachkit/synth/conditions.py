"""What people have and take: conditions and treatments by age and sex, in agreement with their comments."""

from __future__ import annotations

import numpy as np
import polars as pl

from breachkit.facts import table
from breachkit.synth.cast import Cast, block_range
from breachkit.synth.plan import Plan
from breachkit.synth.register import Register
from breachkit.synth.words import PER_ROW, Flags, Ints, Words, chance

SAID = {"asserted": True, "negated": False}


def matches(row: dict[str, str], woman: Flags, age: Ints) -> Flags:
    """Who a row of a table with ``sex``, ``min_age``, ``max_age`` is about."""
    sex = np.ones(len(age), dtype=bool) if not row["sex"] else woman == (row["sex"] == "F")
    return np.asarray(sex & (age >= int(row["min_age"])) & (age <= int(row["max_age"])))


def _word(plan: Plan, people: Cast, key: str, place: int) -> Words:
    """A word of the person, so that a person's second record says the same."""
    low, high = block_range(int(people.person.min()), int(people.person.max()) + 1)
    return plan.source.words(key, low, high)[place][people.person - low]


def conditions(register: Register) -> dict[str, Flags]:
    """Who has what: drawn by age and sex, then set right where the row's own comment says so."""
    plan, people = register.plan, register.people
    rows = table("synth", "conditions")
    found: dict[str, Flags] = {}
    for name in rows["condition"].unique(maintain_order=True):
        word = _word(plan, people, f"condition/{name}", 0)
        has = np.zeros(len(word), dtype=bool)
        for row in rows.filter(pl.col("condition") == name).to_dicts():
            has |= matches(row, people.woman, people.age) & chance(word, float(row["share"]))
        found[name] = has
    for comment in register.comments.values():
        for row, category, status in comment.facts.select("row", "category", "status").iter_rows():
            if category in found and status in SAID:
                found[category][row - register.start] = SAID[status]
    return found


def treatments(register: Register, has: dict[str, Flags]) -> list[Flags]:
    """Who takes what, one array per row of ``treatments.csv``."""
    plan, people = register.plan, register.people
    taken = []
    for number, row in enumerate(table("synth", "treatments").to_dicts()):
        word = _word(plan, people, f"treatment/{number // PER_ROW}", number % PER_ROW)
        ill = has[row["condition"]] if row["condition"] else np.ones(len(word), dtype=bool)
        taken.append(ill & matches(row, people.woman, people.age) & chance(word, float(row["share"])))
    return taken
