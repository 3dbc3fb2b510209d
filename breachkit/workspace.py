"""Temporary files of a leak: readable by their owner only, gone when the process ends.

A killed process ends without a word and leaves its folder; the next one removes it. A live process holds a
lock on the note in its folder, which the system lets go of at its death, however it died.
"""

from __future__ import annotations

import atexit
import os
import shutil
import stat
import sys
import tempfile
from functools import cache
from pathlib import Path

PREFIX = "breachkit-private-"
NOTE = "PERSONAL-DATA.txt"
WARNING = (
    "Ce dossier contient des données personnelles ; il est effacé à la fin du programme.\n"
    "This folder holds personal data; it is deleted when the program ends.\n"
)


def private_folder() -> Path:
    """Make a new folder with mode 700 that is deleted when the process ends."""
    return Path(tempfile.mkdtemp(dir=_root()))


def clear_abandoned() -> int:
    """Remove the private folders that killed processes of this user left behind; give how many."""
    if sys.platform == "win32":  # no locks of this kind
        return 0
    try:
        left = [folder for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*") if _abandoned(folder)]
    except OSError:  # no usable temporary directory: nothing was left there
        return 0
    for folder in left:
        shutil.rmtree(folder, ignore_errors=True)
    return len(left)


@cache
def _root() -> Path:
    clear_abandoned()
    root = Path(tempfile.mkdtemp(prefix=PREFIX))
    note = os.open(root / NOTE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    _lock(note)  # held, and the file open, until the process ends
    os.write(note, WARNING.encode())  # after the lock: a folder without its warning is not looked at
    atexit.register(shutil.rmtree, root, ignore_errors=True)
    return root


def _abandoned(folder: Path) -> bool:
    """Tell whether a folder is a private one of this user's, made by a process that is no more."""
    try:
        state = folder.lstat()
        mine = stat.S_ISDIR(state.st_mode) and stat.S_IMODE(state.st_mode) == 0o700
        if not mine or state.st_uid != os.getuid():
            return False
        note = os.open(folder / NOTE, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError:  # gone meanwhile, or without a note
        return False
    try:
        return os.read(note, 2 * len(WARNING)) == WARNING.encode() and _lock(note)
    finally:
        os.close(note)


def _lock(file: int) -> bool:
    """Take the lock of an open file, unless another process holds it."""
    if sys.platform == "win32":
        return False
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
