"""Temporary files of a leak: readable by their owner only, gone when the process ends."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

WARNING = (
    "Ce dossier contient des données personnelles ; il est effacé à la fin du programme.\n"
    "This folder holds personal data; it is deleted when the program ends.\n"
)


@cache
def _root() -> Path:
    root = Path(tempfile.mkdtemp(prefix="breachkit-"))
    (root / "PERSONAL-DATA.txt").write_text(WARNING, encoding="utf-8")
    atexit.register(shutil.rmtree, root, ignore_errors=True)
    return root


def private_folder() -> Path:
    """Make a new folder with mode 700 that is deleted when the process ends."""
    return Path(tempfile.mkdtemp(dir=_root()))
