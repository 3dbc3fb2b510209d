"""Tables fit to be shared: small counts out, and enough others that subtraction does not bring them back."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import TYPE_CHECKING

import polars as pl

from breachkit import taxonomy
from breachkit.errors import BreachkitError

if TYPE_CHECKING:
    from breachkit.exposure.exposure import Exposure

TABLES = (
    "matrix", "categories", "statuses", "strata", "overlaps", "attributes", "ease", "identifiability",
    "look_alikes",
)  # fmt: skip
OWN = ("history", "asserted")


@dataclasses.dataclass(eq=False)
class Ledger:
    """Counts, and the sums by which one could be had from others.

    A relation is a group of cells one of which is the sum of the rest, or whose sum everybody knows. Where
    a cell of it is hidden, a second one is, and more until the hidden ones add up to twice ``below``: the
    sum then leaves every hidden small count free to be anything from 1 to ``below`` - 1. Cells with ``fixed``
    are known anyway (the number of people in the file).
    """

    below: int
    values: list[int] = dataclasses.field(default_factory=list)
    hidden: set[int] = dataclasses.field(default_factory=set)
    fixed: set[int] = dataclasses.field(default_factory=set)
    relations: list[tuple[list[int], int]] = dataclasses.field(default_factory=list)

    def cell(self, value: int | None, *, fixed: bool = False, hidden: bool = False) -> int:
        """Add a count; give its number."""
        self.values.append(int(value or 0))
        at = len(self.values) - 1
        if fixed:
            self.fixed.add(at)
        if hidden or (not fixed and 0 < self.values[at] < self.below):
            self.hidden.add(at)
        return at

    def relate(self, cells: Iterable[int], *, loosely: bool = False) -> None:
        """Declare that the cells are bound by a sum; ``loosely``: by a bound only (people in two of them)."""
        self.relations.append((list(cells), 0 if loosely else 2 * self.below))

    def close(self) -> Ledger:
        """Hide what else must be, until no relation gives a hidden cell away."""
        changed = True
        while changed:
            changed = False
            for cells, enough in self.relations:
                gone = [at for at in cells if at in self.hidden]
                while gone and (len(gone) < 2 or sum(self.values[at] for at in gone) < enough):
                    spare = [at for at in cells if at not in self.hidden | self.fixed and self.values[at]]
                    if not spare:
                        break
                    gone.append(min(spare, key=lambda at: (self.values[at], at)))
                    self.hidden.add(gone[-1])
                    changed = True
        return self

    def shown(self, cells: Iterable[int]) -> list[int | None]:
        """Give the counts, hidden ones as ``None``."""
        return [None if at in self.hidden else self.values[at] for at in cells]


def shareable(exposure: Exposure, table: str = "matrix", below: int = 5) -> pl.DataFrame:
    """Give a table of an exposure with counts under ``below`` suppressed, and enough of the margins.

    Counts whose complement is small (all but three people) are suppressed too. ``expected`` is rounded to
    multiples of ``below``. Each table is safe against subtraction inside itself and against the tables of
    categories and statuses; files that were already shared elsewhere are not known here.

    Raises
    ------
    BreachkitError
        For an unknown table or a threshold under 2.
    """
    if table not in TABLES:
        raise BreachkitError.unknown("table", table, TABLES)
    if below < 2:
        raise BreachkitError(f"A threshold of {below} hides nothing.", hint="Give 2 or more; 5 is usual.")
    made = {
        "matrix": _matrix, "categories": _categories, "statuses": _statuses, "strata": _strata,
        "overlaps": _overlaps, "attributes": _attributes, "identifiability": _identifiability,
    }  # fmt: skip
    if table in made:
        return made[table](exposure, below)
    by = ["direct"] if table == "ease" else ["adversary", "direct"]
    return _partition(getattr(exposure, table), by, below)


def _totals(exposure: Exposure, below: int) -> tuple[Ledger, dict[str, dict[str, int]]]:
    """Statuses, categories and what binds them, settled once for all tables."""
    ledger = Ledger(below)
    places: dict[str, dict[str, int]] = {}
    everybody = ledger.cell(exposure.n_people, fixed=True)
    for category, people, own in exposure.categories.select("category", "people", "own").iter_rows():
        at = places[category] = {
            "people": ledger.cell(people), "own": ledger.cell(own), "other": ledger.cell(people - own),
            "rest": ledger.cell(exposure.n_people - people),
        }  # fmt: skip
        for status, count in (
            exposure.statuses.filter(category=category).select("status", "people").iter_rows()
        ):
            at[status] = ledger.cell(count)
        listed = [name for name in taxonomy.STATUS_LEVEL if name in at]
        ledger.relate([at["people"], at["rest"], everybody])
        ledger.relate([at["people"], at["own"], at["other"]])
        ledger.relate([at["own"], *(at[name] for name in listed if name in OWN)])
        ledger.relate([at["other"], *(at[name] for name in listed if name not in OWN)])
        ledger.relate([at["people"], *(at[name] for name in listed)])
    ledger.relate((at["people"] for at in places.values()), loosely=True)
    return ledger.close(), places


def _categories(exposure: Exposure, below: int) -> pl.DataFrame:
    ledger, places = _totals(exposure, below)
    frame = exposure.categories
    people, own = (
        pl.Series(name, ledger.shown(places[c][name] for c in frame["category"]), pl.Int64)
        for name in ("people", "own")
    )
    kept = pl.Series(people).is_not_null()
    ends = (pl.when(kept).then(pl.col(name)).alias(name) for name in ("estimate", "low", "high"))
    return frame.with_columns(people, own, *ends)


def _statuses(exposure: Exposure, below: int) -> pl.DataFrame:
    ledger, places = _totals(exposure, below)
    rows = exposure.statuses.select("category", "status").iter_rows()
    return exposure.statuses.with_columns(
        people=pl.Series(ledger.shown(places[c][s] for c, s in rows), dtype=pl.Int64)
    )


def _matrix(exposure: Exposure, below: int) -> pl.DataFrame:
    totals, places = _totals(exposure, below)
    names = ("people", "findable", "learned", "own", "findable_own")
    shown: dict[str, list[int | None]] = {name: [] for name in names}
    for row in exposure.matrix.iter_rows(named=True):
        people, found, learned, own, both = (row[name] for name in names)
        at = places.get(row["category"])
        gone = [at is not None and at[name] in totals.hidden for name in ("people", "own", "other")]
        ledger = Ledger(below)
        whole = ledger.cell(people, fixed=not gone[0], hidden=gone[0])
        mine = ledger.cell(own, fixed=not gone[1], hidden=gone[1])
        other = ledger.cell(people - own, fixed=not gone[2], hidden=gone[2])
        finds, says, finds_own = ledger.cell(found), ledger.cell(learned), ledger.cell(both)
        lost, finds_other = ledger.cell(people - found), ledger.cell(found - both)
        ledger.relate([whole, finds, lost])
        ledger.relate([whole, says, ledger.cell(people - learned)])
        ledger.relate([mine, finds_own, ledger.cell(own - both)])
        ledger.relate([finds, finds_own, finds_other])
        ledger.relate([other, finds_other, ledger.cell(people - own - found + both)])
        ledger.close()
        if gone[0]:
            ledger.hidden |= set(range(len(ledger.values)))
        for name, value in zip(names, ledger.shown([whole, finds, says, mine, finds_own]), strict=True):
            shown[name].append(value)
    columns = [pl.Series(name, values, pl.Int64) for name, values in shown.items()]
    rounded = (pl.col("expected") / below).round() * below
    kept = pl.col("people").is_not_null() & pl.col("findable").is_not_null()
    return exposure.matrix.with_columns(columns).with_columns(expected=pl.when(kept).then(rounded))


def _strata(exposure: Exposure, below: int) -> pl.DataFrame:
    ledger, rows = Ledger(below), []
    for (_,), frame in exposure.strata.group_by(["by"], maintain_order=True):
        mine = []
        for people, revealed in frame.select("people", "revealed").iter_rows():
            cells = [ledger.cell(people), ledger.cell(revealed), ledger.cell(people - revealed)]
            ledger.relate(cells)
            mine.append(cells)
        for kind in range(3):
            ledger.relate(cells[kind] for cells in mine)
        rows += mine
    ledger.close()
    return exposure.strata.with_columns(
        pl.Series("people", ledger.shown(cells[0] for cells in rows), pl.Int64),
        pl.Series("revealed", ledger.shown(cells[1] for cells in rows), pl.Int64),
    )


def _overlaps(exposure: Exposure, below: int) -> pl.DataFrame:
    ledger = Ledger(below)
    listed = list(exposure.overlaps.select("categories", "people").iter_rows())
    cells = [ledger.cell(people) for _, people in listed]
    ledger.relate(cells)
    for category in sorted({name for names, _ in listed for name in names}):
        ledger.relate(at for at, (names, _) in zip(cells, listed, strict=True) if category in names)
    ledger.close()
    return exposure.overlaps.with_columns(people=pl.Series(ledger.shown(cells), dtype=pl.Int64))


def _attributes(exposure: Exposure, below: int) -> pl.DataFrame:
    ledger, cells = Ledger(below), []
    for people in exposure.attributes["people"]:
        cells.append(ledger.cell(people))
        ledger.relate([cells[-1], ledger.cell(exposure.n_people - people)])
    column = pl.Series("people", ledger.close().shown(cells), pl.Int64)
    share = pl.when(column.is_not_null()).then(pl.col("share"))
    return exposure.attributes.with_columns(column, share=share)


def _identifiability(exposure: Exposure, below: int) -> pl.DataFrame:
    totals, places = _totals(exposure, below)
    ledger = Ledger(below)
    groups: dict[tuple[bool, str], list[int]] = {}
    cells = []
    for direct, category, people in exposure.identifiability.select(
        "direct", "category", "people"
    ).iter_rows():
        gone = category in places and places[category]["people"] in totals.hidden
        cells.append(ledger.cell(people, hidden=gone))
        groups.setdefault((direct, category), []).append(cells[-1])
    for group in groups.values():
        ledger.relate(group)
    shown = ledger.close().shown(cells)
    return exposure.identifiability.with_columns(people=pl.Series(shown, dtype=pl.Int64))


def _partition(frame: pl.DataFrame, by: list[str], below: int) -> pl.DataFrame:
    """Hide in a table whose counts add up to the people of the file in each group of ``by``."""
    ledger = Ledger(below)
    cells = [ledger.cell(people) for people in frame["people"]]
    for (_,), rows in frame.with_row_index("_at").group_by([pl.struct(by)], maintain_order=True):
        ledger.relate(cells[at] for at in rows["_at"])
        if "look_alikes" in frame.columns:  # the matrix tells how many have one or two
            ledger.relate(cells[at] for at in rows.filter(pl.col("look_alikes") <= 2)["_at"])
    return frame.with_columns(people=pl.Series(ledger.close().shown(cells), dtype=pl.Int64))
