"""The reminder, once per process, that holding leaked data needs a lawful ground."""

from __future__ import annotations

import logging
from pathlib import Path

from breachkit.locale import language, say

MANIFEST = "SYNTHETIC"
_log = logging.getLogger("breachkit")
_said = False


def remind(place: Path | None) -> None:
    """Say the sentence on first use on real data.

    Nothing is said for a folder that holds a file ``SYNTHETIC`` or ``SYNTHETIC.*``, or a file in it.
    """
    global _said
    if _said or (place is not None and _synthetic(place)):
        return
    _said = True
    _log.warning(say("sources", "lawful", language()))


def _synthetic(place: Path) -> bool:
    folder = place if place.is_dir() else place.parent
    try:
        return any(True for _ in folder.glob(f"{MANIFEST}*"))
    except OSError:
        return False
