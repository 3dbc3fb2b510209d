"""Random words with an address: the same (seed, profile, column, row) always gives the same word.

Philox 4x64 is a counter-based generator: the key comes from seed, profile and column, the counter is the
row, and each row has eight 32-bit words. Nothing else of numpy's random module is used, since only its bit
generators are promised to stay the same between versions (NEP 19).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint64]
Flags = npt.NDArray[np.bool_]
PER_ROW = 8
SPAN = 2**32


class Draws:
    """The words of some rows: ``draws[3]`` is every row's fourth word, as unsigned 64-bit integers.

    Only the words asked for are widened: most columns need two of the eight.
    """

    def __init__(self, table: npt.NDArray[np.uint32]) -> None:
        self._table = table

    def __getitem__(self, place: int) -> Words:
        return self._table[:, place].astype(np.uint64)

    def take(self, rows: Ints | Flags) -> Draws:
        """The words of chosen rows."""
        return Draws(self._table[rows])

    def to_numpy(self) -> Words:
        """All words, one row of eight per row."""
        return self._table.astype(np.uint64)


@dataclass(frozen=True)
class Source:
    """All the words of one seed and one profile.

    Examples
    --------
    >>> source = Source(2021, "leak-2021")
    >>> bool((source.words("nir", 0, 6)[3][4:] == source.words("nir", 4, 6)[3]).all())
    True
    """

    seed: int
    profile: str

    def words(self, column: str, start: int, stop: int) -> Draws:
        """Eight 32-bit words for each row of ``start``..``stop``."""
        digest = hashlib.sha256(f"{self.seed}/{self.profile}/{column}".encode()).digest()
        key = np.frombuffer(digest[:16], dtype="<u8")
        bits = np.random.Philox(key=key, counter=np.array([start, 0, 0, 0], dtype=np.uint64))
        raw = bits.random_raw(4 * (stop - start)).astype("<u8", copy=False)
        return Draws(raw.view("<u4").reshape(-1, PER_ROW))


def below(word: Words, bound: int | Ints) -> Ints:
    """Map each word to an integer in ``0..bound-1`` by multiply and shift."""
    return ((word * np.asarray(bound, dtype=np.uint64)) >> np.uint64(32)).view(np.int64)


def chance(word: Words, share: float | npt.NDArray[np.float64]) -> Flags:
    """Whether each word falls under ``share`` (0..1)."""
    return np.asarray(word < np.rint(np.asarray(share) * SPAN).astype(np.uint64))


def stir(word: Words, more: Words, place: Ints) -> Words:
    """Words for the first, second, third ... thing of a row, from two words of the row (SplitMix64).

    Examples
    --------
    >>> two = np.array([5, 5], dtype=np.uint64)
    >>> len(set(stir(two, two, np.array([0, 1])).tolist()))
    2
    """
    mixed = (word << np.uint64(32)) + more + place.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return np.asarray((mixed ^ (mixed >> np.uint64(31))) >> np.uint64(32))


@dataclass(frozen=True)
class Alias:
    """One or several weighted tables drawn from with two words and no search (Vose's alias method)."""

    keep: Words
    other: Ints
    offset: Ints
    size: Ints

    def draw(self, word: Words, test: Words, group: Ints | int = 0) -> Ints:
        """Draw one position per row, in the table of each row's ``group``."""
        if isinstance(group, int):
            at = below(word, int(self.size[group])) + int(self.offset[group])
        else:
            at = below(word, self.size[group]) + self.offset[group]
        return np.where(test < self.keep[at], at, self.other[at])


def alias(*weights: npt.ArrayLike) -> Alias:
    """Build alias tables, one for each list of weights; positions count through all of them.

    Examples
    --------
    >>> table = alias([1.0, 0.0], [1.0])
    >>> word = np.array([0, 2**32 - 1], dtype=np.uint64)
    >>> table.draw(word, word).tolist(), table.draw(word, word, 1).tolist()
    ([0, 0], [2, 2])
    """
    keeps, others, sizes = [], [], []
    start = 0
    for each in weights:
        keep, other = _vose(np.asarray(each, dtype=np.float64))
        keeps.append(keep)
        others.append(other + start)
        sizes.append(len(keep))
        start += len(keep)
    offsets = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64)
    return Alias(np.concatenate(keeps), np.concatenate(others), offsets, np.array(sizes, dtype=np.int64))


def vose(weights: npt.NDArray[np.float64]) -> tuple[npt.NDArray[np.float64], Ints]:
    """Give Vose's alias table: for each index the share it keeps of its slot, and who has the rest."""
    n = len(weights)
    scaled = weights / weights.sum() * n
    keep = np.ones(n)
    other = np.arange(n)
    small = [i for i in range(n) if scaled[i] < 1]
    large = [i for i in range(n) if scaled[i] >= 1]
    while small and large:
        low, high = small.pop(), large.pop()
        keep[low], other[low] = scaled[low], high
        scaled[high] -= 1 - scaled[low]
        (small if scaled[high] < 1 else large).append(high)
    return keep, other


def _vose(weights: npt.NDArray[np.float64]) -> tuple[Words, Ints]:
    keep, other = vose(weights)
    return np.rint(keep * SPAN).astype(np.uint64), other
