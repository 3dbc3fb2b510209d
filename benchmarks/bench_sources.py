"""Reading beside polars: damage counted in a cp1252 file against the same table, clean, in UTF-8."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl

from breachkit.sources import read

COLUMNS = 25
CUT = 200


def lines(size: int) -> list[str]:
    """Rows of 25 cells like a laboratory's, a few distinct ones repeated; names, dates, text, empties."""
    stem = (
        "DUPONT-KERVELLA;MARIE-HÉLÈNE;12/03/1965;29200;BREST;12 rue des Œillets;;;LABO DU PORT;Dr Léa Martin"
    )
    tail = "F;;;commentaire court;a;b;c;1,25;3;;;fin;oui"
    return [f"{i};265032901{i % 10_000:04d};{stem};{tail}" for i in range(size)]


def best(run: Callable[[], object], rounds: int = 3) -> float:
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times)


def main(size: int | None = None) -> list[dict[str, object]]:
    size = size or 500_000
    header = ";".join(f"colonne_{i}" for i in range(1, COLUMNS + 1))
    rows = lines(size)
    cut = set(np.linspace(10, size - 10, CUT, dtype=int).tolist())
    damaged = [row[: len(row) // 2] if i in cut else row for i, row in enumerate(rows)]
    with tempfile.TemporaryDirectory() as folder:
        ugly, clean = Path(folder, "ugly.csv"), Path(folder, "clean.csv")
        ugly.write_bytes(("\r\n".join([header, *damaged]) + "\r\n").encode("cp1252"))
        clean.write_bytes(("\n".join([header, *rows]) + "\n").encode("utf-8"))
        peer = best(lambda: pl.read_csv(clean, separator=";", infer_schema=False))
        ours = best(lambda: read(ugly))
        leak = read(ugly)
    found = leak.damage.filter(pl.col("kind") == "short_line")["count"].sum()
    note = f"cp1252, CRLF, {CUT} lines cut, {found} found"
    what = f"read {size} x {COLUMNS}"
    return [
        {
            "what": what,
            "ours_s": ours,
            "peer": "polars.read_csv (UTF-8, silent)",
            "peer_s": peer,
            "ratio": ours / peer,
            "note": note,
        }
    ]
