"""Run a verb; whatever goes wrong becomes one sentence on stderr and a code."""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path
from typing import Any

from breachkit.cli.output import DONE, ERROR, USAGE
from breachkit.cli.words import LANG, app, panels
from breachkit.errors import BreachkitError
from breachkit.locale import say
from breachkit.workspace import clear_abandoned


def main() -> None:
    """Run the command line: 0 done, 1 error, 2 usage, 3 done but rows quarantined."""
    panels()
    clear_abandoned()
    sys.exit(_code())


def _code() -> int:
    try:
        # With standalone_mode off, `typer.Exit` comes back as a number and usage errors are raised.
        code = app(standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else DONE
    except BreachkitError as error:
        return _failed(str(error))
    except BrokenPipeError:  # the reader of the pipe has seen enough (`breachkit cases | head`)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        why = error.strerror or say("cli", "unreadable", LANG)
        return _failed(f"{error.filename or 'file'}: {why}.")
    except KeyboardInterrupt:
        return _failed(say("cli", "interrupted", LANG))
    except Exception as error:
        if type(error).__name__ == "Abort":
            return _failed(say("cli", "interrupted", LANG))
        if hasattr(error, "format_message"):
            return _misused(error)
        if os.environ.get("BREACHKIT_DEBUG"):
            raise
        # A library's message may quote a value of the leak: only its kind is told.
        where = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{type(error).__name__}, {Path(where.filename).name}:{where.lineno}"
        return _failed(say("cli", "unexpected", LANG, place=place))


def _failed(sentence: str) -> int:
    print(f"breachkit: {sentence}", file=sys.stderr)
    return ERROR


def _misused(error: Any) -> int:
    """Say a usage error in the user's language; typer knows them in English only."""
    kind = type(error).__name__
    if kind == "NoArgsIsHelpError":
        print(error.format_message())
        return USAGE
    context, parameter = getattr(error, "ctx", None), getattr(error, "param", None)
    name = getattr(error, "option_name", None) or getattr(error, "command_name", None)
    if parameter is not None:
        name = parameter.opts[0] if parameter.opts[0].startswith("-") else parameter.name.upper()
    if name is None and "No such command" in error.format_message():
        kind, name = "NoSuchCommand", error.format_message().split("'")[1]
    known = name is not None and f"usage_{kind}" in SAID
    sentence = (
        say("cli", f"usage_{kind}", LANG, name=name)
        if known
        else say("cli", "usage_other", LANG, message=error.format_message())
    )
    command = context.command_path if context is not None else "breachkit"
    print(f"breachkit: {sentence} {say('cli', 'usage_help', LANG, command=command)}", file=sys.stderr)
    return USAGE


SAID = ("usage_NoSuchOption", "usage_NoSuchCommand", "usage_MissingParameter", "usage_BadParameter")
