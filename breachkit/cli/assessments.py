"""Verbs about an assessment: make it, show it again, compare two, remove it."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Annotated

import typer

from breachkit.cli.bar import bar
from breachkit.cli.options import (
    Circumstances,
    Decisions,
    File,
    Folder,
    Json,
    Lang,
    Out,
    Patients,
    Pdf,
    Reveal,
    Seed,
)  # fmt: skip
from breachkit.cli.output import finish, give, tell, write_reports
from breachkit.cli.words import said, verb
from breachkit.locale import integer, language


@verb("assess dump.csv -o out/case -c case.yaml --pdf", "assess dump.csv --sample 10000 --lang en")
def assess(
    file: File,
    out: Out = Path("out/assessment"),
    circumstances: Circumstances = None,
    sample: Annotated[int | None, typer.Option(help=said("opt_sample"), min=1)] = None,
    decisions: Decisions = None,
    pdf: Pdf = False,
    reveal: Reveal = False,
    lang: Lang = None,
    seed: Seed = 1,
    json_: Json = False,
) -> None:
    """Walk the whole way and write the report."""
    from breachkit.report import assess as walk

    spoken = language(lang)
    with bar(spoken):
        result = walk(
            file, circumstances, decisions=decisions, work=out, lang=spoken, seed=seed, sample=sample
        )
    write_reports(result, out, pdf=pdf, reveal=reveal)
    give(result, json_, lang)
    finish(result.leak)


@verb("demo", "demo --patients 20000 -o out/petit")
def demo(
    out: Out = Path("out/demo"),
    patients: Patients = 491_840,
    pdf: Pdf = False,
    lang: Lang = None,
    seed: Annotated[int, typer.Option(help=said("opt_synth_seed"))] = 2021,
    json_: Json = False,
) -> None:
    """Generate the 2021 leak again, assess it, write the report."""
    from breachkit import synth
    from breachkit.report import assess as walk

    spoken = language(lang)
    tell("report", "demo_intro", lang, patients=integer(patients, spoken))
    with bar(spoken):
        leak = synth.synthesize(patients=patients, seed=seed)
        same = f"leak-2021, {patients} patients, seed {seed}"
        result = walk(leak, "dedalus-2021", work=out, lang=spoken, identity=same)
    give(result, json_, lang)
    write_reports(result, out, pdf=pdf, reveal=False)


@verb("report out/case --lang en", "report out/case --pdf")
def report(
    folder: Folder, pdf: Pdf = False, reveal: Reveal = False, lang: Lang = None, json_: Json = False
) -> None:
    """Write the report again from a work folder."""
    from breachkit.report import reopen

    with bar(language(lang)):
        result = reopen(folder)
    if lang is not None:
        result = dataclasses.replace(result, lang=language(lang))
    write_reports(result, folder, pdf=pdf, reveal=reveal)
    give(result, json_, result.lang)


@verb("compare out/lab out/leak")
def compare(first: Folder, second: Folder, lang: Lang = None, json_: Json = False) -> None:
    """Set two assessments side by side."""
    from breachkit.report import compare as side_by_side
    from breachkit.report.compare import spoken_comparison

    frame = side_by_side(first, second)
    give(frame if json_ else spoken_comparison(frame, language(lang)), json_, lang)


@verb("purge out/case")
def purge(
    folder: Annotated[Path, typer.Argument(help=said("arg_work"))], lang: Lang = None, json_: Json = False
) -> None:
    """Remove a work folder and the personal data in it."""
    import polars as pl

    from breachkit.report import purge as remove

    spoken = language(lang)
    removed = remove(folder)
    if json_:
        give(pl.DataFrame({"folder": [str(folder)], "files": [removed]}), json_, lang)
    else:
        from breachkit.locale import say

        key = "purged_one" if removed == 1 else "purged"
        print(say("report", key, spoken, files=integer(removed, spoken)))
