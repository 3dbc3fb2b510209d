"""Fold text for matching (case, accents, ligatures, look-alikes) and find the way back to the original."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import numpy as np

from breachkit.facts import table

SEPARATOR = " "


class _Folding(dict[int, str]):
    """Code point -> folded text, worked out when first met; ``changing`` holds those not one-to-one."""

    def __init__(self) -> None:
        super().__init__()
        self.changing: set[str] = set()
        self.special = {row["char"]: row["fold"] for row in table("classify/text", "folding").to_dicts()}

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = self._fold(char)
        self[code] = folded
        if len(folded) != 1:
            self.changing.add(char)
        return folded

    def _fold(self, char: str) -> str:
        if char in self.special:
            return str(self.special[char])
        if char < "\x80":
            return char.lower()
        if unicodedata.category(char) in ("Mn", "Me", "Cf"):
            return ""
        plain = unicodedata.normalize("NFKD", char).lower()
        kept = "".join(c for c in plain if c < "\x80")
        return kept if kept.strip() else SEPARATOR


class Folder:
    """Fold texts; keep the few whose folding changed a length apart, with a map back.

    Examples
    --------
    >>> folder = Folder()
    >>> folder.fold("Sœur SÉROPOSITIVE"), folder.origin("Sœur", 3)
    ('soeur seropositive', 2)
    """

    def __init__(self) -> None:
        self._table = _Folding()

    def fold(self, text: str) -> str:
        """Fold one text to ASCII lower case; anything that has no Latin reading becomes a space."""
        return text.lower() if text.isascii() else text.translate(self._table)

    def fold_all(self, texts: Sequence[str]) -> list[str]:
        """Fold many texts."""
        return [self.fold(text) for text in texts]

    def origins(self, text: str) -> Sequence[int] | None:
        """Map each folded offset (and the end) of a text folded before to its own; None if they are equal."""
        if text.isascii():
            return None
        if self._table.changing.isdisjoint(text):
            return None
        sizes = np.fromiter((len(self._table[ord(c)]) for c in text), np.int64, len(text))
        return np.append(np.repeat(np.arange(len(text)), sizes), len(text)).tolist()

    def origin(self, text: str, offset: int) -> int:
        """Give the offset in ``text`` of a folded offset."""
        origins = self.origins(text)
        return offset if origins is None else origins[offset]
