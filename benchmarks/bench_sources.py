"""Reading beside polars: damage counted in a cp1252 file against the same table, clean, in UTF-8.

Two tables: one row repeated, which flatters any parser, and varied rows with names, accents and text.
Medians of alternating runs; the peak of memory comes from a process of its own.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl

from breachkit.sources import read

COLUMNS = 25
CUT = 200
ROUNDS = 7
FIRST = [
    "MARIE-HÉLÈNE",
    "ZOÉ",
    "JEAN",
    "François",
    "Chloé",
    "Noël",
    "PIERRE",
    "Loïc",
    "Gaëlle",
    "PAUL",
    "Inès",
]
LAST = ["DUPONT-KERVELLA", "MARTIN", "LE GOFF", "Lefèvre", "MÜLLER", "NGUYEN", "BŒUF", "GARCIA", "THÉRY"]
TOWNS = ["BREST", "Évreux", "LYON", "Saint-Étienne", "PARIS", "Orléans"]
STREETS = ["des Œillets", "de la Paix", "du Général de Gaulle", "Émile Zola"]
NOTES = ["", "", "", "patiente enceinte", "à jeun", "Prélèvement à domicile", "RAS"]
_MEMORY = """
import re, sys
from breachkit.sources import read
def peak(): return re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]
before = peak(); leak = read(sys.argv[1]); print(before, peak())
"""


def uniform(size: int) -> list[str]:
    """Rows of 25 cells like a laboratory's, one repeated but for two numbers."""
    stem = (
        "DUPONT-KERVELLA;MARIE-HÉLÈNE;12/03/1965;29200;BREST;12 rue des Œillets;;;LABO DU PORT;Dr Léa Martin"
    )
    tail = "F;;;commentaire court;a;b;c;1,25;3;;;fin;oui"
    return [f"{i};265032901{i % 10_000:04d};{stem};{tail}" for i in range(size)]


def varied(size: int) -> list[str]:
    """Rows of 25 cells with names, dates, numbers and remarks that differ, a third of the cells empty."""
    draw = np.random.default_rng(2021)

    def pick(words: list[str]) -> list[str]:
        return [words[i] for i in draw.integers(0, len(words), size).tolist()]

    def number(low: int, high: int) -> list[int]:
        found: list[int] = draw.integers(low, high, size).tolist()
        return found

    last, first, doctor, town, street, note = map(pick, (LAST, FIRST, LAST, TOWNS, STREETS, NOTES))
    day, month, year, post, house = (
        number(*ends) for ends in ((1, 29), (1, 13), (1930, 2021), (1000, 96000), (1, 99))
    )
    phone, order = number(0, 10**9), number(0, 10**6)
    return [
        f"{i};{1 + i % 2}{year[i] % 100:02d}{month[i]:02d}29{order[i]:06d};{last[i]};{first[i]};"
        f"{day[i]:02d}/{month[i]:02d}/{year[i]};{post[i]:05d};{town[i]};{house[i]} rue {street[i]};"
        f"{f'0{phone[i]:09d}' if i % 2 else ''};{f'u{order[i]}@example.org' if i % 5 == 0 else ''};"
        f"LABO DU PORT;Dr {doctor[i]};{'FM'[i % 2]};;;{note[i]};a;b;c;{order[i] / 1000:.2f};{i % 9};;;fin;oui"
        for i in range(size)
    ]


def timed(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def race(what: str, rows: list[str]) -> dict[str, object]:
    size = len(rows)
    header = ";".join(f"colonne_{i}" for i in range(1, COLUMNS + 1))
    cut = set(np.linspace(10, size - 10, CUT, dtype=int).tolist())
    damaged = [row[: len(row) // 2] if i in cut else row for i, row in enumerate(rows)]
    with tempfile.TemporaryDirectory() as folder:
        ugly, clean = Path(folder, "ugly.csv"), Path(folder, "clean.csv")
        ugly.write_bytes(("\r\n".join([header, *damaged]) + "\r\n").encode("cp1252"))
        clean.write_bytes(("\n".join([header, *rows]) + "\n").encode("utf-8"))
        del damaged
        times = [
            (
                timed(lambda: read(ugly)),
                timed(lambda: pl.read_csv(clean, separator=";", infer_schema=False)),
            )
            for _ in range(ROUNDS)
        ]
        leak = read(ugly)
        script = [sys.executable, "-c", _MEMORY, str(ugly)]
        told = subprocess.run(script, capture_output=True, text=True, check=True).stdout
        before, peak = (int(word) // 1024 for word in told.split())
        megabytes = ugly.stat().st_size >> 20
    ours, peer = (statistics.median(column) for column in zip(*times, strict=True))
    found = leak.damage.filter(pl.col("kind") == "short_line")["count"].sum()
    return {
        "what": f"read {size} x {COLUMNS}, {what} rows",
        "ours_s": ours,
        "peer": "polars.read_csv (UTF-8, silent)",
        "peer_s": peer,
        "ratio": ours / peer,
        "note": f"cp1252, CRLF, {megabytes} MiB, {CUT} lines cut, {found} found; "
        f"peak {peak} MiB, {before} before; medians of {ROUNDS}",
    }


def main(size: int | None = None) -> list[dict[str, object]]:
    size = size or 500_000
    return [race("repeated", uniform(size)), race("varied", varied(size))]
