"""Help in the user's language: it is written when the commands are declared, before any option is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from breachkit.errors import BreachkitError
from breachkit.locale import Language, language, say


def help_language() -> Language:
    """Give the language of the help; French where the environment names one that does not exist."""
    try:
        return language()
    except BreachkitError:  # said in full when the command runs
        return "fr"


LANG = help_language()


def said(key: str) -> str:
    """Say a line of help."""
    return say("cli", key, LANG)


def described(key: str, *commands: str) -> str:
    """Give the help of a command: what it does, and examples to copy."""
    listed = [f"`breachkit {command}`" for command in commands]
    word = "example" if len(listed) == 1 else "examples"
    shown = say("cli", word, LANG, command=commands[0] if commands else "", commands=" · ".join(listed))
    return f"{said(key)}\n\n{shown}" if listed else said(key)


class Spoken:
    """The line of help about help itself, in the user's language."""

    def get_help_option(self, ctx: Any) -> Any:
        """Give ``--help``, described in the user's language."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = said("help")
        return option


class SpokenCommand(Spoken, TyperCommand):
    """A command whose help is in the user's language."""


class SpokenGroup(Spoken, TyperGroup):
    """The list of commands, in the user's language."""


def panels() -> None:
    """Name the panels of the help in the user's language."""
    from typer import rich_utils

    for name, key in (
        ("ARGUMENTS_PANEL_TITLE", "panel_arguments"), ("OPTIONS_PANEL_TITLE", "panel_options"),
        ("COMMANDS_PANEL_TITLE", "panel_commands"), ("ERRORS_PANEL_TITLE", "panel_error"),
    ):  # fmt: skip
        setattr(rich_utils, name, said(key))

    rich_utils.DEFAULT_STRING = say("cli", "default", LANG, value="{}")
    rich_utils.REQUIRED_LONG_STRING = said("required")


app = typer.Typer(
    name="breachkit",
    help=f"{said('app')}\n\n{said('codes')}",
    cls=SpokenGroup,
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def verb(*examples: str, key: str | None = None) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Declare a verb; its help is the sentence of its name, then the examples."""

    def declare(function: Callable[..., None]) -> Callable[..., None]:
        name = key or function.__name__
        app.command(name, cls=SpokenCommand, help=described(name, *examples))(function)
        return function

    return declare
