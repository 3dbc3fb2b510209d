"""`consolidate` beside splink's deterministic linking on DuckDB: speed, and quality where truth is known."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import polars as pl

import breachkit as bk
from breachkit.people import Pairwise, pairwise

COLUMNS = (
    "key_nir qi_birth_date qi_first_name qi_last_name qi_birth_name qi_postcode qi_sex key_phone_landline"
)
PEER = """
import json, sys, time, logging
import duckdb, splink
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
logging.disable(logging.CRITICAL)
rules = [
    block_on("key_nir", "qi_birth_date", "qi_first_name"),
    block_on("key_nir", "qi_first_name", "qi_last_name"),
    block_on("qi_last_name", "qi_first_name", "qi_birth_date"),
    block_on("qi_birth_name", "qi_first_name", "qi_birth_date"),
    block_on("qi_first_name", "qi_birth_date", "qi_postcode", "key_phone_landline"),
]
settings = SettingsCreator(
    link_type="dedupe_only", unique_id_column_name="record_id", blocking_rules_to_generate_predictions=rules
)
frame = duckdb.sql(f"select * from '{sys.argv[1]}'").df()
start = time.perf_counter()
api = DuckDBAPI()
linker = Linker(api.register(frame), settings)
pairs = linker.inference.deterministic_link()
groups = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs)
out = groups.as_duckdbpyrelation().select("record_id, cluster_id").fetchall()
seconds = time.perf_counter() - start
json.dump({"seconds": seconds, "groups": out}, open(sys.argv[2], "w"), default=str)
"""


def peer(frame: pl.DataFrame) -> tuple[float, pl.DataFrame]:
    home = Path(tempfile.gettempdir()) / "venv_splink"
    if not (home / "bin" / "python").exists():
        subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
        subprocess.run(
            [str(home / "bin" / "pip"), "install", "-q", "splink==5.0.0", "pyarrow", "pandas"], check=True
        )
    with tempfile.TemporaryDirectory() as folder:
        given, made = Path(folder, "records.parquet"), Path(folder, "groups.json")
        frame.write_parquet(given)
        command = [str(home / "bin" / "python"), "-W", "ignore", "-c", PEER, str(given), str(made)]
        subprocess.run(command, check=True, capture_output=True)
        told = json.loads(made.read_text())
    groups = pl.DataFrame(told["groups"], schema=["record_id", "cluster"], orient="row")
    person = groups["cluster"].cast(pl.String).rank("dense").cast(pl.Int64)
    return told["seconds"], groups.select("record_id", person_id=person)


def quality(found: Pairwise) -> str:
    return f"precision {found.precision or 0:.4f}, recall {found.recall or 0:.4f}"


def main(size: int | None = None) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for damage in ("light", "heavy"):
        leak = bk.synthesize("leak-2021", patients=size or 491_840, damage=damage)
        records = bk.label(leak, bk.classify(leak))
        # Labelling is lazy: have it done before the clock starts.
        frame, doctors = records.frame.collect().lazy(), records.prescribers.collect().lazy()
        records = dataclasses.replace(records, frame=frame, prescribers=doctors)
        start = time.perf_counter()
        people = bk.consolidate(records)
        ours = time.perf_counter() - start
        if leak.truth is None:
            continue
        keys = records.frame.select("record_id", "table", "row")
        truth = keys.join(leak.truth.people, on=["table", "row"]).collect()
        theirs, groups = peer(records.frame.select("record_id", *COLUMNS.split()).collect())
        own, other = pairwise(people.members, truth), pairwise(groups, truth)
        what = f"{truth.height} records, damage {damage}"
        rows.append(
            {
                "what": what,
                "ours_s": ours,
                "peer": "splink, deterministic",
                "peer_s": theirs,
                "ratio": theirs / ours,
                "note": f"{quality(own)}; peer {quality(other)}",
            }
        )
        for who, chosen in (("twins", "twin"), ("a parent's NIR", "parent")):
            part = truth.with_columns(parent=pl.col("nir_of") != pl.col("person_id")).filter(chosen)
            one, two = pairwise(people.members, part), pairwise(groups, part)
            note = f"{one.true} true pairs; {quality(one)}; peer {quality(two)}"
            rows.append(
                {
                    "what": f"{who}, {damage}",
                    "ours_s": None,
                    "peer": "splink",
                    "peer_s": None,
                    "ratio": None,
                    "note": note,
                }
            )
    return rows
