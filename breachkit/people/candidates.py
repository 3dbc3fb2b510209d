"""Records that share a rule's key, cut into partitions that can be compared one at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from breachkit.people.rules import COMPARED, LISTS, Rule
from breachkit.people.shelf import Shelf

#: In place of a partition: a record that shares no key of the rule with another.
NOWHERE = np.iinfo(np.uint16).max
#: Keys sorted at a time.
SORTED = 8_000_000


class Source(NamedTuple):
    """Records that are read ``size`` at a time, always in the same order."""

    frame: pl.LazyFrame
    rows: int
    size: int

    def batches(self, columns: Sequence[pl.Expr | str]) -> Iterator[tuple[int, pl.DataFrame]]:
        """Yield these columns of each batch with ``record_id``, the position, and where the batch starts."""
        for start in range(0, self.rows, self.size):
            part = self.frame.slice(start, self.size).select(*columns).collect()
            at = pl.int_range(start, start + part.height, dtype=pl.Int64, eager=True).alias("record_id")
            yield start, part.with_columns(at)


def compared(rule: Rule) -> list[pl.Expr]:
    """Give the columns that a rule compares, by their names in the rule."""
    return [COMPARED[name].alias(name) for name in dict.fromkeys((*rule.keys, *rule.compatible))]


def partitions(source: Source, rule: Rule, shelf: Shelf, pile: str) -> Iterator[pl.DataFrame]:
    """Yield frames of records, no more than about ``source.size`` each, that hold every pair sharing a key.

    Keys become 64-bit integers, by which the records without a fellow are left out and the others spread.
    Integers of different keys may be equal: that only makes a few records more be compared, as keys are
    always compared by themselves. So no result depends on the integers or on the number of partitions.
    A pair meets in one partition only, even with several telephones in common: what spreads the records are
    the keys that are not lists (all in one partition where there are none).
    """
    if source.rows <= source.size:
        yield from (part for _, part in source.batches(compared(rule)))
        return
    where = _placed(source, rule)
    places = int((where[where != NOWHERE].astype(np.int64) + 1).max(initial=0))
    columns = sorted({name for column in compared(rule) for name in column.meta.root_names()})
    for start, part in source.batches(columns):
        mine = where[start : start + part.height]
        wanted = np.flatnonzero(mine != NOWHERE)
        part = part[wanted].select("record_id", *compared(rule), _place=pl.Series(mine[wanted]))
        for (place,), piece in part.partition_by("_place", as_dict=True, include_key=False).items():
            shelf.put(f"{pile}-{place}", piece)
    for place in range(places):
        pieces = list(shelf.pieces(f"{pile}-{place}"))
        shelf.drop(f"{pile}-{place}")
        if pieces:
            yield pl.concat(pieces)


def _placed(source: Source, rule: Rule) -> NDArray[np.uint16]:
    """Give the partition of each record, `NOWHERE` without a fellow."""
    spread = [name for name in rule.keys if name not in LISTS]
    batches = -(-source.rows // source.size)
    keys: list[NDArray[np.uint64]] = []
    rows: list[NDArray[np.uint32]] = []
    place = np.full(source.rows, NOWHERE, dtype=np.uint16)
    for _, part in source.batches([COMPARED[name].alias(name) for name in rule.keys]):
        filled = part.drop_nulls(rule.keys)
        if spread:
            by = (filled.select(pl.struct(spread).hash()).to_series() % batches).cast(pl.UInt16).to_numpy()
        else:
            by = np.zeros(filled.height, dtype=np.uint16)
        place[filled["record_id"].to_numpy()] = by
        for name in rule.keys:
            if name in LISTS:
                filled = filled.explode(name).drop_nulls(name)
        keys.append(filled.select(pl.struct(rule.keys).hash()).to_series().to_numpy())
        rows.append(filled["record_id"].cast(pl.UInt32).to_numpy())
    fellows = np.zeros(source.rows, dtype=bool)
    turns = np.uint64(-(-source.rows // SORTED))
    for turn in range(int(turns)):
        chosen = [key % turns == turn for key in keys]
        key = np.concatenate([k[c] for k, c in zip(keys, chosen, strict=True)])
        row = np.concatenate([r[c] for r, c in zip(rows, chosen, strict=True)])
        order = np.argsort(key)
        same = key[order][1:] == key[order][:-1]
        fellows[row[order][1:][same]] = True
        fellows[row[order][:-1][same]] = True
    place[~fellows] = NOWHERE
    # Few records left: fewer, fuller partitions.
    wanted = max(1, -(-int(fellows.sum()) // source.size))
    inside = place != NOWHERE
    place[inside] //= np.uint16(max(1, -(-batches // wanted)))
    return place
