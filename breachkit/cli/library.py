"""Verbs about what breachkit itself holds: known cases, the file of circumstances, its parts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from breachkit.cli.options import Json, Lang
from breachkit.cli.output import give
from breachkit.cli.words import said, verb
from breachkit.errors import BreachkitError
from breachkit.locale import language, say


@verb("cases --json")
def cases(lang: Lang = None, json_: Json = False) -> None:
    """List the library of known breaches, scored."""
    from breachkit.severity import cases as known

    language(lang)
    frame = known()
    give(frame if json_ else frame.select(frame.columns[:8]), json_, lang)


@verb("circumstances --new > case.yaml", "circumstances --check case.yaml")
def circumstances(
    new: Annotated[bool, typer.Option("--new", help=said("opt_new"))] = False,
    check: Annotated[Path | None, typer.Option(help=said("opt_check"))] = None,
    lang: Lang = None,
    json_: Json = False,
) -> None:
    """Write or check the YAML of what the data cannot say."""
    from breachkit import circumstances as room

    spoken = language(lang)
    if new:
        print(room.template(spoken))
        return
    if check is None:
        raise BreachkitError(say("cli", "nothing_to_do", spoken), hint=say("cli", "new_or_check", spoken))
    loaded = room.load(check)
    if json_:
        print(json.dumps(loaded.to_dict(), ensure_ascii=False))
    else:
        print(loaded.card(spoken).text())


@verb("doctor")
def doctor(lang: Lang = None, json_: Json = False) -> None:
    """Say what is installed and what an extra would add."""
    from breachkit import __version__
    from breachkit.report.doctor import parts, spoken_parts

    spoken = language(lang)
    frame = parts()
    if not json_:
        print(f"breachkit {__version__}")
    give(frame if json_ else spoken_parts(frame, spoken), json_, lang)
