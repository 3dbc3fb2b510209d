"""Synthetic patients beside Faker and mimesis, row by row, and beside the pure write of the ready table."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from breachkit.synth import output
from breachkit.synth.plan import plan
from breachkit.synth.profile import load
from breachkit.synth.synthesis import generate

ROWS = 491_840
PEER_ROWS = 3_000
FAKER = """
import sys, time
from faker import Faker
fake = Faker("fr_FR"); Faker.seed(1); n = int(sys.argv[1])
def row():
    return (fake.prefix(), fake.last_name(), fake.last_name(), fake.first_name(), fake.date_of_birth(),
            fake.ssn(), fake.street_address(),
            fake.postcode(), fake.city(), fake.phone_number(), fake.phone_number(),
            fake.email(), fake.password(), fake.date_this_decade(), fake.company())
row(); t = time.perf_counter(); [row() for _ in range(n)]; print(time.perf_counter() - t)
"""
MIMESIS = """
import sys, time
from mimesis import Address, Datetime, Finance, Locale, Person
p, a, d, f = (kind(Locale.FR, seed=1) for kind in (Person, Address, Datetime, Finance)); n = int(sys.argv[1])
def row():
    return (p.title(), p.last_name(), p.last_name(), p.first_name(), d.date(),
            p.identifier(mask="###############"), a.address(),
            a.postal_code(), a.city(), p.telephone(), p.telephone(), p.email(), p.password(),
            d.date(), f.company())
row(); t = time.perf_counter(); [row() for _ in range(n)]; print(time.perf_counter() - t)
"""


def peer(package: str, code: str, rows: int) -> float:
    """Seconds the peer needs for ``rows`` rows, in an environment of its own."""
    home = Path(tempfile.gettempdir()) / f"breachkit_bench_{package}"
    python = home / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", package], check=True)
    done = subprocess.run([str(python), "-c", code, str(rows)], check=True, capture_output=True, text=True)
    return float(done.stdout)


def main(size: int | None = None) -> list[dict]:
    rows = size or ROWS
    compiled = plan(load("leak-2021"), 2021)
    list(generate(compiled, 0, 1000))
    begin = time.perf_counter()
    chunks = list(generate(compiled, 0, rows))
    ours = time.perf_counter() - begin
    with tempfile.TemporaryDirectory() as folder:
        begin = time.perf_counter()
        output._parquet(
            chunks[0].frame, iter([chunk.frame for chunk in chunks[1:]]), Path(folder) / "t.parquet"
        )
        written = time.perf_counter() - begin
    columns = chunks[0].frame.width
    races = [
        {
            "what": f"generate {rows} rows x {columns} columns",
            "ours_s": ours,
            "peer": "write of the ready table, zstd-1",
            "peer_s": written,
            "ratio": ours / written,
            "note": "generation / write; truth included",
        }
    ]
    for package, code in (("Faker", FAKER), ("mimesis", MIMESIS)):
        seconds = peer(package.lower(), code, PEER_ROWS) * rows / PEER_ROWS
        races.append(
            {
                "what": f"{rows} rows, {columns} columns against {package}'s 15",
                "ours_s": ours,
                "peer": package,
                "peer_s": seconds,
                "ratio": seconds / ours,
                "note": f"peer row by row, extrapolated from {PEER_ROWS} rows",
            }
        )
    return races
