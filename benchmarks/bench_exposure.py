"""`expose` on a whole leak beside one group-by per adversary in plain polars (the bare minimum of work)."""

from __future__ import annotations

import time

import polars as pl

import breachkit as bk
from breachkit.exposure.adversaries import load_adversaries
from breachkit.exposure.ease import held_columns


def main(size: int | None = None) -> list[dict[str, object]]:
    size = size or 491_840
    leak = bk.synthesize(patients=size, seed=2021)
    people = bk.consolidate(bk.label(leak, bk.classify(leak)))
    frame = people.frame.collect()
    held = held_columns(frame.lazy())
    start = time.perf_counter()
    for adversary in load_adversaries():
        for direct in (True, False):
            keys = list(dict.fromkeys(known.column for known in adversary.on(held, direct=direct)))
            if keys:
                frame.group_by(keys).len(name="f").group_by("f").agg(pl.len())
    peer = time.perf_counter() - start
    start = time.perf_counter()
    exposure = bk.expose(people)
    ours = time.perf_counter() - start
    start = time.perf_counter()
    rows = exposure.per_person.collect().height
    lazily = time.perf_counter() - start
    bare = "polars, k per adversary only"
    return [
        {"what": f"expose {size}", "ours_s": ours, "peer": bare, "peer_s": peer, "ratio": ours / peer,
         "note": f"{exposure.matrix.height} cells, 15 s allowed"},
        {"what": f"per_person {rows}", "ours_s": lazily, "peer": bare, "peer_s": peer, "ratio": lazily / peer,
         "note": "lazy, on demand"},
    ]  # fmt: skip
