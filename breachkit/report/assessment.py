"""Everything found about one leak and its circumstances."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import polars as pl

from breachkit.locale import Language, integer, language, say
from breachkit.report.smallcounts import finite
from breachkit.results import Card, Plot, Result, jsonable

if TYPE_CHECKING:
    from breachkit.circumstances import Circumstances
    from breachkit.classify import FieldMap, Records
    from breachkit.exposure import Exposure
    from breachkit.fraud import FraudRisk
    from breachkit.leak import Leak
    from breachkit.people import People
    from breachkit.severity import Severity
    from breachkit.whatif import WhatIf


@dataclasses.dataclass(frozen=True, repr=False, eq=False)
class Assessment(Result):
    """One leak, walked from file to figures.

    Parameters
    ----------
    leak, fields, records, people, exposure, fraud, severity, what_if
        The result of each station; ``what_if`` is ``None`` when it was not asked for.
    circumstances
        What the data cannot say.
    lang, seed, version
        The language of its report, the seed of its simulations, the version of breachkit.
    sampled
        Rows read, when only a sample was (``None`` for all): then every figure is of the sample.
    """

    schema: ClassVar[str] = "breachkit/assessment/1"

    leak: Leak
    fields: FieldMap
    records: Records = dataclasses.field(repr=False)
    people: People
    exposure: Exposure
    fraud: FraudRisk
    severity: Severity
    what_if: WhatIf | None
    circumstances: Circumstances
    lang: Language
    seed: int
    version: str
    sampled: int | None = None

    def key_figures(self) -> pl.DataFrame:
        """Give the answer in a few rows: ``figure, value, low, high, unit`` (no low and high if exact)."""
        exposure, severity = self.exposure, self.severity
        found = exposure.matrix.filter((pl.col("category") == "anyone") & pl.col("direct"))
        most = int(found["findable"].max() or 0)  # type: ignore[arg-type]
        rows: list[tuple[str, float | None, float | None, float | None, str]] = [
            ("rows", float(self.leak.to_frame()["rows"].sum()), None, None, "rows"),
            ("people", float(exposure.n_people), None, None, "people"),
            ("people_revealed", float(exposure.n_revealed), None, None, "people"),
            ("people_findable", float(most), None, None, "people"),
            ("severity", severity.score_max, severity.score_low, severity.score_high, "ENISA score"),
        ]
        for frame, key, unit in (
            (self.fraud.victims, "quantity", "people"),
            (self.fraud.ledgers, "ledger", "EUR"),
        ):
            rows += [
                (f"fraud_{row[key]}", row["mean"], row["q05"], row["q95"], unit)
                for row in frame.iter_rows(named=True)
            ]
        columns = {
            "figure": pl.String,
            "value": pl.Float64,
            "low": pl.Float64,
            "high": pl.Float64,
            "unit": pl.String,
        }
        return pl.DataFrame(rows, schema=columns, orient="row")

    def to_frame(self) -> pl.DataFrame:
        """Give `key_figures`."""
        return self.key_figures()

    def to_dict(self, *, reveal: bool = False) -> dict[str, Any]:
        """Give every station's result under its own schema; nothing per person, nothing leaked.

        Counts of fewer than five people are ``None``, and enough others that subtraction does not bring
        them back; ``reveal`` gives them all.
        """
        from breachkit.report.sharing import small_out, stations_of

        figures = self.key_figures()
        if not reveal:
            exact = (pl.col("unit") == "people") & pl.col("low").is_null()
            told = pl.when(exact).then(*small_out("value")).otherwise(pl.col("value"))
            figures = figures.with_columns(value=told)
        facts = {"version": self.version, "seed": self.seed, "sampled": self.sampled, "exact": reveal}
        stations = stations_of(self, reveal=reveal)
        made: dict[str, Any] = finite(
            {"schema": self.schema, **facts, "key_figures": jsonable(figures), **stations}
        )
        return made

    def save(self, path: str | Path, *, reveal: bool = False) -> Path:
        """Write ``assessment.json`` (owner only), see `to_dict`."""
        from breachkit.report.folder import write_private

        text = json.dumps(self.to_dict(reveal=reveal), ensure_ascii=False, indent=1, allow_nan=False)
        return write_private(Path(path), text)

    def report(self, path: str | Path, *, lang: str | None = None) -> Path:
        """Write the report: HTML, or PDF when ``path`` ends in ``.pdf``.

        Raises
        ------
        MissingExtraError
            For a PDF when WeasyPrint or the system's pango is not there.
        """
        from breachkit.report.page import write_report

        return write_report(self, Path(path), language(lang or self.lang))

    def forms(self, folder: str | Path, lang: str | None = None) -> list[Path]:
        """Write notification, register entry and letters as Markdown: aids that a person checks."""
        from breachkit.report.forms import write_forms

        return write_forms(self, Path(folder), language(lang or self.lang))

    def notification_list(self, path: str | Path, *, lang: str | None = None, reveal: bool = False) -> Path:
        """Write people x categories x best channel x priority (CSV or XLSX), owner only; needs ``reveal``."""
        from breachkit.report.notify import write_notification_list

        return write_notification_list(self, path, lang=lang, reveal=reveal)

    def figures(self, folder: str | Path, lang: str | None = None) -> int:
        """Write every figure of the report as PNG and SVG under ``folder/figures``."""
        from breachkit.report.outputs import write_figures

        return write_figures(self, Path(folder), lang or self.lang)

    def card(self, lang: Language) -> Card:
        """Say the answer on one page: how many, what, whom, how badly, what to fix first."""
        from breachkit.report.answer import answer
        from breachkit.report.smallcounts import BELOW

        found = answer(self, lang)
        heads = [say("report", f"head_{name}", lang) for name in ("category", "people", "interval")]
        shown = pl.DataFrame(found.categories, schema=dict.fromkeys(heads, pl.String), orient="row")
        notes = [say("report", "rarer", lang, n=found.rare)] if found.rare else []
        notes.append(say("report", "small_cells", lang, below=BELOW))
        if self.sampled is not None:
            notes.insert(0, say("report", "sampled", lang, rows=integer(self.sampled, lang)))
        title = say("report", "answer", lang)
        return Card(title, found.sentences(lang), shown, say("report", "exposed_to", lang), notes)

    def plot(self, *, lang: str | None = None) -> Plot:
        """Draw this leak among the known cases."""
        return self.severity.plot(lang=lang)
