"""Who could be a victim of what: the people counted by pattern of attributes, never one by one."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

import narwhals as nw
import numpy as np
import numpy.typing as npt

from breachkit.errors import BreachkitError
from breachkit.fraud.formula import Formula, Truth
from breachkit.fraud.scenarios import Scenario, ScenarioBook

Counts = npt.NDArray[np.int64]


@dataclasses.dataclass(frozen=True, eq=False, repr=False)
class Eligible:
    """How many people each scenario could hit.

    ``counts`` and ``ceiling`` are keyed by scenario id, and by ``id:1``, ``id:2`` for its tiers (tier t or
    a costlier one). ``ceiling`` is the count if every person revealed something sensitive: the bound of
    the correction for what the classifier missed. ``patterns`` (groups x ``overlapping``) and ``sizes``
    say who is eligible for several.
    """

    people: int
    prescribers: int
    by_email: int
    counts: Mapping[str, int]
    ceiling: Mapping[str, int]
    overlapping: tuple[str, ...]
    patterns: Truth
    sizes: Counts
    absent: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Eligible({self.people} people, {self.prescribers} prescribers, {len(self.sizes)} patterns)"

    @classmethod
    def from_counts(
        cls, counts: Mapping[str, int], people: int | None = None, *, prescribers: int = 0, by_email: int = 0
    ) -> Eligible:
        """Take eligible people per scenario as given; the fewer are taken to be among the more.

        Raises
        ------
        BreachkitError
            If a count is negative or above ``people``.
        """
        if any(count < 0 for count in counts.values()):
            raise BreachkitError("A count of eligible people is 0 or more.")
        total = max([0, *counts.values()]) if people is None else people
        names = tuple(name for name in counts if ":" not in name)
        steps = sorted({counts[name] for name in names} | {0})
        sizes = np.asarray(np.diff(steps), dtype=np.int64)
        patterns = np.array([[counts[name] >= step for name in names] for step in steps[1:]], dtype=bool)
        shaped = patterns.reshape(len(sizes), len(names))
        return cls(total, prescribers, by_email, dict(counts), dict(counts), names, shaped, sizes)


def eligible(source: Any, book: ScenarioBook) -> Eligible:
    """Count who each scenario could hit, from ``People`` or ``Exposure``.

    Each record of the frame falls into one pattern of the attributes the formulas name; formulas are
    tried once per pattern. Columns that the frame lacks count as not leaked and are listed in ``absent``.
    """
    people = getattr(source, "people", source)
    if not hasattr(people, "frame"):
        raise BreachkitError("Fraud takes People or Exposure.", hint="Run consolidate() or expose() first.")
    wanted = {
        subject: [row for row in book.scenarios if row.subject == subject]
        for subject in ("patient", "prescriber")
    }
    counts: dict[str, int] = {}
    ceiling: dict[str, int] = {}
    grouped = {"patient": _group(people.frame, wanted["patient"], book)}
    prescribers = getattr(people, "prescribers", None)
    if prescribers is not None:
        grouped["prescriber"] = _group(prescribers, wanted["prescriber"], book)
    for subject, (sizes, truth, _) in grouped.items():
        blind = {name: _as_if_sensitive(name, column, book) for name, column in truth.items()}
        for key, formula in _formulas(wanted[subject], book):
            counts[key] = int(sizes[formula.evaluate(truth)].sum())
            ceiling[key] = int(sizes[formula.evaluate(blind)].sum())
    sizes, truth, _ = grouped["patient"]
    overlap = [row for row in wanted["patient"] if not row.outside and not row.claims]
    columns = [book.leaves(row.needs).evaluate(truth) for row in overlap]
    patterns = np.stack(columns, axis=1) if columns else np.zeros((len(sizes), 0), dtype=bool)
    merged, inverse = np.unique(patterns, axis=0, return_inverse=True)
    return Eligible(
        people=int(sizes.sum()),
        prescribers=int(grouped["prescriber"][0].sum()) if "prescriber" in grouped else 0,
        by_email=int(sizes[truth["email"]].sum()),
        counts=counts,
        ceiling=ceiling,
        overlapping=tuple(row.id for row in overlap),
        patterns=merged,
        sizes=np.bincount(inverse.ravel(), weights=sizes, minlength=len(merged)).astype(np.int64),
        absent=tuple(sorted({name for _, _, missing in grouped.values() for name in missing})),
    )


def _formulas(rows: list[Scenario], book: ScenarioBook) -> list[tuple[str, Formula]]:
    pairs = []
    for row in rows:
        needs = book.leaves(row.needs)
        pairs.append((row.id, needs))
        tiers = [book.leaves(tier.needs) for tier in by_loss(row)]
        for at in range(len(tiers)):
            above = Formula("|", parts=tuple(tiers[at:]))
            pairs.append((f"{row.id}:{at + 1}", Formula("&", parts=(needs, above))))
    return pairs


def by_loss(row: Scenario) -> list[Any]:
    """Order the tiers of a scenario from the cheapest to the costliest."""
    return sorted(row.tiers, key=lambda tier: tier.loss.amount.mean)


def _as_if_sensitive(name: str, truth: Truth, book: ScenarioBook) -> Truth:
    hidden = name == "sensitive" or name in book.sensitive_categories
    return np.ones_like(truth) if hidden else truth


def _group(
    frame: Any, rows: list[Scenario], book: ScenarioBook
) -> tuple[Counts, dict[str, Truth], tuple[str, ...]]:
    """Count the patterns of the leaves: sizes, the truth of each leaf, columns that are missing."""
    lazy = nw.from_native(frame).lazy()
    columns = set(lazy.collect_schema().names())
    leaves = sorted({"email"}.union(*(formula.names() for _, formula in _formulas(rows, book))))
    tests = {leaf: _test(leaf, columns, book) for leaf in leaves}
    bits = {leaf: test for leaf, test in tests.items() if test is not None}
    code = nw.lit(0, dtype=nw.Int64)
    for at, test in enumerate(bits.values()):
        code = code + nw.when(test).then(nw.lit(2**at, dtype=nw.Int64)).otherwise(nw.lit(0, dtype=nw.Int64))
    table = lazy.select(code.alias("pattern")).group_by("pattern").agg(nw.len().alias("n")).collect()
    codes = np.asarray(table["pattern"].to_numpy(), dtype=np.int64)
    order = np.argsort(codes)
    codes, sizes = codes[order], np.asarray(table["n"].to_numpy(), dtype=np.int64)[order]
    truth = {leaf: np.zeros(len(codes), dtype=bool) for leaf in leaves}
    truth |= {leaf: (codes >> at) & 1 == 1 for at, leaf in enumerate(bits)}
    return sizes, truth, tuple(leaf for leaf in leaves if leaf not in bits)


def _test(leaf: str, columns: set[str], book: ScenarioBook) -> nw.Expr | None:
    if leaf == "any":
        names = sorted(name for name in columns if name.startswith("has_"))
        return nw.any_horizontal(*[nw.col(name) for name in names], ignore_nulls=True) if names else None
    if leaf == "sensitive":
        found = [name for name in book.sensitive_categories if name in columns]
        levels = [nw.col(name) >= book.sensitive_level for name in found]
        return nw.any_horizontal(*levels, ignore_nulls=True) if levels else None
    if leaf == "laboratory":
        return ~nw.col(leaf).is_null() if leaf in columns else None
    if f"has_{leaf}" in columns:
        return nw.col(f"has_{leaf}")
    return nw.col(leaf) >= book.sensitive_level if leaf in columns else None
