"""How good a consolidation is, when the truth is known: precision and recall over pairs of records."""

from __future__ import annotations

from typing import Any, NamedTuple

import narwhals as nw
import polars as pl

from breachkit.errors import BreachkitError


class Pairwise(NamedTuple):
    """Pairs of records put together (``found``), that belong together (``true``), and both (``common``).

    ``precision`` = common / found, ``recall`` = common / true, each with its 95 % Wilson interval (pairs of
    one person are not independent: with large groups the true interval is wider). ``None`` without pairs.
    """

    found: int
    true: int
    common: int
    precision: float | None
    precision_interval: tuple[float, float] | None
    recall: float | None
    recall_interval: tuple[float, float] | None


def pairwise(members: Any, truth: Any) -> Pairwise:
    """Compare who was merged with who should have been, pair of records by pair of records.

    Parameters
    ----------
    members
        ``person_id, record_id`` of a consolidation (`People.members`), any frame narwhals knows.
    truth
        ``person_id, record_id`` in truth, one row per record. For a synthetic leak join
        ``leak.truth.people`` with ``records.frame`` on ``table, row``. Records without truth are left out;
        keep only some (twins) to measure these.

    Raises
    ------
    BreachkitError
        When a column lacks or a record stands twice.

    Examples
    --------
    Records 0, 1 and 2 are one person; 2 was missed and 3 wrongly added:

    >>> members = pl.DataFrame({"record_id": [0, 1, 2, 3], "person_id": [0, 0, 1, 0]})
    >>> truth = pl.DataFrame({"record_id": [0, 1, 2, 3], "person_id": [7, 7, 7, 9]})
    >>> found = pairwise(members, truth)
    >>> found.common, found.found, found.true
    (1, 3, 3)
    """
    mine, real = _sides(members, "members"), _sides(truth, "truth")
    both = mine.join(real, on="record_id", suffix="_true")
    found, true = _pairs(both, ["person_id"]), _pairs(both, ["person_id_true"])
    common = _pairs(both, ["person_id", "person_id_true"])
    return Pairwise(found, true, common, *_share(common, found), *_share(common, true))


def _sides(frame: Any, what: str) -> pl.DataFrame:
    try:
        table = nw.from_native(frame).lazy()
    except TypeError:
        raise BreachkitError(f"{what}: a frame is needed, not {type(frame).__name__}.") from None
    held = table.collect_schema().names()
    for name in ("person_id", "record_id"):
        if name not in held:
            raise BreachkitError(f"{what}: no column {name}.", hint=f"Columns: {', '.join(held)}.")
    narrow: pl.DataFrame = table.select("person_id", "record_id").collect(backend="polars").to_native()
    if narrow["record_id"].is_duplicated().any():
        raise BreachkitError(f"{what}: a record stands twice.", hint="Give one row per record.")
    return narrow.drop_nulls()


def _pairs(frame: pl.DataFrame, by: list[str]) -> int:
    size = pl.col("len").cast(pl.Int64)
    return int(frame.group_by(by).len().select((size * (size - 1) // 2).sum()).item())


def _share(hits: int, n: int) -> tuple[float | None, tuple[float, float] | None]:
    if not n:
        return None, None
    share, z = hits / n, 1.959963984540054
    middle, half = share + z * z / (2 * n), z * (share * (1 - share) / n + z * z / (4 * n * n)) ** 0.5
    return share, (max(0.0, (middle - half) / (1 + z * z / n)), min(1.0, (middle + half) / (1 + z * z / n)))
