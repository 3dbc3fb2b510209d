"""Phrases of words: matched by stem, by shape (``#`` is any number), by beginning (``abc*``) or end (``*abc``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Generic, TypeVar

from breachkit.classify.text.words import DIGITS, Words, function_words, stem

Row = TypeVar("Row")
FORBIDDEN = frozenset(";!?\n:")
MEMORY = 200_000
SKIPS = 4


class Keys:
    """Which keys of the phrases a word answers to: worked out once per distinct word."""

    def __init__(self, phrases: Iterable[tuple[str, ...]]) -> None:
        self.exact: set[str] = set()
        self.starts: set[str] = set()
        self.ends: set[str] = set()
        for word in (word for phrase in phrases for word in phrase):
            if word.endswith("*"):
                self.starts.add(word[:-1])
            elif word.startswith("*"):
                self.ends.add(word[1:])
            else:
                self.exact.add(word)
        self._known: dict[str, tuple[str, ...]] = {}

    def of(self, word: str) -> tuple[str, ...]:
        """Give the keys of one folded word."""
        keys = self._known.get(word)
        if keys is None:
            keys = tuple(self._work_out(word))
            if len(self._known) < MEMORY:
                self._known[word] = keys
        return keys

    def _work_out(self, word: str) -> Iterator[str]:
        root = stem(word)
        if root in self.exact:
            yield root
        if word[-1].isdigit() or word[0].isdigit():
            shape = DIGITS.sub("#", word)
            if shape in self.exact:
                yield shape
        longest = min(len(word), 24)
        for size in range(3, longest + 1):
            if word[:size] in self.starts:
                yield word[:size] + "*"
        for tail in (word, root):
            for size in range(3, min(len(tail), 24) + 1):
                if tail[-size:] in self.ends:
                    yield "*" + tail[-size:]


def key_words(phrase: str, *, skip: bool) -> tuple[str, ...]:
    """Cut a phrase of a table into the keys of its words, function words inside it left out if ``skip``."""
    words = phrase.replace("'", " ").replace("-", " ").split()
    last = len(words) - 1
    if skip:
        words = [w for i, w in enumerate(words) if i in (0, last) or w not in function_words()]
    return tuple(w if "*" in w or "#" in w else stem(w) for w in words)


class Trie(Generic[Row]):
    """Phrases -> rows; finds the longest phrase that begins at a word."""

    def __init__(self, rows: Iterable[tuple[tuple[str, ...], Row]], *, skip: bool) -> None:
        self._skip = function_words() if skip else frozenset()
        self._root: dict[str, Any] = {}
        phrases = []
        for phrase, row in rows:
            node = self._root
            for key in phrase:
                node = node.setdefault(key, {})
            node.setdefault("", []).append(row)
            phrases.append(phrase)
        self.keys = Keys(phrases)

    def matches(self, words: Words, start: int) -> list[tuple[int, list[Row]]]:
        """Every phrase that begins at word ``start``: ``(end, rows)``, the longest first."""
        found: list[tuple[int, list[Row]]] = []
        open_nodes = [(start, self._root, 0)]
        size = len(words)
        while open_nodes:
            index, node, skipped = open_nodes.pop()
            if index >= size:
                continue
            inside = node is not self._root
            if inside and not FORBIDDEN.isdisjoint(words.gap(index)):
                continue
            word = words.words[index]
            for key in self.keys.of(word):
                below = node.get(key)
                if below is not None:
                    if "" in below:
                        found.append((index + 1, below[""]))
                    if len(below) > 1 or "" not in below:
                        open_nodes.append((index + 1, below, skipped))
            if inside and skipped < SKIPS and word in self._skip:
                open_nodes.append((index + 1, node, skipped + 1))
        found.sort(key=lambda match: -match[0])
        return found
