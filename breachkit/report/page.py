"""The report: one self-contained HTML page, and the same as PDF."""

from __future__ import annotations

import base64
import io
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from breachkit.errors import BreachkitError, MissingExtraError
from breachkit.locale import Language, day, integer, say
from breachkit.report.annex import annex
from breachkit.report.answer import answer
from breachkit.report.folder import write_private
from breachkit.report.stations import case_title, stations

if TYPE_CHECKING:
    from jinja2 import Environment

    from breachkit.report.assessment import Assessment
    from breachkit.results import Plot


def html(assessment: Assessment, lang: Language, *, raster: bool = False) -> str:
    """Give the report as one self-contained HTML page: no script, no outside request, all values escaped.

    ``raster`` embeds the figures as PNG: WeasyPrint loses some SVG text.
    """
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            lang=lang,
            title=say("report", "title", lang),
            style=_file("report.css"),
            say=lambda key, **values: say("report", key, lang, **values),
            answer=answer(assessment, lang),
            stations=list(stations(assessment, lang)),
            annex=list(annex(assessment, lang)),
            assessment=assessment,
            raster=raster,
            png=_png,
            warning=_warning(assessment, lang),
            subtitle=case_title(assessment.severity.title, lang),
            on=day(assessment.circumstances.assessed_on, lang)
            if assessment.circumstances.assessed_on
            else "",
        )
    )


def _png(plot: Plot) -> str:
    buffer = io.BytesIO()
    plot.figure.savefig(buffer, format="png", dpi=130, facecolor="white", bbox_inches="tight")
    return base64.b64encode(buffer.getvalue()).decode()


def _warning(assessment: Assessment, lang: Language) -> str:
    if assessment.sampled is None:
        return ""
    return say("report", "sampled", lang, rows=integer(assessment.sampled, lang))


def write_report(assessment: Assessment, path: Path, lang: Language) -> Path:
    """Write the page as HTML, or as PDF/UA when the suffix is ``.pdf``."""
    match path.suffix.lower():
        case ".html" | ".htm":
            return write_private(path, html(assessment, lang))
        case ".pdf":
            return write_private(path, _pdf(html(assessment, lang, raster=True)))
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


@cache
def _file(name: str) -> str:
    return (files("breachkit") / "report" / "templates" / name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    return Environment(
        loader=FunctionLoader(_file), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
