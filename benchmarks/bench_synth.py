"""Synthetic patients beside Faker, mimesis and dbldatagen on the same 15 columns, and beside the pure write.

Every figure is the median over alternating rounds, so that a change of load hits both sides. The peers' rows
hold fields of the same meaning as ours, with default settings; each runs in an environment of its own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median

import polars as pl

from breachkit.synth import output
from breachkit.synth.generation import generate
from breachkit.synth.plan import Plan, plan
from breachkit.synth.profile import load

ROWS = 491_840
ROUNDS = 3
COLUMNS = (
    *("TITRE", "SEXE", "NOM_USUEL", "NOM_NAISSANCE", "PRENOM", "DATE_NAISSANCE", "NIR", "ADRESSE"),
    *("CODE_POSTAL", "VILLE", "TEL_FIXE", "TEL_MOBILE", "EMAIL", "MOT_DE_PASSE", "MEDECIN_NOM"),
)
FILLED = ("nir", "address", "landline", "mobile", "email", "password", "login", "prescriber")
FAKER = """
import sys, time
from faker import Faker
fake = Faker("fr_FR"); Faker.seed(1); n = int(sys.argv[1])
def row():
    sex = fake.random_element("MF")
    first = fake.first_name_male() if sex == "M" else fake.first_name_female()
    return (fake.prefix(), sex, fake.last_name(), fake.last_name(), first,
            fake.date_of_birth(maximum_age=105).strftime("%d/%m/%Y"), fake.ssn(), fake.street_address(),
            fake.postcode(), fake.city(), fake.phone_number(), fake.phone_number(),
            fake.email(), fake.password(), fake.last_name())
row(); t = time.perf_counter(); [row() for _ in range(n)]; print(time.perf_counter() - t)
"""
MIMESIS = """
import sys, time
from mimesis import Address, Datetime, Gender, Locale, Person
p, a, d = (kind(Locale.FR, seed=1) for kind in (Person, Address, Datetime)); n = int(sys.argv[1])
def row():
    return (p.title(), p.gender_code(), p.last_name(), p.last_name(), p.first_name(),
            d.date(start=1915, end=2020).strftime("%d/%m/%Y"), p.identifier(mask="###############"),
            a.address(), a.postal_code(), a.city(), p.phone_number(), p.phone_number(),
            p.email(), p.password(), p.last_name())
row(); t = time.perf_counter(); [row() for _ in range(n)]; print(time.perf_counter() - t)
"""
DBLDATAGEN = """
import os, sys, time
os.environ["PYSPARK_PYTHON"] = sys.executable
n = int(sys.argv[1])
from pyspark.sql import SparkSession
spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
spark.sparkContext.setLogLevel("OFF")
import dbldatagen as dg
names = ["MARTIN", "BERNARD", "DUBOIS", "THOMAS", "ROBERT", "RICHARD", "PETIT", "DURAND"]
lists = {"TITRE": ["M", "MME"], "SEXE": ["M", "F"], "NOM_USUEL": names, "NOM_NAISSANCE": names,
         "PRENOM": ["Marie", "Jean", "Claire", "Luc"], "VILLE": ["Vannes", "Lorient"], "MEDECIN_NOM": names}
shapes = {"NIR": "ddddddddddddddd", "ADRESSE": r"dd RUE kkkkkkkk", "CODE_POSTAL": "ddddd",
          "TEL_FIXE": "01990ddddd", "TEL_MOBILE": "063998dddd", "EMAIL": r"kkkk.kkkkk@kkkk",
          "MOT_DE_PASSE": "kkkkkkkk"}
def make(n):
    data = dg.DataGenerator(spark, name="p", rows=n, partitions=2, randomSeed=1)
    for name, values in lists.items():
        data = data.withColumn(name, "string", values=values, random=True)
    data = data.withColumn("DATE_NAISSANCE", "date", begin="1915-01-01", end="2020-10-31",
                           interval="1 day", random=True)
    for name, template in shapes.items():
        data = data.withColumn(name, "string", template=template)
    data.build().write.format("noop").mode("overwrite").save()
make(1000); t = time.perf_counter(); make(n); print(time.perf_counter() - t)
"""
PEERS = {
    "Faker": (FAKER, ("faker",), 4_000),
    "mimesis": (MIMESIS, ("mimesis",), 8_000),
    # 0.4.0.post1 fails with numpy 2 (so pyarrow < 21); it does not declare jmespath and pyparsing
    "dbldatagen": (
        DBLDATAGEN,
        ("dbldatagen", "pyspark", "jmespath", "pyparsing", "pyarrow<21", "pandas<3", "numpy<2"),
        200_000,
    ),
}


def environment(name: str, packages: tuple[str, ...]) -> Path | None:
    """The peer's own environment, made once; None where it cannot be."""
    if "pyspark" in packages and not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        return None
    home = Path(tempfile.gettempdir()) / f"breachkit_bench_{name.lower()}"
    python = home / "bin" / "python"
    if not (home / "ready").exists():
        try:
            subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
            subprocess.run([str(python), "-m", "pip", "install", "--quiet", *packages], check=True)
        except (OSError, subprocess.SubprocessError):
            return None
        (home / "ready").touch()
    return python


def _peer(python: Path, code: str, rows: int) -> float:
    done = subprocess.run([str(python), "-c", code, str(rows)], check=True, capture_output=True, text=True)
    return float(done.stdout.split()[-1])


def _timed(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def _few(compiled: Plan, rows: int) -> float:
    """Seconds for the 15 columns, without truth (the peers make none)."""
    made = generate(compiled, 0, rows, columns=COLUMNS, known=False)
    return _timed(lambda: sum(chunk.frame.height for chunk in made))


def _write(frames: list[pl.DataFrame]) -> float:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.parquet"
        return _timed(lambda: output._parquet(frames[0], iter(frames[1:]), path))


def _against_write(compiled: Plan, rows: int) -> list[dict]:
    """Generation of the whole table and its truth beside the write of the ready one."""
    times: dict[str, list[float]] = {"made": [], "text": [], "coded": []}
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        frames = [chunk.frame for chunk in generate(compiled, 0, rows)]
        times["made"].append(time.perf_counter() - begin)
        times["coded"].append(_write(frames))
        texts = [frame.select(pl.all().cast(pl.String)) for frame in frames]
        times["text"].append(_write(texts))
        del frames, texts
    return [
        _row(
            f"generate {rows} rows, 57 columns and truth",
            times["made"],
            f"write of the ready table, zstd-1, {how}",
            times[key],
            "generation / write",
            invert=True,
        )
        for key, how in (("text", "columns as text"), ("coded", "columns as our dictionaries"))
    ]


def _row(
    what: str, ours: list[float], peer: str, theirs: list[float], note: str, *, invert: bool = False
) -> dict:
    pairs = [(a / b if invert else b / a) for a, b in zip(ours, theirs, strict=True)]
    spread = f"{min(pairs):.2f} to {max(pairs):.2f} over {len(pairs)} alternating rounds"
    return {
        "what": what,
        "ours_s": median(ours),
        "peer": peer,
        "peer_s": median(theirs),
        "ratio": median(pairs),
        "note": f"{note}; {spread}; load {os.getloadavg()[0]:.1f}",
    }


def _missing(peer: str, note: str) -> dict:
    nothing = float("nan")
    return {
        "what": "15 columns",
        "ours_s": nothing,
        "peer": peer,
        "peer_s": nothing,
        "ratio": nothing,
        "note": note,
    }


def main(size: int | None = None) -> list[dict]:
    """Run the races."""
    rows = size or ROWS
    profile = load("leak-2021")
    compiled = plan(profile, 2021)
    full = plan(replace(profile, rates={**profile.rates, **dict.fromkeys(FILLED, 1.0)}), 2021)
    for each in (compiled, full):
        list(generate(each, 0, 40_000))
    races = _against_write(compiled, rows)
    for name, (code, packages, few) in PEERS.items():
        python = environment(name, packages)
        if python is None:
            races.append(_missing(name, "not run: its environment (or Java) cannot be made here"))
            continue
        try:
            _peer(python, code, 100)
        except subprocess.CalledProcessError as error:
            why = (error.stderr.strip().splitlines() or ["no message"])[-1][:150]
            races.append(_missing(name, f"not run: {why}"))
            continue
        ours, filled, theirs = [], [], []
        for _ in range(1 if name == "dbldatagen" else ROUNDS):
            ours.append(_few(compiled, rows))
            theirs.append(_peer(python, code, few) * rows / few)
            filled.append(_few(full, rows))
        note = f"peer extrapolated from {few} rows"
        races.append(_row(f"{rows} rows, 15 columns, filled as published", ours, name, theirs, note))
        races.append(_row(f"{rows} rows, 15 columns, every cell filled", filled, name, theirs, note))
    return races
