"""Arguments and options that several verbs share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from breachkit.cli.words import said

File = Annotated[str, typer.Argument(help=said("arg_file"))]
Folder = Annotated[Path, typer.Argument(help=said("arg_folder"))]
Circumstances = Annotated[str | None, typer.Option("--circumstances", "-c", help=said("opt_circumstances"))]
Decisions = Annotated[Path | None, typer.Option(help=said("opt_decisions"))]
Lang = Annotated[str | None, typer.Option("--lang", help=said("opt_lang"))]
Json = Annotated[bool, typer.Option("--json", help=said("opt_json"))]
Seed = Annotated[int, typer.Option(help=said("opt_seed"))]
Out = Annotated[Path, typer.Option("--out", "-o", help=said("opt_out"))]
Pdf = Annotated[bool, typer.Option("--pdf", help=said("opt_pdf"))]
Reveal = Annotated[bool, typer.Option("--reveal", help=said("opt_reveal"))]
Patients = Annotated[int, typer.Option(help=said("opt_patients"), min=1)]
