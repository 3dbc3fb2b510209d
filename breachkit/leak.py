"""The leak as found: named tables of text, where they came from, and what was damaged."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, ClassVar

import polars as pl

from breachkit.errors import BreachkitError
from breachkit.locale import Language, counted, integer, said_or, say
from breachkit.results import Card, Plot, Result, counted_bars, empty, house_style, speak

ROW = "_row"
DAMAGE_SCHEMA = pl.Schema(
    {
        "table": pl.String,
        "line": pl.Int64,
        "column": pl.String,
        "kind": pl.String,
        "count": pl.Int64,
        "action": pl.String,
    }
)
QUARANTINE_SCHEMA = pl.Schema({"table": pl.String, "line": pl.Int64, "reason": pl.String, "raw": pl.String})
FACT_SCHEMA = pl.Schema(
    {
        "table": pl.String,
        "row": pl.Int64,
        "column": pl.String,
        "start": pl.Int64,
        "end": pl.Int64,
        "person_id": pl.Int64,
        "category": pl.String,
        "status": pl.String,
        "half": pl.String,
    }
)
TRUE_DAMAGE_SCHEMA = pl.Schema(
    {"table": pl.String, "row": pl.Int64, "column": pl.String, "noise": pl.String, "true_value": pl.String}
)


@dataclasses.dataclass(frozen=True, repr=False)
class Source:
    """One file or frame that a table came from, and how it was read. No credentials, no values.

    ``decided_by`` says how encoding, delimiter and header were chosen (``"given"`` or the evidence).
    """

    table: str
    origin: str
    size: int | None = None
    sha256: str | None = None
    format: str = ""
    encoding: str = ""
    delimiter: str = ""
    header: bool | None = None
    decided_by: Mapping[str, str] = dataclasses.field(default_factory=dict)

    def __repr__(self) -> str:
        return f"Source({self.table!r}, {self.format or 'frame'}, {self.encoding or '-'})"


@dataclasses.dataclass(frozen=True)
class Truth:
    """What only a generator knows: who is who, what is revealed where, what was damaged.

    ``people``: ``table, row, person_id, household_id`` and the true attributes; ``households``:
    ``household_id`` and what its members share; ``facts``: `FACT_SCHEMA`, one row per sensitive fact,
    ``start``/``end`` in code points (null for a whole cell), ``half`` is the phrasebook's ``dev`` or
    ``holdout`` half (null outside comments); ``damage``: `TRUE_DAMAGE_SCHEMA`, one row per damaged cell.
    """

    people: pl.LazyFrame
    households: pl.LazyFrame
    facts: pl.LazyFrame
    damage: pl.LazyFrame


@dataclasses.dataclass(frozen=True, repr=False, eq=False)
class Leak(Result):
    """A leak as found: tables of text, provenance, damage, quarantine.

    Parameters
    ----------
    tables
        Name -> lazy frame, every column text, plus ``_row`` (Int64, 0-based, unique in its table). A frame
        handed in keeps its engine.
    provenance
        One `Source` per table and file.
    damage
        `DAMAGE_SCHEMA`: what was wrong, where, how often, and what was done about it.
    quarantined
        `QUARANTINE_SCHEMA`: lines kept apart, raw; read them through `quarantine` or `quarantined_lines`.
    truth
        For synthetic leaks only.
    """

    schema: ClassVar[str] = "breachkit/leak/1"

    tables: Mapping[str, Any] = dataclasses.field(repr=False)
    provenance: tuple[Source, ...] = ()
    damage: pl.DataFrame = dataclasses.field(default_factory=lambda: pl.DataFrame(schema=DAMAGE_SCHEMA))
    quarantined: pl.DataFrame = dataclasses.field(
        default_factory=lambda: pl.DataFrame(schema=QUARANTINE_SCHEMA), repr=False
    )
    truth: Truth | None = dataclasses.field(default=None, repr=False)

    @property
    def quarantine(self) -> pl.DataFrame:
        """``table, line, reason`` of each line kept apart; its raw text stays hidden."""
        return self.quarantined.drop("raw")

    def quarantined_lines(self, *, reveal: bool = False) -> pl.DataFrame:
        """Give the quarantined lines with their raw text.

        Raises
        ------
        BreachkitError
            Unless ``reveal=True``: the raw text is personal data.
        """
        if not reveal:
            raise BreachkitError(
                "Quarantined lines hold personal data.", hint="Pass reveal=True to see them."
            )
        return self.quarantined

    def to_frame(self) -> pl.DataFrame:
        """One row per table: ``table, rows, columns, format, encoding, quarantined``."""
        import narwhals as nw

        sources = {source.table: source for source in self.provenance}
        held = dict(self.quarantined.group_by("table").len().iter_rows())
        rows = []
        for name, frame in self.tables.items():
            lazy = nw.from_native(frame).lazy()
            source = sources.get(name)
            rows.append(
                {
                    "table": name,
                    "rows": int(lazy.select(nw.len()).collect().item()),
                    "columns": len([c for c in lazy.collect_schema().names() if c != ROW]),
                    "format": source.format if source else "",
                    "encoding": source.encoding if source else "",
                    "quarantined": held.get(name, 0),
                }
            )
        schema = {"table": pl.String, "rows": pl.Int64, "columns": pl.Int64}
        return pl.DataFrame(
            rows, schema=schema | {"format": pl.String, "encoding": pl.String, "quarantined": pl.Int64}
        )

    def card(self, lang: Language) -> Card:
        """Name the tables, their sizes, and how much was damaged."""
        frame = self.to_frame()
        found = ", ".join(
            counted("results", noun, n, lang)
            for noun, n in (("tables", frame.height), ("rows", int(frame["rows"].sum())))
        )
        hurt = ", ".join(
            counted("results", noun, n, lang)
            for noun, n in (("damage", int(self.damage["count"].sum())), ("lines", self.quarantined.height))
        )
        written = frame.with_columns(
            pl.Series(name, [integer(n, lang) for n in frame[name]], pl.String)
            for name, dtype in frame.schema.items()
            if dtype.is_integer()
        )
        headed = written.rename({name: say("results", f"leak_{name}", lang) for name in frame.columns})
        return Card(say("results", "leak", lang), (f"{found}.", f"{hurt}."), headed)

    def plot(self, *, lang: str | None = None) -> Plot:
        """Bars of the damage found, by kind."""
        from matplotlib.figure import Figure

        from breachkit.locale import language

        spoken = language(lang)
        data = self.damage.group_by("kind").agg(pl.col("count").sum()).sort("count", "kind")
        with house_style():
            figure = Figure(figsize=(7, 1.2 + 0.35 * max(1, data.height)))
            axes = figure.subplots()
            title = say("results", "leak_damage_title", spoken)
            if not data.height:
                return empty(figure, axes, title, say("results", "leak_undamaged", spoken), spoken, data)
            names = [damage_label(kind, spoken) for kind in data["kind"]]
            told = counted_bars(axes, names, data["count"].to_list(), spoken)
            speak(axes.xaxis, spoken)
            axes.set_title(title)
        return Plot(figure, say("locale", "labelled", spoken, label=title, value=told), data, title)


def damage_label(kind: str, lang: Language) -> str:
    """Name a kind of damage, or the reason of a quarantine, which may tell how many cells a line has.

    Examples
    --------
    >>> damage_label("nul", "en"), damage_label("short_line: 2/3", "en")
    ('NUL bytes', 'line too short (2/3)')
    """
    name, _, cells = kind.partition(": ")
    label = said_or("results", f"damage_{name}", lang, name)
    return f"{label} ({cells})" if cells else label
