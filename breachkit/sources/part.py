"""What reading one thing gives: one table, where it came from, what was wrong with it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any, Literal

import polars as pl

from breachkit.errors import BreachkitError
from breachkit.leak import DAMAGE_SCHEMA, QUARANTINE_SCHEMA, ROW, Leak, Source

Keep = Literal["keep", "quarantine"]
LIMIT = 4 * 1024**3
MOST_LINES_NAMED = 10_000


@dataclasses.dataclass(frozen=True)
class Options:
    """How to read; ``None`` means "look at the data and decide". Described at `breachkit.read`."""

    name: str | None = None
    delimiter: str | None = None
    encoding: str | None = None
    quote: str | None = None
    header: bool | None = None
    repair_mojibake: bool | None = None
    short_lines: Keep = "keep"
    long_lines: Keep = "keep"
    tables: tuple[str, ...] | None = None
    password: str | None = dataclasses.field(default=None, repr=False)
    max_expanded_bytes: int = LIMIT


@dataclasses.dataclass
class Ledger:
    """The damage of one table while it is read: one entry per line hurt, counted by kind.

    Kinds and actions are rows of ``damage_kinds.csv``. Past `MOST_LINES_NAMED` lines of one kind, lines
    are still counted but no longer listed one by one in ``leak.damage`` (the quarantine has them all).
    """

    hurt: dict[tuple[str, str], list[tuple[int | None, int]]] = dataclasses.field(default_factory=dict)
    held: list[tuple[int, str, str]] = dataclasses.field(default_factory=list)

    def note(self, kind: str, action: str, line: int | None = None, count: int = 1) -> None:
        """Count ``count`` cases of ``kind`` at ``line`` (1-based physical line; ``None``: no single line)."""
        self.hurt.setdefault((kind, action), []).append((line, count))

    def hold(self, line: int, reason: str, raw: str) -> None:
        """Keep the raw text of a line apart."""
        self.held.append((line, reason, raw))

    def damage(self, table: str) -> pl.DataFrame:
        """`DAMAGE_SCHEMA` rows, lines in order, kinds in order of appearance."""
        rows: list[tuple[str, int | None, str | None, str, int, str]] = []
        for (kind, action), cases in self.hurt.items():
            named = [case for case in cases if case[0] is not None][:MOST_LINES_NAMED]
            rest = sum(count for _, count in cases) - sum(count for _, count in named)
            rows += [(table, line, None, kind, count, action) for line, count in named]
            if rest:
                rows.append((table, None, None, kind, rest, action))
        return pl.DataFrame(rows, schema=DAMAGE_SCHEMA, orient="row")

    def quarantine(self, table: str) -> pl.DataFrame:
        """`QUARANTINE_SCHEMA` rows, in order of the lines."""
        rows = sorted((table, line, reason, raw) for line, reason, raw in self.held)
        return pl.DataFrame(rows, schema=QUARANTINE_SCHEMA, orient="row")


@dataclasses.dataclass
class Part:
    """One table as read; no frame: a file that could not be."""

    name: str
    frame: Any
    source: Source
    ledger: Ledger = dataclasses.field(default_factory=Ledger)


def numbered(frame: pl.DataFrame | pl.LazyFrame) -> pl.LazyFrame:
    """Add ``_row`` (Int64, 0-based) in front."""
    return frame.lazy().with_row_index(ROW).with_columns(pl.col(ROW).cast(pl.Int64))


def assemble(parts: Iterable[Part]) -> Leak:
    """Make the `Leak` of the parts; tables that share a name become ``name_2``, ``name_3``..."""
    tables: dict[str, Any] = {}
    sources: list[Source] = []
    damage, held = [pl.DataFrame(schema=DAMAGE_SCHEMA)], [pl.DataFrame(schema=QUARANTINE_SCHEMA)]
    for part in parts:
        name = part.name
        if part.frame is not None:
            name = unique(part.name, tables)
            tables[name] = part.frame
        sources.append(dataclasses.replace(part.source, table=name))
        damage.append(part.ledger.damage(name))
        held.append(part.ledger.quarantine(name))
    if not tables:
        raise BreachkitError("There is no table to read.", hint="Check that the source holds data files.")
    return Leak(
        tables=tables, provenance=tuple(sources), damage=pl.concat(damage), quarantined=pl.concat(held)
    )


def unique(name: str, taken: Mapping[str, object] | set[str]) -> str:
    """Give ``name``, or ``name_2``, ``name_3``... if it is taken.

    Examples
    --------
    >>> unique("x", {"x", "x_2"})
    'x_3'
    """
    if name not in taken:
        return name
    number = 2
    while f"{name}_{number}" in taken:
        number += 1
    return f"{name}_{number}"
