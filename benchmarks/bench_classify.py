"""Columns and records: ours alone; presidio and DataProfiler when their environment is named.

Set BREACHKIT_PEER_PRESIDIO to the Python of an environment with presidio-structured and its French model.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PEER = """
import sys, time, pandas as pd
from presidio_structured import PandasAnalysisBuilder
frame = pd.read_csv(sys.argv[1], dtype=str).fillna("")
start = time.perf_counter()
PandasAnalysisBuilder().generate_analysis(frame)
print(time.perf_counter() - start)
"""


def main(size: int | None = None) -> list[dict]:
    import breachkit as bk

    rows = size or 100_000
    leak = bk.synthesize(patients=rows, seed=1)
    frame = leak.tables["patients"].collect()
    start = time.perf_counter()
    fields = bk.classify(leak)
    verdicts = time.perf_counter() - start
    bk.label(leak, fields)
    both = time.perf_counter() - start
    cells = rows * (frame.width - 1)
    return [
        {"what": f"column verdicts, {rows} rows", "ours_s": verdicts, "peer": "", "peer_s": None, "ratio": None,
         "note": f"{cells} cells"},
        {"what": "verdicts and every cell labelled", "ours_s": both, "peer": "presidio-structured",
         **_presidio(frame, both / cells)},
    ]  # fmt: skip


def _presidio(frame, ours_per_cell: float, rows: int = 100) -> dict:
    python = os.environ.get("BREACHKIT_PEER_PRESIDIO")
    if not python:
        return {"peer_s": None, "ratio": None, "note": "peer not run: BREACHKIT_PEER_PRESIDIO is not set"}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.csv"
        frame.drop("_row").head(rows).write_csv(path)
        done = subprocess.run([python, "-c", PEER, str(path)], capture_output=True, text=True)
    if done.returncode:
        return {"peer_s": None, "ratio": None, "note": "peer failed"}
    seconds = float(done.stdout.strip().splitlines()[-1])
    per_cell = seconds / (rows * (frame.width - 1))
    return {
        "peer_s": seconds,
        "ratio": per_cell / ours_per_cell,
        "note": f"ratio per cell; peer on {rows} rows",
    }


if __name__ == "__main__":
    print(main(int(sys.argv[1]) if len(sys.argv) > 1 else None))
