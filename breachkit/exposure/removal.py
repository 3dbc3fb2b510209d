"""What each column is worth to whoever looks: people unique with and without it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import narwhals as nw
import polars as pl

from breachkit.exposure.adversaries import Knowledge, knowledge_rows
from breachkit.exposure.lookalikes import LOOK_ALIKES, classes

#: The columns of everyday knowledge that the figure removes.
REMOVABLE = ("sex", "birth_date", "postcode", "first_name")


def removal(slim: pl.DataFrame, held: Sequence[str]) -> pl.DataFrame:
    """Count people unique by sex, birth date, postcode and first name, as columns are taken away.

    Returns ``removed, unique, left``: with all of them (``""``), then each column from the most to the least
    telling; ``unique`` without it alone, ``left`` without it and all those above it. Removing a column never
    makes more people unique.
    """
    rows = knowledge_rows()
    usable = [i for i in REMOVABLE if rows[i]["column"] in held]
    knows = {i: Knowledge(i, rows[i]["column"], False, rows[i]["precision"]) for i in usable}
    schema = {"removed": pl.String, "unique": pl.Int64, "left": pl.Int64}
    if not knows:
        return pl.DataFrame(schema=schema)
    everything = _unique(slim, knows.values())
    alone = {i: _unique(slim, [k for k in knows.values() if k.id != i]) for i in usable}
    counts, kept = [("", everything, everything)], dict(knows)
    for removed in sorted(usable, key=lambda i: (alone[i], i)):
        del kept[removed]
        counts.append((rows[removed]["column"], alone[removed], _unique(slim, kept.values())))
    return pl.DataFrame(counts, schema=schema, orient="row")


def _unique(slim: pl.DataFrame, knows: Iterable[Knowledge]) -> int:
    known = list(knows)
    if not known:
        return 0
    alone = classes(nw.from_native(slim.lazy()), known).filter(nw.col(LOOK_ALIKES) == 1)
    return int(alone.select(nw.len()).collect().item())
