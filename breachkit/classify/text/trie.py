"""Phrases of words: matched by stem, by shape (``#``: a number), beginning (``abc*``), end (``*abc``)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache
from operator import itemgetter
from typing import Generic, TypeVar

from breachkit.classify.text.words import DIGITS, Words, function_words, stem
from breachkit.facts import table

Row = TypeVar("Row")
MEMORY = 200_000
SKIPS = 4
CLIPPED = 4
MOST_READINGS = 6


@cache
def abbreviations() -> dict[str, tuple[tuple[str, str], ...]]:
    """Clipped words -> what they may stand for, and whether they may do so outside a phrase."""
    full: dict[str, tuple[tuple[str, str], ...]] = {}
    for row in table("classify/text", "abbreviations").to_dicts():
        full[row["abbreviation"]] = (*full.get(row["abbreviation"], ()), (row["word"], row["alone"]))
    return full


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
        self._sorted = sorted(key for key in self.exact if len(key) > CLIPPED)

    def of(self, word: str) -> tuple[str, ...]:
        """Give the keys of one folded word."""
        keys = self._known.get(word)
        if keys is None:
            keys = tuple(self._work_out(word))
            if len(self._known) < MEMORY:
                self._known[word] = keys
        return keys

    def _abbreviated(self, word: str, alone: str) -> Iterator[str]:
        for full, may_stand_alone in abbreviations().get(word, ()):
            if may_stand_alone != alone:
                continue
            if stem(full) in self.exact:
                yield stem(full)
            yield from (f"{full[:n]}*" for n in range(3, len(full) + 1) if full[:n] in self.starts)

    def in_phrases(self, word: str, *, cut: bool) -> tuple[str, ...]:
        """Further keys that only count inside a phrase of several words; ``cut``: a full stop follows."""
        return (*self._abbreviated(word, "no"), *(self.clipped(word) if cut else ()))

    def clipped(self, word: str) -> Iterator[str]:
        """Keys that a word cut off by a full stop may begin (``GROSS.``): few, or none."""
        if len(word) < CLIPPED:
            return
        first = bisect_left(self._sorted, word)
        begun = self._sorted[first : first + MOST_READINGS + 1]
        if (begun and not begun[-1].startswith(word)) or len(begun) <= MOST_READINGS:
            yield from (key for key in begun if key.startswith(word) and key != word)

    def _work_out(self, word: str) -> Iterator[str]:
        root = stem(word)
        if root in self.exact:
            yield root
        yield from self._abbreviated(word, "yes")
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


class Node(Generic[Row]):
    """Where phrases stand after some of their words: what may follow, the rows of those that end here."""

    __slots__ = ("below", "known", "rows")

    def __init__(self) -> None:
        self.below: dict[str, Node[Row]] = {}
        self.rows: list[Row] = []
        self.known: dict[str, list[tuple[Node[Row], bool]]] = {}


class Trie(Generic[Row]):
    """Phrases -> rows; finds the longest phrase that begins at a word."""

    def __init__(self, rows: Iterable[tuple[tuple[str, ...], Row]], *, skip: bool) -> None:
        self._skip = function_words() if skip else frozenset()
        self._root: Node[Row] = Node()
        phrases = []
        for phrase, row in rows:
            node = self._root
            for key in phrase:
                node = node.below.setdefault(key, Node())
            node.rows.append(row)
            phrases.append(phrase)
        self.keys = Keys(phrases)
        self._remembered = 0

    def _read(self, node: Node[Row], form: str) -> list[tuple[Node[Row], bool]]:
        """The nodes that a word leads to, and whether a phrase may end there; remembered, as words repeat."""
        word = form.rstrip(".")
        inside = node is not self._root
        led = [(node.below[key], True) for key in self.keys.of(word) if key in node.below]
        if self._skip:
            keys = self.keys.in_phrases(word, cut=word != form)
            led += [(node.below[key], inside) for key in keys if key in node.below]
        if self._remembered < MEMORY:
            self._remembered += 1
            node.known[form] = led
        return led

    def matches(self, words: Words, start: int) -> list[tuple[int, list[Row]]]:
        """Every phrase that begins at word ``start``: ``(end, rows)``, the longest first."""
        forms = words.forms
        root = self._root
        openings = root.known.get(forms[start])
        if openings is None:
            openings = self._read(root, forms[start])
        if not openings:
            return []
        found: dict[int, list[Row]] = {}
        reached = [(start + 1, below, 0, alone) for below, alone in openings]
        size = len(forms)
        while reached:
            index, node, skipped, alone = reached.pop()
            if alone and node.rows:
                found[index] = [*found[index], *node.rows] if index in found else node.rows
            if index >= size or not node.below or words.walls[index]:
                continue
            form = forms[index]
            led = node.known.get(form)
            for below, ends in self._read(node, form) if led is None else led:
                reached.append((index + 1, below, skipped, ends))
            if skipped < SKIPS and words.words[index] in self._skip:
                reached.append((index + 1, node, skipped + 1, False))
        return sorted(found.items(), reverse=True, key=itemgetter(0)) if len(found) > 1 else [*found.items()]
