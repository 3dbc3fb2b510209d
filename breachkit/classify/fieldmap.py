"""The field map: which column holds what, why, and who decided; kept and edited by people."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import polars as pl

from breachkit import taxonomy
from breachkit.classify.mapcard import told
from breachkit.classify.mapplot import draw
from breachkit.classify.telling import unexplained
from breachkit.errors import BreachkitError
from breachkit.locale import Language, language
from breachkit.results import Card, Plot, Result

_FIELDS: dict[str, pl.DataType | type[pl.DataType]] = {
    "table": pl.String,
    "column": pl.String,
    "position": pl.Int64,
    "attribute": pl.String,
    "subject": pl.String,
    "categories": pl.List(pl.String()),
    "confidence": pl.Float64,
    "name_score": pl.Float64,
    "value_score": pl.Float64,
    "validator_score": pl.Float64,
    "dictionary_score": pl.Float64,
    "neighbour_score": pl.Float64,
    "share": pl.Float64,
    "article": pl.String,
    "reasons": pl.List(pl.String()),
    "example_shape": pl.String,
    "decided_by": pl.String,
}
FIELD_SCHEMA = pl.Schema(_FIELDS)
DETECTOR_SCHEMA = pl.Schema({"id": pl.String, "ran": pl.Boolean, "why": pl.String})


@dataclasses.dataclass(frozen=True, repr=False, eq=False)
class FieldMap(Result):
    """One row per column of the leak: the attribute it holds, whose, how surely, and the evidence.

    Parameters
    ----------
    fields
        `FIELD_SCHEMA`. ``attribute`` is null for a column that nothing explains; ``share`` is the share of
        filled rows that have the shape found (null when the values were not needed or not there);
        ``example_shape`` is a pure shape, never a value; ``decided_by`` is ``tool`` or ``human``.
    detectors
        ``id, ran, why``: every detector, whether it ran, and why not.
    """

    schema: ClassVar[str] = "breachkit/fieldmap/1"

    fields: pl.DataFrame
    detectors: pl.DataFrame = dataclasses.field(default_factory=lambda: pl.DataFrame(schema=DETECTOR_SCHEMA))

    def to_frame(self) -> pl.DataFrame:
        """One row per column, in the order of the leak."""
        return self.fields

    @property
    def unclassified(self) -> pl.DataFrame:
        """``table, column, reasons`` of the columns that stay unexplained."""
        return self.fields.filter(unexplained()).select("table", "column", "reasons")

    def columns(self, attribute: str, *, subject: str | None = None, table: str | None = None) -> list[str]:
        """Name the columns that hold an attribute, optionally of one subject in one table."""
        kept = self.fields.filter(pl.col("attribute") == attribute)
        if subject is not None:
            kept = kept.filter(pl.col("subject") == subject)
        if table is not None:
            kept = kept.filter(pl.col("table") == table)
        return kept["column"].to_list()

    def decide(
        self,
        column: str,
        attribute: str | None,
        *,
        table: str | None = None,
        subject: str | None = None,
        categories: Sequence[str] | None = None,
    ) -> FieldMap:
        """Give a map in which a person has decided what a column holds; no re-run changes that.

        Raises
        ------
        BreachkitError
            If there is no such column, attribute, subject or category.
        """
        from breachkit.classify.decisions import Decision, apply
        from breachkit.classify.entries import listed

        known = self.fields.filter(pl.col("column") == column)
        if table is not None:
            known = known.filter(pl.col("table") == table)
        if not known.height:
            raise BreachkitError(f"No column {column!r} in the field map.")
        made = [
            Decision(name, column, attribute, subject, None if categories is None else listed(categories))
            for name in known["table"]
        ]
        return dataclasses.replace(self, fields=apply(self.fields, made))

    def save(self, path: str | Path) -> Path:
        """Write ``fields.yaml``: pure shapes, no value. Human decisions already in that file are kept."""
        from breachkit.classify.mapfile import write

        return write(self, Path(path))

    @classmethod
    def load(cls, path: str | Path) -> FieldMap:
        """Read a ``fields.yaml``; an attribute that a person changed counts as a human decision."""
        from breachkit.classify.mapfile import read_map

        return read_map(Path(path))

    def counts(self) -> pl.DataFrame:
        """``attribute, subject, columns``: how many columns hold what."""
        named = self.fields.filter(pl.col("attribute").is_not_null())
        return named.group_by("attribute", "subject").len("columns").sort("attribute", "subject")

    def card(self, lang: Language) -> Card:
        """Show the columns that tell most, what they hold and how surely; the others folded."""
        return told(self, lang)

    def plot(self, *, lang: str | None = None) -> Plot:
        """Bars of the confidence in the columns that tell most, human decisions in another colour."""
        return draw(self, language(lang))


def field_frame(rows: Sequence[Mapping[str, Any]]) -> pl.DataFrame:
    """Build the frame of a field map from rows."""
    return pl.DataFrame(list(rows), schema=FIELD_SCHEMA, orient="row")


def article_of(attribute: str | None, categories: Iterable[str]) -> str:
    """Name the GDPR articles of an attribute and of the categories a column reveals.

    Examples
    --------
    >>> article_of("email", ["hiv"])
    '4(1); 4(15); 9(1)'
    """
    known = _articles()
    parts: list[str] = []
    for name in [attribute, *categories]:
        parts += [part for part in known.get(name or "", "").split("; ") if part and part not in parts]
    return "; ".join(parts)


@cache
def _articles() -> dict[str, str]:
    tables = (taxonomy.attributes(), taxonomy.categories(), taxonomy.contexts())
    return {row["id"]: row["article"] for frame in tables for row in frame.iter_rows(named=True)}
