"""The annex: what another auditor needs to repeat the analysis."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.metadata import version
from typing import TYPE_CHECKING

import polars as pl

from breachkit import taxonomy
from breachkit.classify.reasons import detector_label
from breachkit.leak import damage_label
from breachkit.locale import Language, decimal, integer, percent, rounded, said_or, say
from breachkit.report.smallcounts import people as count
from breachkit.report.stations import spoken_table
from breachkit.results.card import table_html

if TYPE_CHECKING:
    from breachkit.report.assessment import Assessment

LIBRARIES = ("polars", "narwhals", "numpy", "scipy", "matplotlib")


def annex(assessment: Assessment, lang: Language) -> Iterator[tuple[str, str]]:
    """Give the titles and tables of the annex, in the page's language."""
    frames = {
        "annex_sources": _sources(assessment),
        "annex_damage": _damage(assessment.leak.damage, lang),
        "annex_quarantine": _quarantine(assessment.leak.quarantine, lang),
        "annex_fields": _fields(assessment, lang),
        "annex_detectors": _idle(assessment.fields.detectors, lang),
        "annex_figures": _figures(assessment, lang),
    }
    for key, frame in frames.items():
        if frame.height:
            title = say("report", key, lang)
            yield title, spoken_table(frame, lang, "")
    given = assessment.circumstances.card(lang).table
    if given is not None and given.height:
        title = say("report", "annex_circumstances", lang)
        yield title, table_html(given)
    title = say("report", "annex_versions", lang)
    yield title, spoken_table(_versions(assessment, lang), lang, "")


def _sources(assessment: Assessment) -> pl.DataFrame:
    schema = {
        "table": pl.String,
        "format": pl.String,
        "encoding": pl.String,
        "bytes": pl.Int64,
        "sha256": pl.String,
    }
    rows = [
        {"table": s.table, "format": s.format, "encoding": s.encoding, "bytes": s.size, "sha256": s.sha256}
        for s in assessment.leak.provenance
    ]
    return pl.DataFrame(rows, schema=schema)


def _damage(damage: pl.DataFrame, lang: Language) -> pl.DataFrame:
    return damage.with_columns(
        _said("kind", lambda kind: damage_label(kind, lang)),
        _said("action", lambda action: said_or("results", f"action_{action}", lang, action)),
    )


def _quarantine(quarantine: pl.DataFrame, lang: Language) -> pl.DataFrame:
    counts = quarantine.group_by("table", "reason").len("count").sort("table", "reason")
    return counts.with_columns(_said("reason", lambda reason: damage_label(reason, lang)))


def _idle(detectors: pl.DataFrame, lang: Language) -> pl.DataFrame:
    return detectors.filter(~pl.col("ran")).select(
        _said("id", lambda id: detector_label(id, lang)),
        _said("why", lambda why: said_or("classify", f"why_{why.replace(' ', '_')}", lang, why)),
    )


def _said(name: str, say_it: Callable[[str], str]) -> pl.Expr:
    return pl.col(name).map_elements(say_it, pl.String)


def _fields(assessment: Assessment, lang: Language) -> pl.DataFrame:
    rows = [
        {
            "table": row["table"],
            "column": row["column"],
            "holds": ", ".join(taxonomy.label(n, lang) for n in [row["attribute"], *row["categories"]] if n),
            "subject": taxonomy.label(row["subject"], lang) if row["subject"] else "",
            "confidence": percent(row["confidence"], lang, 0),
            "shape": row["example_shape"] or "",
            "article": row["article"],
            "decided": say("classify", row["decided_by"], lang),
        }
        for row in assessment.fields.to_frame().iter_rows(named=True)
    ]
    names = ("table", "column", "holds", "subject", "confidence", "shape", "article", "decided")
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String))


def _figures(assessment: Assessment, lang: Language) -> pl.DataFrame:
    def written(value: float | None, exact: bool, unit: str) -> str:
        if value is None:
            return "–"
        if exact and unit == "people":
            return count(value, lang)
        number = value if exact else rounded(value)
        return integer(number, lang) if abs(number) >= 10 or number == int(number) else decimal(number, lang)

    rows = [
        {
            "figure": say("report", f"figure_{row['figure']}", lang),
            "value": written(row["value"], row["low"] is None, row["unit"]),
            "low": written(row["low"], False, row["unit"]),
            "high": written(row["high"], False, row["unit"]),
            "unit": say("report", f"unit_{row['unit'].replace(' ', '_')}", lang),
        }
        for row in assessment.key_figures().iter_rows(named=True)
    ]
    return pl.DataFrame(rows, schema=dict.fromkeys(("figure", "value", "low", "high", "unit"), pl.String))


def _versions(assessment: Assessment, lang: Language) -> pl.DataFrame:
    severity = assessment.severity
    rows = [
        ("breachkit", assessment.version),
        *((name, version(name)) for name in LIBRARIES),
        (say("report", "parameters_severity", lang), severity.version),
        (say("report", "seed_name", lang), str(assessment.seed)),
        (say("report", "simulations", lang), integer(assessment.fraud.simulations, lang)),
    ]
    return pl.DataFrame(rows, schema={"parameter": pl.String, "value": pl.String}, orient="row")
