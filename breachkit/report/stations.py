"""The stations on the page: what each found, how, from what source, within what limits."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import polars as pl

from breachkit import taxonomy
from breachkit.facts import table
from breachkit.locale import Language, integer, say
from breachkit.locale.messages import _sentences
from breachkit.people.people import conflict_sentences
from breachkit.report.answer import interval
from breachkit.report.smallcounts import BELOW, exposure_to_share, told, told_sums, written
from breachkit.report.smallcounts import people as count
from breachkit.results import Plot
from breachkit.results.card import table_html

if TYPE_CHECKING:
    from breachkit.report.assessment import Assessment


EXPOSURE_PLOTS = ("look_alikes", "identifiability", "matrix", "overlaps", "removal", "departments")


@dataclasses.dataclass(frozen=True)
class Station:
    """One station on the page: its words, tables, plots, and how far to trust it."""

    id: str
    title: str
    sentences: tuple[str, ...]
    tables: tuple[str, ...]
    plots: tuple[Plot, ...]
    notes: tuple[str, ...]
    method: str = ""
    source: str = ""
    limits: str = ""


def stations(assessment: Assessment, lang: Language) -> Iterator[Station]:
    """Give the stations in the order of the data."""
    makers = {
        "leak": _leak, "fields": _fields, "people": _people, "exposure": _exposure, "severity": _severity,
        "fraud": _fraud, "what_if": _what_if,
    }  # fmt: skip
    methods = {row["station"]: row for row in table("report", "methods").iter_rows(named=True)}
    for name, make in makers.items():
        if name == "what_if" and assessment.what_if is None:
            continue
        row = methods[name]
        yield dataclasses.replace(
            make(assessment, lang),
            method=row[f"method_{lang}"],
            source=row["source"],
            limits=row[f"limits_{lang}"],
        )


def spoken_table(frame: pl.DataFrame, lang: Language, caption: str) -> str:
    """Give a small frame as a table, its column names and counts written in the page's language."""
    written = frame.select(
        pl.col(name).map_elements(lambda n: integer(n, lang), pl.String)
        if dtype.is_integer()
        else pl.col(name)
        for name, dtype in frame.schema.items()
    )
    heads = {name: say("report", f"head_{name}", lang) for name in frame.columns}
    return table_html(written.rename(heads), caption)


def _leak(assessment: Assessment, lang: Language) -> Station:
    leak = assessment.leak
    card = leak.card(lang)
    tables = [spoken_table(leak.to_frame(), lang, say("report", "tables_read", lang))]
    plots = (leak.plot(lang=lang),) if leak.damage.height else ()
    return Station("leak", card.title, tuple(card.sentences), tuple(tables), plots, tuple(card.notes))


def _fields(assessment: Assessment, lang: Language) -> Station:
    fields = assessment.fields
    card = fields.card(lang)
    named = fields.to_frame().filter(pl.col("attribute").is_not_null() & (pl.col("subject") == "patient"))
    rows = [
        {
            "holds": taxonomy.label(attribute, lang),
            "columns_n": n,
        }
        for attribute, n in named.group_by("attribute").len().sort("attribute").iter_rows()
    ]
    summary = pl.DataFrame(rows, schema={"holds": pl.String, "columns_n": pl.Int64})
    idle = fields.detectors.filter(~pl.col("ran")).height
    notes = [say("report", "idle", lang, n=idle)] if idle else []
    notes.append(say("report", "see_annex", lang))
    shown = spoken_table(summary.sort("holds"), lang, say("report", "about_patients", lang))
    return Station("fields", card.title, tuple(card.sentences), (shown,), (), tuple(notes))


def _people(assessment: Assessment, lang: Language) -> Station:
    people = assessment.people
    card = people.card(lang)
    notes = conflict_sentences(people.conflict_counts(), lang, count)
    tables = []
    if card.table is not None:
        merges = people.to_frame()
        hushed = (
            pl.Series(say("people", f"head_{name}", lang), written(merges[name].to_list(), lang), pl.String)
            for name in ("people", "records")
        )
        tables.append(table_html(card.table.with_columns(hushed), card.caption))
    return Station("people", card.title, tuple(card.sentences), tuple(tables), (), tuple(notes))


def _exposure(assessment: Assessment, lang: Language) -> Station:
    exposure = assessment.exposure
    card = exposure.card(lang)
    if not exposure.n_people:
        return Station("exposure", card.title, tuple(card.sentences), (), (), ())
    exact = exposure.categories.filter(pl.col("people") > 0)
    told_of = exposure.shareable("categories").select("category", shown="people", shown_own="own")
    top = exact.join(told_of, on="category", how="left").sort("people", "category", descending=[True, False])
    rows = [
        {
            "category": exposure.category_label(row["category"], lang),
            "people": _told(row["people"], row["shown"], lang),
            "own": "–" if row["shown"] is None else _told(row["own"], row["shown_own"], lang),
            "interval": "–" if row["shown"] is None else interval(row["low"], row["high"], lang),
        }
        for row in top.iter_rows(named=True)
    ]
    names = ("category", "people", "own", "interval")
    shown = spoken_table(pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String)), lang, card.caption)
    shared = exposure_to_share(exposure)
    plots = tuple(shared.plot(kind, lang=lang) for kind in EXPOSURE_PLOTS)
    sentences = tuple(told(one, lang) for one in exposure.sentences(lang))
    notes = (*(told(one, lang) for one in card.notes), say("report", "small_cells", lang, below=BELOW))
    return Station("exposure", card.title, sentences, (shown,), plots, notes)


def _told(exact: int, shown: int | None, lang: Language) -> str:
    """Write a count: small, hidden to protect a small one, or as it is."""
    if shown is None and exact >= BELOW:
        return say("locale", "not_told", lang)
    return count(exact, lang)


def _severity(assessment: Assessment, lang: Language) -> Station:
    severity = assessment.severity
    card = severity.card(lang)
    name = say("severity", "people", lang)
    frame, counts = card.table, severity.by_stratum["people"]
    if frame is not None and frame.height == counts.len() and not counts.null_count():
        hushed = written(counts.to_list(), lang, told_sums(severity))
        frame = frame.with_columns(pl.Series(name, hushed, pl.String))
    tables = [table_html(frame, card.caption)] if frame is not None and frame.height else []
    plots = (severity.plot(lang=lang),) if severity.score_max is not None else ()
    title = (
        card.title.replace(severity.title, case_title(severity.title, lang)) if severity.title else card.title
    )
    sentences = tuple(told(one, lang) for one in card.sentences)
    return Station(
        "severity", title, sentences, tuple(tables), plots, tuple(told(one, lang) for one in card.notes)
    )


def case_title(title: str, lang: Language) -> str:
    """Give the title of a shipped case in the page's language; any other as it was given.

    Examples
    --------
    >>> case_title("Le cas de 2021 (SAN-2022-009)", "en")
    'The 2021 case (SAN-2022-009)'
    """
    cases = (words for key, words in _sentences("report").items() if key.startswith("case_"))
    return next((words[lang] for words in cases if title in words.values()), title)


def _fraud(assessment: Assessment, lang: Language) -> Station:
    risk: Any = assessment.fraud
    card = risk.card(lang)
    plots = tuple(
        risk.plot(kind=kind, lang=lang) for kind in ("ledgers", "exceedance", "tornado", "timeline")
    )
    eligible = say("fraud", "col_eligible", lang)
    frame = card.table.with_columns(
        pl.Series(eligible, [count(n, lang) for n in risk.scenarios["eligible"]], pl.String)
    )
    return Station(
        "fraud",
        card.title,
        tuple(card.sentences),
        (table_html(frame, card.caption),),
        plots,
        tuple(told(one, lang) for one in card.notes),
    )


def _what_if(assessment: Assessment, lang: Language) -> Station:
    result: Any = assessment.what_if
    card = result.card(lang)
    plots = (
        result.plot("shapley", lang=lang),
        result.plot("waterfall", outcome="sensitive", lang=lang),
        result.plot("matrix", lang=lang),
    )
    tables = (table_html(card.table, card.caption),) if card.table is not None else ()
    return Station("what_if", card.title, tuple(card.sentences), tables, plots, tuple(card.notes))
