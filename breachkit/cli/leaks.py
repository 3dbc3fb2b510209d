"""Verbs about a leak: make one, look at one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from breachkit.cli.bar import bar
from breachkit.cli.options import Decisions, File, Json, Lang, Patients
from breachkit.cli.output import ERROR, finish, give
from breachkit.cli.words import said, verb
from breachkit.locale import language


@verb("synth --patients 5000 -o out/x", "synth --columns NOM_USUEL,NIR --format csv", "synth --verify out/x")
def synth(
    out: Annotated[Path, typer.Option("--out", "-o", help=said("opt_synth_out"))] = Path("out/synthetic"),
    profile: Annotated[str, typer.Option(help=said("opt_profile"))] = "leak-2021",
    patients: Patients = 491_840,
    seed: Annotated[int, typer.Option(help=said("opt_synth_seed"))] = 2021,
    format: Annotated[str, typer.Option(help=said("opt_format"))] = "parquet",
    damage: Annotated[str, typer.Option(help=said("opt_damage"))] = "none",
    columns: Annotated[str | None, typer.Option(help=said("opt_columns"))] = None,
    verify: Annotated[Path | None, typer.Option(help=said("opt_verify"))] = None,
    lang: Lang = None,
    json_: Json = False,
) -> None:
    """Generate a synthetic leak."""
    from breachkit import synth as room

    spoken = language(lang)
    if verify is not None:
        found = room.verify(verify)
        give(found, json_, lang)
        if not found.ok:
            raise typer.Exit(ERROR)
        return
    names = [name.strip() for name in columns.split(",") if name.strip()] if columns is not None else None
    with bar(spoken):
        leak = room.synthesize(profile, patients, seed, out=out, format=format, damage=damage, columns=names)
    give(leak, json_, lang)


@verb("scan dump.csv", "scan dump.csv --save fields.yaml")
def scan(
    file: File,
    save: Annotated[Path | None, typer.Option(help=said("opt_save"))] = None,
    decisions: Decisions = None,
    lang: Lang = None,
    json_: Json = False,
) -> None:
    """Say which column holds what."""
    from breachkit.classify.columns import classify
    from breachkit.sources import read

    with bar(language(lang)):
        leak = read(file)
        fields = classify(leak, decisions=decisions)
    if save is not None:
        fields.save(save)
    give(fields, json_, lang)
    finish(leak)
