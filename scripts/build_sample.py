"""Rebuild the committed sample in ``data/synthetic``: 1,000 patients, CSV in two encodings, and its truth."""

from __future__ import annotations

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
        for name in ("people", "households", "facts", "damage"):
            frame: pl.DataFrame = getattr(leak.truth, name).collect()
            if name == "damage" or damage == "none":
                frame.write_csv(HERE / f"truth-{name}.csv")
        for path in (out / "truth").iterdir():
            if not path.name.startswith("damage"):
                path.unlink()


if __name__ == "__main__":
    build()
