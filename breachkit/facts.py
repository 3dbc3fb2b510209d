"""Packaged fact tables: read once, all text, handed out immutable.

A fact (a code, a word, a rate, a case) is a row in a CSV beside the code that uses it. Every row names
its ``source``, its ``licence``, and how far it may be trusted: ``verified`` (yes, partial, no) or
``grade`` (A measured, B official or partial fit, C judgement).
"""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import polars as pl
import yaml

from breachkit.errors import BreachkitError

GRADES = ("A", "B", "C")
VERIFIED = ("yes", "partial", "no")


@cache
def table(room: str, name: str) -> pl.DataFrame:
    """Read the fact table ``breachkit/<room>/<name>.csv``: every column text, empty cells ``""``.

    Examples
    --------
    >>> table("taxonomy", "statuses").columns[:2]
    ['id', 'level']
    """
    with as_file(files("breachkit") / room / f"{name}.csv") as path:
        return pl.read_csv(path, infer_schema=False).fill_null("")


@cache
def _document(path: str) -> Any:
    return yaml.safe_load((files("breachkit") / path).read_text(encoding="utf-8"))


def document(room: str, name: str) -> Any:
    """Read the packaged YAML file ``breachkit/<room>/<name>.yaml``; treat what it gives as read-only."""
    return _document(f"{room}/{name}.yaml")


def user_document(path: Path) -> Any:
    """Read a YAML file that a user wrote; a syntax error becomes a `BreachkitError` with its line."""
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BreachkitError(f"Cannot read {path}: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise BreachkitError(f"{path} is not UTF-8 text.", hint="Save it as UTF-8.") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", "") or "not valid YAML"
        raise BreachkitError(f"{path}{where}: {problem}.", hint="Check indentation and colons.") from None
