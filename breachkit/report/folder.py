"""The work folder: its owner's only, marked as holding personal data, easy to remove."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatch
from pathlib import Path
from tempfile import mkdtemp, mkstemp

from breachkit.errors import BreachkitError

MARK = "BREACHKIT-PERSONAL-DATA.txt"
OURS = (
    MARK, "assessment.json*", "inputs.json*", "fields.yaml*", "people.parquet*", "report.*", "figures*",
    "forms*", "stations*", "notification.*", "BREACHKIT-*",
)  # fmt: skip
WARNING = """\
Ce dossier contient des données personnelles issues d'une fuite. Ne le partagez pas ; supprimez-le avec
`breachkit purge` dès que l'analyse est finie.

This folder holds personal data from a leak. Do not share it; remove it with `breachkit purge` as soon as
the analysis is done.
"""


def open_folder(path: str | Path) -> Path:
    """Make (or reuse) a work folder that only its owner can read, marked as such.

    Raises
    ------
    BreachkitError
        If the path is a file, cannot be made, or is a folder of something else that is not empty.
    """
    folder = Path(path)
    if folder.exists() and not folder.is_dir():
        raise BreachkitError(f"{folder} is a file.", hint="Give a folder.")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARK).is_file():
        raise BreachkitError(
            f"{folder} holds files that breachkit did not make.", hint="Give an empty or a new folder."
        )
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        if not (folder / MARK).is_file():
            write_private(folder / MARK, WARNING)
        _sweep(folder)
    except OSError as error:
        raise BreachkitError(f"Cannot make {folder}: {error.strerror}.") from None
    return folder


def _sweep(folder: Path) -> None:
    """Remove what a killed run left under a temporary name."""
    for stray in [*folder.glob(".*-*"), *(folder / "stations").glob(".*-*")]:
        if stray.is_dir():
            shutil.rmtree(stray)
        else:
            stray.unlink()


def write_private(path: Path, content: str | bytes) -> Path:
    """Write a file for its owner only, under a temporary name first: a killed run leaves no half file."""
    data = content.encode() if isinstance(content, str) else content
    if not path.parent.is_dir():
        raise BreachkitError(f"Cannot write {path}: there is no such folder.", hint="Make the folder first.")
    try:
        handle, temporary = mkstemp(dir=path.parent, prefix=f".{path.name}-")  # mkstemp gives mode 0600
    except OSError as error:
        raise BreachkitError(f"Cannot write {path}: {error.strerror}.") from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(temporary).replace(path)
    except OSError as error:
        Path(temporary).unlink(missing_ok=True)
        raise BreachkitError(f"Cannot write {path}: {error.strerror}.") from None
    return path


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """Fill a new folder beside ``folder`` and put it in its place only when the block ends well."""
    fresh = Path(mkdtemp(dir=folder.parent, prefix=f".{folder.name}-"))
    try:
        yield fresh
        if folder.exists():
            shutil.rmtree(folder)
        fresh.replace(folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def purge(path: str | Path) -> int:
    """Remove a work folder that breachkit made; give the number of files removed.

    Raises
    ------
    BreachkitError
        If the folder is not there or is not one of breachkit's.
    """
    folder = Path(path)
    if folder.is_symlink():
        raise BreachkitError(
            f"{folder} is a link: nothing was removed.", hint="Give the folder that it points to."
        )
    mark = folder / MARK
    if not mark.is_file() or mark.is_symlink() or mark.read_text(encoding="utf-8") != WARNING:
        raise BreachkitError(
            f"{folder} is not a work folder of breachkit: nothing was removed.",
            hint=f"A work folder holds the file {MARK}.",
        )
    strangers = sorted(item.name for item in folder.iterdir() if not _ours(item))
    if strangers:
        raise BreachkitError(
            f"{folder} also holds {len(strangers)} files or folders that breachkit did not make: "
            "nothing was removed.",
            hint="Move them away first.",
        )
    removed = sum(1 for item in folder.rglob("*") if item.is_file())
    try:
        shutil.rmtree(folder)  # links inside are removed, never followed
    except OSError as error:
        raise BreachkitError(f"Cannot remove all of {folder}: {error.strerror}.") from None
    return removed


def _ours(item: Path) -> bool:
    """Tell whether breachkit writes something of this name into a work folder."""
    name = item.name.removeprefix(".")
    return any(fnmatch(name, pattern) for pattern in OURS)
