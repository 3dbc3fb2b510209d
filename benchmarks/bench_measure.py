"""`measure` beside pyCANON and ANJANA, each in an environment of its own, at sizes that they can finish."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl

from breachkit.exposure import measure, subsets

QIS = ["sex", "birth_date", "postcode", "first_name"]
PEERS = {"pycanon": "pycanon==1.3.6", "anjana": "anjana==1.2.3"}
MEASURES = {
    "k_anonymity": "k",
    "l_diversity": "l_distinct",
    "alpha_k_anonymity": "alpha",
    "basic_beta_likeness": "beta",
    "t_closeness": "t_equal",
    "delta_disclosure": "delta",
}
PYCANON = """
import json, sys, time, pandas as pd
from pycanon import anonymity
path, names, few = sys.argv[1], json.loads(sys.argv[2]), json.loads(sys.argv[3])
data = pd.read_csv(path, dtype=str)
out = {}
for name in few:
    start = time.perf_counter()
    found = getattr(anonymity, name)(data, names, *([] if name == "k_anonymity" else [["result"]]))
    out[name] = (time.perf_counter() - start, float(found[0] if isinstance(found, tuple) else found))
print(json.dumps(out))
"""
ANJANA = """
import json, sys, time, pandas as pd
from anjana.anonymity import k_anonymity
path, names = sys.argv[1], json.loads(sys.argv[2])
data = pd.read_csv(path, dtype=str)
levels = {name: {0: data[name].values, 1: ["*"] * len(data)} for name in names}
start = time.perf_counter()
k_anonymity(data, [], names, 2, 100, levels)
print(json.dumps({"k_anonymity": (time.perf_counter() - start, 2)}))
"""


def people(size: int) -> pl.DataFrame:
    """Sex, birth date, postcode, first name, a diagnosis of 20 values: nearly every row is unique."""
    random = np.random.default_rng(1)
    return pl.DataFrame(
        {
            "sex": random.integers(0, 2, size),
            "birth_date": random.integers(0, 31_000, size),
            "postcode": random.integers(0, 1_200, size),
            "first_name": (random.pareto(1.0, size) * 20).astype(np.int64) % 2_000,
            "result": random.integers(0, 20, size),
        }
    ).with_columns(pl.all().cast(pl.String))


def timed(run: Callable[[], object], rounds: int = 3) -> float:
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times)


def peer(name: str, script: str, *arguments: str) -> dict[str, tuple[float, float]]:
    home = Path(tempfile.gettempdir()) / f"venv_{name}"
    if not (home / "bin" / "python").exists():
        subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
        subprocess.run([str(home / "bin" / "pip"), "install", "-q", PEERS[name]], check=True)
    command = [str(home / "bin" / "python"), "-W", "ignore", "-c", script, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, tuple[float, float]] = json.loads(done.stdout.splitlines()[-1])
    return found


def row(what: str, ours: float, name: str, theirs: float | None, note: str) -> dict[str, object]:
    ratio = theirs / ours if theirs else None
    return {"what": what, "ours_s": ours, "peer": name, "peer_s": theirs, "ratio": ratio, "note": note}


def main(size: int | None = None) -> list[dict[str, object]]:
    size = size or 500_000
    rows: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "people.csv")
        coarse = pl.col("birth_date").str.slice(0, 1).alias("birth_date")
        for what, frame, names, few in (
            ("people", people(min(size, 50_000)), QIS, ["k_anonymity"]),
            ("people", people(min(size, 1_000)), QIS, list(MEASURES)),
            ("in few classes", people(min(size, 5_000)).with_columns(coarse), QIS[:2], list(MEASURES)),
        ):
            frame.write_csv(path)
            figures = measure(frame, names, "result")
            ours = timed(lambda frame=frame, names=names: measure(frame, names, "result"))  # type: ignore[misc]
            found = peer("pycanon", PYCANON, str(path), json.dumps(names), json.dumps(few))
            for name, (seconds, value) in found.items():
                own = float(getattr(figures, MEASURES[name]))
                same = "equal" if abs(own - value) < 1e-9 else f"{own:.6g} here, {value:.6g} there"
                note = f"ours: all measures; {same}"
                rows.append(row(f"{name}, {frame.height} {what}", ours, "pyCANON 1.3.6", seconds, note))
        frame = people(min(size, 50_000))
        frame.write_csv(path)
        ours = timed(lambda: measure(frame, QIS[:3]))
        seconds = peer("anjana", ANJANA, str(path), json.dumps(QIS[:3]))["k_anonymity"][0]
        rows.append(row(f"k, {frame.height} people", ours, "ANJANA 1.2.3", seconds, "it also suppresses"))
    large = people(size)
    rows.append(row(f"all, {size} people", timed(lambda: measure(large, QIS, "result")), "-", None, ""))
    wide = large.with_columns(pl.int_range(pl.len()).mod(n).alias(f"c{n}") for n in (7, 101, 997))
    names = [*QIS, "result", "c7", "c101", "c997"]
    done = timed(lambda: subsets(wide, names), rounds=1)
    rows.append(row(f"92 subsets of <= 3 of 8 columns, {size} people", done, "-", None, ""))
    return rows
