"""The same verbs on the command line: results on stdout, progress on stderr, exit codes for scripts."""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from breachkit import __version__, progress
from breachkit.errors import BreachkitError
from breachkit.locale import integer, language, say
from breachkit.report.smallcounts import finite
from breachkit.results import Result, jsonable

DONE, ERROR, QUARANTINED = 0, 1, 3

app = typer.Typer(
    name="breachkit",
    help="Who is exposed by a leaked file, to whom, to what, how badly, and what would have prevented it.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    add_completion=False,
)

File = Annotated[str, typer.Argument(help="A file, folder, archive or database URI.")]
Circumstances = Annotated[
    str | None, typer.Option("--circumstances", "-c", help="YAML: dates, cause, recipients, turnover...")
]
Lang = Annotated[str | None, typer.Option("--lang", help="fr or en.")]
Json = Annotated[bool, typer.Option("--json", help="Machine-readable result on stdout.")]
Seed = Annotated[int, typer.Option(help="Seed of the simulations.")]
Out = Annotated[Path, typer.Option("--out", "-o", help="Folder for the results, owner only.")]


@app.command()
def synth(
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder to write to.")] = Path("out/synthetic"),
    profile: str = "leak-2021",
    patients: int = 491_840,
    seed: int = 2021,
    format: Annotated[str, typer.Option(help="parquet, csv or csv-cp1252.")] = "parquet",
    damage: Annotated[str, typer.Option(help="none, light or heavy.")] = "none",
    verify: Annotated[
        Path | None, typer.Option(help="Prove that a folder holds what its manifest says.")
    ] = None,
    lang: Lang = None,
    json_: Json = False,
) -> None:
    """Generate a synthetic leak whose truth is known. E.g. `breachkit synth --patients 5000 -o out/x`."""
    from breachkit import synth as room

    if verify is not None:
        _show(room.verify(verify), json_)
        return
    with _bar():
        leak = room.synthesize(profile, patients, seed, out=out, format=format, damage=damage)
    _print(leak, json_, lang)


@app.command()
def scan(
    file: File,
    save: Annotated[Path | None, typer.Option(help="Write the field map here, for people to edit.")] = None,
    decisions: Annotated[Path | None, typer.Option(help="A fields.yaml with human decisions.")] = None,
    lang: Lang = None,
    json_: Json = False,
) -> None:
    """Say which column holds what. E.g. `breachkit scan dump.csv --save fields.yaml`."""
    from breachkit.classify.columns import classify
    from breachkit.sources import read

    with _bar():
        leak = read(file)
        fields = classify(leak, decisions=decisions)
    if save is not None:
        fields.save(save)
    _print(fields, json_, lang)
    _finish(leak)


@app.command()
def assess(
    file: File,
    out: Out = Path("out/assessment"),
    circumstances: Circumstances = None,
    sample: Annotated[int | None, typer.Option(help="Read only so many rows, for a first look.")] = None,
    decisions: Annotated[Path | None, typer.Option(help="A fields.yaml with human decisions.")] = None,
    pdf: Annotated[bool, typer.Option("--pdf", help="Write the PDF too.")] = False,
    reveal: Annotated[
        bool, typer.Option("--reveal", help="Write the notification list too: names and contacts.")
    ] = False,
    lang: Lang = None,
    seed: Seed = 1,
    json_: Json = False,
) -> None:
    """Walk the whole way and write the report. E.g. `breachkit assess dump.csv -o out/case -c case.yaml`."""
    from breachkit.report import assess as walk

    spoken = language(lang)
    with _bar():
        result = walk(
            file, circumstances, decisions=decisions, work=out, lang=spoken, seed=seed, sample=sample
        )
    _write_reports(result, out, pdf, reveal)
    _print(result, json_, lang)
    _finish(result.leak)


@app.command()
def demo(out: Out = Path("out/demo"), patients: int = 491_840, lang: Lang = None, seed: int = 2021) -> None:
    """Generate the 2021 leak again, assess it, write the report."""
    from breachkit import synth
    from breachkit.report import assess as walk

    spoken = language(lang)
    print(say("report", "demo_intro", spoken, patients=integer(patients, spoken)), file=sys.stderr)
    with _bar():
        leak = synth.synthesize(patients=patients, seed=seed)
        result = walk(leak, "dedalus-2021", work=out, lang=spoken)
    _print(result, False, lang)
    _write_reports(result, out, False, False)


@app.command()
def report(
    folder: Annotated[Path, typer.Argument(help="The --out folder of a finished assessment.")],
    pdf: Annotated[bool, typer.Option("--pdf", help="Write the PDF too.")] = False,
    reveal: Annotated[
        bool, typer.Option("--reveal", help="Write the notification list too: names and contacts.")
    ] = False,
    lang: Lang = None,
    json_: Json = False,
) -> None:
    """Write the report again from a work folder, e.g. in English: `breachkit report out/case --lang en`."""
    import dataclasses

    from breachkit.report import reopen

    with _bar():
        result = reopen(folder)
    if lang is not None:
        result = dataclasses.replace(result, lang=language(lang))
    _write_reports(result, folder, pdf, reveal)
    _print(result, json_, result.lang)


@app.command()
def compare(first: Path, second: Path, lang: Lang = None, json_: Json = False) -> None:
    """Set two assessments side by side. E.g. `breachkit compare out/lab out/leak`."""
    from breachkit.report import compare as side_by_side
    from breachkit.report.compare import spoken_comparison

    frame = side_by_side(first, second)
    print(frame.write_json() if json_ else _table(spoken_comparison(frame, language(lang))))


@app.command()
def severity(file: File, circumstances: Circumstances = None, lang: Lang = None, json_: Json = False) -> None:
    """Score the severity as authorities do. E.g. `breachkit severity dump.csv -c case.yaml`."""
    from breachkit.severity import score

    _print(score(_exposure(file), circumstances), json_, lang)


@app.command()
def fraud(
    file: File, circumstances: Circumstances = None, seed: Seed = 1, lang: Lang = None, json_: Json = False
) -> None:
    """Simulate victims and losses. E.g. `breachkit fraud dump.csv`."""
    from breachkit.fraud import simulate_fraud

    _print(simulate_fraud(_exposure(file), circumstances=circumstances, seed=seed), json_, lang)


@app.command()
def whatif(
    file: File, circumstances: Circumstances = None, seed: Seed = 1, lang: Lang = None, json_: Json = False
) -> None:
    """Say what each missing safeguard cost. E.g. `breachkit whatif dump.csv -c case.yaml`."""
    from breachkit.sources import read
    from breachkit.whatif import what_if

    with _bar():
        result = what_if(read(file), circumstances, seed=seed)
    _print(result, json_, lang)


@app.command()
def cases(json_: Json = False) -> None:
    """List the library of known breaches, scored."""
    from breachkit.severity import cases as library

    frame = library()
    print(frame.write_json() if json_ else _table(frame.select(frame.columns[:8])))


@app.command()
def circumstances(
    new: Annotated[bool, typer.Option("--new", help="Print a commented file to fill in.")] = False,
    check: Annotated[Path | None, typer.Option(help="Check a file.")] = None,
    lang: Lang = None,
    json_: Json = False,
) -> None:
    """Write or check the YAML of what the data cannot say: `breachkit circumstances --new > case.yaml`."""
    from breachkit import circumstances as room

    if new:
        print(room.template(language(lang)))
        return
    if check is None:
        raise BreachkitError("Nothing to do.", hint="Pass --new or --check FILE.")
    loaded = room.load(check)
    print(json.dumps(loaded.to_dict(), ensure_ascii=False) if json_ else loaded.card(language(lang)).text())


@app.command()
def purge(folder: Path, lang: Lang = None) -> None:
    """Remove a work folder and the personal data in it."""
    from breachkit.report import purge as remove

    print(say("report", "purged", language(lang), files=remove(folder)))


@app.command()
def doctor(json_: Json = False) -> None:
    """Say what is installed and what an extra would add."""
    from breachkit.report.doctor import parts

    frame = parts()
    print(frame.write_json() if json_ else f"breachkit {__version__}\n{_table(frame)}")


def _exposure(file: str) -> Any:
    from breachkit.classify import label
    from breachkit.classify.columns import classify
    from breachkit.exposure import expose
    from breachkit.people import consolidate
    from breachkit.sources import read

    with _bar():
        leak = read(file)
        return expose(consolidate(label(leak, classify(leak))))


def _write_reports(result: Any, out: Path, pdf: bool, reveal: bool) -> None:
    for suffix in ("html", "pdf") if pdf else ("html",):
        path = result.report(out / f"report.{suffix}")
        print(say("report", "written", result.lang, path=path), file=sys.stderr)
    result.figures(out)
    for path in result.forms(out / "forms"):
        print(say("report", "form_written", result.lang, path=path), file=sys.stderr)
    if reveal:
        path = result.notification_list(out / "notification.csv", reveal=True)
        print(say("report", "list_written", result.lang, path=path), file=sys.stderr)


def _table(frame: Any) -> str:
    from breachkit.results import Card

    return Card("", (), frame).text().strip("\n")


def _print(result: Result, as_json: bool, lang: str | None) -> None:
    if as_json:
        print(json.dumps(finite(result.to_dict()), ensure_ascii=False, allow_nan=False))
    else:
        print(result.card(language(lang)).text())


def _show(value: Any, as_json: bool) -> None:
    print(json.dumps(finite(jsonable(value)), allow_nan=False) if as_json else value)


def _finish(leak: Any) -> None:
    if leak.quarantined.height:
        raise typer.Exit(QUARANTINED)


@contextmanager
def _bar() -> Iterator[None]:
    """Show each station's progress on stderr, when somebody looks."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bars:
        tasks: dict[str, Any] = {}

        def draw(station: str, done: int, total: int) -> None:
            task = tasks.setdefault(station, bars.add_task(station, total=total))
            bars.update(task, completed=done, total=total)

        with progress.listening(draw):
            yield


def main() -> None:
    """Run the command line; an error becomes one sentence on stderr and exit code 1."""
    command: Callable[..., Any] = app
    try:
        command()
    except BreachkitError as error:
        print(f"breachkit: {error}", file=sys.stderr)
        sys.exit(ERROR)
    except OSError as error:
        print(
            f"breachkit: {error.filename or 'file'}: {error.strerror or 'cannot be read'}.", file=sys.stderr
        )
        sys.exit(ERROR)
    except Exception as error:  # a library's message may quote a value of the leak: only its kind is told
        if os.environ.get("BREACHKIT_DEBUG"):
            raise
        where = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{type(error).__name__}, {Path(where.filename).name}:{where.lineno}"
        print(f"breachkit: unexpected error ({place}); please report it.", file=sys.stderr)
        sys.exit(ERROR)
    except KeyboardInterrupt:
        print("breachkit: interrupted; run it again to go on.", file=sys.stderr)
        sys.exit(ERROR)
