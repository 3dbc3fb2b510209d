"""What a verb gives: results alone on stdout, what was written on stderr, the code for scripts."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import polars as pl
import typer

from breachkit.locale import language, say
from breachkit.report.smallcounts import finite
from breachkit.results import Card, Result, jsonable

DONE, ERROR, USAGE, QUARANTINED = 0, 1, 2, 3


def give(value: Result | pl.DataFrame, as_json: bool, lang: str | None) -> None:
    """Print a result or a table, for people or for programs."""
    if as_json:
        print(json.dumps(finite(jsonable(value)), ensure_ascii=False, allow_nan=False))
    elif isinstance(value, pl.DataFrame):
        print(Card("", (), value).text().strip("\n"))
    else:
        print(value.card(language(lang)).text())


def tell(room: str, key: str, lang: str | None, **words: object) -> None:
    """Say something beside the result, on stderr."""
    print(say(room, key, language(lang), **words), file=sys.stderr)


def write_reports(result: Any, out: Path, *, pdf: bool, reveal: bool) -> None:
    """Write report, figures and forms, and with ``reveal`` the list of names and the exact counts."""
    for suffix in ("html", "pdf") if pdf else ("html",):
        tell("report", "written", result.lang, path=result.report(out / f"report.{suffix}"))
    result.figures(out)
    for path in result.forms(out / "forms"):
        tell("report", "form_written", result.lang, path=path)
    if reveal:
        result.save(out / "assessment.json", reveal=True)
        path = result.notification_list(out / "notification.csv", reveal=True)
        tell("report", "list_written", result.lang, path=path)


def finish(leak: Any) -> None:
    """End with the code that says whether lines were set apart."""
    if leak.quarantined.height:
        raise typer.Exit(QUARANTINED)
