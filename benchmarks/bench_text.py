"""`classify_text` beside edsnlp on one text column; edsnlp lives in an environment of its own."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

VENV = Path(tempfile.gettempdir()) / "venv_edsnlp"
PHRASES = (
    "VIH négatif",
    "grossesse 12 SA",
    "contrôle glycémie",
    "patient à jeun",
    "K sein opéré en 2012",
    "sous Levothyrox",
    "à rappeler",
    "mère diabétique",
    "facteur V Leiden hétérozygote",
    "bilan pré op",
    "sans traitement",
    "séropositif suivi",
    "dépistage T21",
    "cancer du poumon, pas de métastase",
    "suspicion de lymphome",
    "ATCD de dépression",
    "urgent",
    "domicile",
)
PEER = """
import json, sys, time, spacy, edsnlp
nlp = edsnlp.blank("eds")
for pipe in ("eds.sentences", "eds.normalizer", "eds.aids", "eds.solid_tumor", "eds.diabetes", "eds.dementia",
             "eds.leukemia", "eds.lymphoma", "eds.alcohol", "eds.negation", "eds.hypothesis", "eds.family"):
    nlp.add_pipe(pipe)
texts = json.load(sys.stdin)
start = time.perf_counter()
for doc in nlp.pipe(texts):
    pass
print(time.perf_counter() - start)
"""


def comments(rows: int, distinct: int) -> list[str]:
    chance = random.Random(1)
    kinds = [f"{chance.choice(PHRASES)}, {chance.choice(PHRASES)} {n}" for n in range(distinct)]
    return [chance.choice(kinds) for _ in range(rows)]


def peer_seconds(texts: list[str]) -> float | None:
    if not (VENV / "bin" / "python").exists():
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
        subprocess.run([str(VENV / "bin" / "pip"), "install", "-q", "edsnlp"], check=True)
    done = subprocess.run(
        [str(VENV / "bin" / "python"), "-c", PEER], input=json.dumps(texts), capture_output=True, text=True
    )
    return float(done.stdout.strip().splitlines()[-1]) if done.returncode == 0 else None


def main(size: int | None = None) -> list[dict]:
    from breachkit.classify.text import classify_text

    rows = size or 500_000
    column = comments(rows, max(1, rows * 7 // 50))
    sample = list(dict.fromkeys(column))[:2_000]
    classify_text(sample[:10])
    start = time.perf_counter()
    classify_text(column)
    whole = time.perf_counter() - start
    start = time.perf_counter()
    classify_text(sample)
    ours = time.perf_counter() - start
    theirs = peer_seconds(sample)
    return [
        {
            "what": f"one text column, {rows:,} rows, {len(set(column)):,} distinct",
            "ours_s": whole,
            "peer": "-",
            "peer_s": "-",
            "ratio": "-",
            "note": "bar: 10 s for 500,000 rows of 70,000 distinct",
        },
        {
            "what": f"{len(sample):,} distinct comments",
            "ours_s": ours,
            "peer": "edsnlp, 7 matchers, 3 qualifiers",
            "peer_s": theirs if theirs is not None else "failed",
            "ratio": theirs / ours if theirs else "-",
            "note": "25 categories and 5 contexts, 7 statuses, against 7 disorders and 3 flags",
        },
    ]
