"""The report: one self-contained HTML page, and the same as PDF."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from breachkit.errors import BreachkitError, MissingExtraError
from breachkit.locale import Language, say
from breachkit.report.folder import write_private
from breachkit.results import Plot, Result
from breachkit.results.card import table_html

if TYPE_CHECKING:
    from jinja2 import Environment

    from breachkit.report.assessment import Assessment


@dataclasses.dataclass(frozen=True)
class Section:
    """One station on the page: its card's words, its table, its plots."""

    id: str
    title: str
    sentences: tuple[str, ...]
    table: str
    plots: tuple[Plot, ...]
    notes: tuple[str, ...]


def html(assessment: Assessment, lang: Language) -> str:
    """Give the report as one self-contained HTML page: no script, no outside request, all values escaped."""
    card = assessment.card(lang)
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            lang=lang,
            title=say("report", "title", lang),
            style=_file("report.css"),
            say=lambda key, **values: say("report", key, lang, **values),
            answer=card,
            sections=list(_sections(assessment, lang)),
            annex=list(_annex(assessment, lang)),
            assessment=assessment,
        )
    )


def write_report(assessment: Assessment, path: Path, lang: Language) -> Path:
    """Write the page as HTML, or as PDF/UA when the suffix is ``.pdf``."""
    match path.suffix.lower():
        case ".html" | ".htm":
            return write_private(path, html(assessment, lang))
        case ".pdf":
            return write_private(path, _pdf(html(assessment, lang)))
        case _:
            raise BreachkitError(
                f"A report cannot be written as {path.suffix or path.name!r}.", hint="Use .html or .pdf."
            )


def _pdf(page: str) -> bytes:
    try:
        from weasyprint import HTML
    except (ImportError, OSError):  # OSError: the wheel is there, the system's pango is not
        raise MissingExtraError("The PDF report (WeasyPrint and pango)", "report") from None
    return bytes(HTML(string=page).write_pdf(pdf_variant="pdf/ua-1"))


def _sections(assessment: Assessment, lang: Language) -> Iterator[Section]:
    stations: dict[str, tuple[Result | None, tuple[str, ...]]] = {
        "leak": (assessment.leak, ()),
        "fields": (assessment.fields, ()),
        "people": (assessment.people, ()),
        "exposure": (assessment.exposure, ("look_alikes", "matrix", "overlaps", "removal")),
        "severity": (assessment.severity, ()),
        "fraud": (assessment.fraud, ()),
        "what_if": (assessment.what_if, ()),
    }
    for name, (result, kinds) in stations.items():
        if result is None:
            continue
        card = result.card(lang)
        drawn: Any = result
        plots = tuple(drawn.plot(kind, lang=lang) for kind in kinds) if kinds else (result.plot(lang=lang),)
        table = table_html(card.table, card.caption) if card.table is not None and card.table.height else ""
        yield Section(name, card.title, tuple(card.sentences), table, plots, tuple(card.notes))


def _annex(assessment: Assessment, lang: Language) -> Iterator[tuple[str, str]]:
    sources = pl.DataFrame(
        [
            {
                "table": s.table,
                "format": s.format,
                "encoding": s.encoding,
                "bytes": s.size,
                "sha256": s.sha256,
            }
            for s in assessment.leak.provenance
        ],
        schema={
            "table": pl.String,
            "format": pl.String,
            "encoding": pl.String,
            "bytes": pl.Int64,
            "sha256": pl.String,
        },
    )
    fields = assessment.fields.to_frame().select(
        "table", "column", "attribute", "subject", "confidence", "article", "decided_by"
    )
    frames = {
        "annex_sources": sources,
        "annex_damage": assessment.leak.damage,
        "annex_fields": fields,
        "annex_figures": assessment.key_figures(),
    }
    for key, frame in frames.items():
        if frame.height:
            yield say("report", key, lang), table_html(frame, say("report", key, lang))


@cache
def _file(name: str) -> str:
    return (files("breachkit") / "report" / "templates" / name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    return Environment(
        loader=FunctionLoader(_file), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
