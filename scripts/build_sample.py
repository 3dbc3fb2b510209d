"""Rebuild the committed sample in ``data/synthetic``: 1,000 patients, CSV in both encodings, and the truth."""

from __future__ import annotations

import shutil
from pathlib import Path

import polars as pl

from breachkit.synth import synthesize, verify

HERE = Path(__file__).resolve().parent.parent / "data" / "synthetic"
PATIENTS = 1_000


def build() -> None:
    """Write both renderings, lightly damaged, and their truth as CSV."""
    for folder, format_, damage in (("utf-8", "csv", "none"), ("cp1252", "csv-cp1252", "light")):
        out = HERE / folder
        leak = synthesize(patients=PATIENTS, out=out, format=format_, damage=damage)
        if not verify(out).ok:
            raise SystemExit(f"{folder}: the sample does not verify")
        if damage == "none":
            assert leak.truth is not None
            for name in ("people", "households", "facts"):
                frame: pl.LazyFrame = getattr(leak.truth, name)
                frame.collect().write_csv(HERE / f"truth-{name}.csv")
        else:
            assert leak.truth is not None
            leak.truth.damage.collect().write_csv(HERE / "truth-damage.csv")
            leak.truth.facts.collect().write_csv(HERE / "truth-facts-cp1252.csv")
        if damage == "none":
            shutil.rmtree(out / "truth")


if __name__ == "__main__":
    build()
