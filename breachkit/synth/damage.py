"""Dirt as laboratories make it, and a record of every damaged cell.

pseudopeople's two levels (a cell is hit, then something inside it changes) with French noises; each noise has
its rate in ``noises.csv`` and each laboratory its own factor. Whether a cell is hit is a word of its row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

import numpy as np
import polars as pl

from breachkit.facts import table
from breachkit.leak import TRUE_DAMAGE_SCHEMA
from breachkit.synth.cast import BLOCK, Cast, block_range, cast
from breachkit.synth.noises import CHANGES
from breachkit.synth.plan import Plan
from breachkit.synth.words import Ints, Words, below, chance, stir

LEVELS = ("none", "light", "heavy")
CLEANEST, SPREAD = 0.3, 1.4
Hurt = tuple[str, int, str, str, str | None]
WHOLE_ROW = ("cut_line", "duplicate")


def _rates(level: str) -> Iterator[tuple[str, str, float]]:
    for row in table("synth", "noises").iter_rows(named=True):
        for column in row["columns"].split("|"):
            yield row["noise"], column, float(row[level])


def doubled(plan: Plan, level: str, start: int, stop: int) -> Cast:
    """The people of a row range, some rows being another row's person once more."""
    if level == "none":
        return cast(plan, start, stop)
    low, high = block_range(start, stop)
    people = cast(plan, low, high)
    rate = next(rate for noise, _, rate in _rates(level) if noise == "duplicate")
    words = plan.source.words("noise/duplicate", start, stop)
    rows = np.arange(start, stop, dtype=np.int64)
    other = (rows & ~(BLOCK - 1)) | ((rows + 1 + below(words[1], BLOCK - 1)) & (BLOCK - 1))
    return people.take(np.where(chance(words[0], rate), other, rows) - low)


def damage(
    plan: Plan, level: str, name: str, frame: pl.DataFrame, lab: Ints, people: Cast, start: int
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Damage a chunk; give it back with one row of truth for each damaged cell."""
    if level == "none":
        return frame, pl.DataFrame(schema=TRUE_DAMAGE_SCHEMA)
    n = frame.height
    rows: list[Hurt] = [
        (name, start + i, "", "duplicate", str(people.person[i]))
        for i in np.flatnonzero(people.person != np.arange(start, start + n)).tolist()
    ]

    def drawn(key: str) -> tuple[Words, Words]:
        words = plan.source.words(f"noise/{key}", start, start + n)
        return words[0], words[1]

    frame, hurt = _noisy(frame, level, _factor(plan)[lab], drawn)
    rows += [(name, start + i, column, noise, true) for i, column, noise, true in hurt]
    frame, cut = _cut(plan, level, name, frame, start)
    truth = pl.DataFrame(rows + cut, schema=TRUE_DAMAGE_SCHEMA, orient="row")
    return frame, truth.sort("row", "column", "noise")


def beside(
    plan: Plan, level: str, name: str, frame: pl.DataFrame, lab: Ints, bearer: Ints, start: int
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Damage a table beside the patients; ``bearer`` is the patient's place in the chunk of each row.

    Whether a cell is hit depends on the patient's row and on which of its rows this is, so that no chunking
    changes it; the truth counts rows from this chunk's first.
    """
    count = np.bincount(bearer, minlength=len(lab))
    place = np.arange(len(bearer)) - (np.cumsum(count) - count)[bearer]

    def drawn(key: str) -> tuple[Words, Words]:
        words = plan.source.words(f"noise/{name}/{key}", start, start + len(lab))
        first, second = (stir(words[i][bearer], words[i + 1][bearer], place) for i in (0, 2))
        return first, second

    frame, hurt = _noisy(frame, level, _factor(plan)[lab[bearer]], drawn)
    rows = [(name, i, column, noise, true) for i, column, noise, true in hurt]
    return frame, pl.DataFrame(rows, schema=TRUE_DAMAGE_SCHEMA, orient="row").sort("row", "column", "noise")


def _factor(plan: Plan) -> np.ndarray:
    """How dirty each laboratory is."""
    words = plan.source.words("noise/laboratory", 0, plan.labs.height)
    return np.asarray(CLEANEST + SPREAD * (words[0] / 2**32))


def _noisy(
    frame: pl.DataFrame, level: str, factor: np.ndarray, drawn: Callable[[str], tuple[Words, Words]]
) -> tuple[pl.DataFrame, list[tuple[int, str, str, str]]]:
    """Every noise on every cell it hits, at most one per cell; give row, column, noise, true value."""
    frame = frame.with_columns(pl.col(name).cast(pl.String) for name in _touched() if name in frame.columns)
    taken: set[tuple[str, int]] = set()
    rows: list[tuple[int, str, str, str]] = []
    for noise, column, rate in _rates(level):
        if noise in WHOLE_ROW or column not in frame.columns:
            continue
        hit, word = drawn(f"{noise}/{column}")
        places = np.flatnonzero(chance(hit, np.minimum(rate * factor, 1))).tolist()
        at = [i for i in places if (column, i) not in taken]
        frame, done = _apply(frame, noise, column, at, word)
        taken.update((column, i) for i, _ in done)
        rows += [(i, column, noise, true) for i, true in done]
    return frame, rows


@cache
def _touched() -> tuple[str, ...]:
    return tuple({column: None for _, column, _ in _rates("light")})


def _apply(
    frame: pl.DataFrame, noise: str, column: str, at: list[int], word: Words
) -> tuple[pl.DataFrame, list[tuple[int, str]]]:
    """Change the cells that were hit and can change; give their places and true values."""
    if not at:
        return frame, []
    old = frame[column].gather(at).to_list()
    if noise == "swapped_names":
        other = frame["NOM_NAISSANCE"].gather(at).to_list()
        pairs = [(i, a, b) for i, a, b in zip(at, old, other, strict=True) if a and b and a != b]
        if not pairs:
            return frame, []
        places = [i for i, _, _ in pairs]
        swapped = frame["NOM_USUEL"].scatter(places, [b for _, _, b in pairs])
        born = frame["NOM_NAISSANCE"].scatter(places, [a for _, a, _ in pairs])
        return frame.with_columns(swapped, born), [(i, a) for i, a, _ in pairs]
    seeds = word[at].tolist()
    new = [
        None if noise == "blank" or v is None else CHANGES[noise](v, w)
        for v, w in zip(old, seeds, strict=True)
    ]
    done = [(i, a, b) for i, a, b in zip(at, old, new, strict=True) if a is not None and a != b]
    if not done:
        return frame, []
    values = pl.Series([b for _, _, b in done], dtype=pl.String)
    changed = frame[column].scatter([i for i, _, _ in done], values)
    return frame.with_columns(changed), [(i, a) for i, a, _ in done]


def _cut(
    plan: Plan, level: str, name: str, frame: pl.DataFrame, start: int
) -> tuple[pl.DataFrame, list[Hurt]]:
    """Cut lines short: from some column on nothing is left."""
    rate = next(rate for noise, _, rate in _rates(level) if noise == "cut_line")
    words = plan.source.words("noise/cut_line", start, start + frame.height)
    at = np.flatnonzero(chance(words[0], rate))
    if not len(at):
        return frame, []
    names = frame.columns
    first = 5 + below(words[1][at], len(names) - 5)
    limit = np.full(frame.height, len(names))
    limit[at] = first
    truth: list[Hurt] = []
    for i, place in zip(at.tolist(), first.tolist(), strict=True):
        row = frame.row(i)
        truth += [
            (name, start + i, names[j], "cut_line", str(row[j]))
            for j in range(place, len(names))
            if row[j] is not None
        ]
    edge = pl.Series("limit", limit)
    kept = [pl.when(edge > j).then(pl.col(column)).alias(column) for j, column in enumerate(names)]
    return frame.with_columns(kept), truth
