"""Forms as Markdown: the notification, the register entry, the letters; each an aid that a person checks."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from breachkit import taxonomy
from breachkit.circumstances import vocabulary
from breachkit.facts import table
from breachkit.locale import Language, integer, say
from breachkit.report.folder import write_private
from breachkit.report.smallcounts import people as count

if TYPE_CHECKING:
    from breachkit.report.assessment import Assessment

FORMS = ("notification", "register", "letter")


def plain(text: object) -> str:
    r"""Write a value into Markdown without it becoming markup.

    Examples
    --------
    >>> plain("a|b <script>")
    'a\\|b &lt;script&gt;'
    """
    safe = str(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\\", "\\\\")
    for mark in "|`*[]":
        safe = safe.replace(mark, f"\\{mark}")
    return " ".join(safe.split())


def write_forms(assessment: Assessment, folder: Path, lang: Language) -> list[Path]:
    """Write ``notification.md``, ``register.md`` and ``letter.md`` in ``folder``, owner only."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return [write_private(folder / f"{name}-{lang}.md", form(assessment, name, lang)) for name in FORMS]


def form(assessment: Assessment, name: str, lang: Language) -> str:
    """Give one form as Markdown."""
    from jinja2 import Environment, StrictUndefined

    source = (files("breachkit") / "report" / "templates" / f"{name}.md.j2").read_text(encoding="utf-8")
    # Autoescape is for HTML; every value here goes through `plain`.
    made = Environment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False)  # noqa: S701
    made.filters["plain"] = plain
    text = made.from_string(source).render(
        lang=lang,
        fr=lang == "fr",
        say=lambda key, **values: say("report", key, lang, **values),
        sections=list(sections(assessment, name, lang)),
        found=_found(assessment, lang),
    )
    return text.rstrip() + "\n"


def sections(
    assessment: Assessment, form_name: str, lang: Language
) -> Iterator[tuple[str, list[tuple[str, str, str]]]]:
    """Give the sections of a form in order: title, then ``(EDPB id, label, value)``."""
    values = _values(assessment, lang)
    made: dict[str, list[tuple[str, str, str]]] = {}
    for row in table("report", "forms").iter_rows(named=True):
        if form_name in row["forms"].split(";"):
            value = values.get(row["value"]) or _given(assessment, row["value"], lang)
            made.setdefault(row[f"section_{lang}"], []).append(
                (row["edpb"], row[f"label_{lang}"], value or say("report", "to_fill", lang))
            )
    yield from made.items()


def _given(assessment: Assessment, name: str, lang: Language) -> str:
    """Write a circumstance for people; empty if it was not given."""
    value: Any = getattr(assessment.circumstances, name, None)
    if value is None or value == ():
        return ""
    if isinstance(value, bool):
        return say("report", "yes" if value else "no", lang)
    if vocabulary.choices(name):
        words = (value,) if isinstance(value, str) else value
        return ", ".join(vocabulary.label(name, lang, word) for word in words)
    return str(value)


def _values(assessment: Assessment, lang: Language) -> dict[str, str]:
    """Give what the assessment itself answers."""
    exposure, severity = assessment.exposure, assessment.severity
    found = exposure.attributes.filter(pl.col("people") > 0)["attribute"].to_list()
    edpb = {"": "", **{row["id"]: row["edpb"] for frame in _tables() for row in frame.iter_rows(named=True)}}
    shown = exposure.categories.filter(pl.col("people") > 0)["category"].to_list()
    types = dict.fromkeys(edpb[name] for name in [*found, *shown] if edpb.get(name))
    known = vocabulary.choices("data_types")
    rows = int(assessment.leak.to_frame()["rows"].sum())
    grave = int(severity.by_stratum.filter(pl.col("score") == severity.score_max)["people"].sum())
    declared = {"low": "minor", "medium": "moderate", "high": "severe", "very_high": "severe"}
    level = declared.get(severity.band_max or "")
    score = say("severity", f"band_{severity.band_max}", lang) if severity.band_max else ""
    method = {"score": severity.score_max, "band": score, "people": count(grave, lang)}
    return {
        "people_count": count(exposure.n_people, lang),
        "rows_count": integer(rows, lang),
        "records_count": integer(int(exposure.attributes["people"].sum()), lang),
        "data_found": ", ".join(vocabulary.label("data_types", lang, one) for one in types if one in known),
        "sensitive_found": ", ".join(exposure.category_label(one, lang) for one in shown),
        "sensitive_people": count(exposure.n_revealed, lang),
        "severity_level": vocabulary.label("severity_declared", lang, level) if level else "",
        "method_used": say("report", "form_method", lang, **method),
        "verdict_33": " ".join(severity.notify_authority.sentences(lang)),
        "verdict_34": " ".join(severity.notify_people.sentences(lang)),
        "clock": " ".join(severity.clock.sentences(lang)),
    }


def _tables() -> tuple[pl.DataFrame, ...]:
    return taxonomy.attributes(), taxonomy.categories(), taxonomy.contexts()


def _found(assessment: Assessment, lang: Language) -> dict[str, Any]:
    told = assessment.exposure.attributes.filter(pl.col("people") > 0)["attribute"]
    held = [name for name in told if name in taxonomy.attribute_ids()]
    shown = assessment.exposure.categories.filter(pl.col("people") >= 5)["category"].to_list()
    return {
        "attributes": ", ".join(taxonomy.label(name, lang) for name in held),
        "categories": [assessment.exposure.category_label(name, lang) for name in shown],
        "nir": "nir" in held,
        "password": "password" in held,
        "minor": "minor" in shown,
        "sensitive": assessment.exposure.n_revealed > 0,
    }
