"""The 64 combinations re-walked from the records, beside one walk of classify and label."""

from __future__ import annotations

import time

import breachkit as bk


def main(size: int | None = None) -> list[dict[str, object]]:
    size = size or 491_840
    leak = bk.synthesize(patients=size, seed=2021)
    start = time.perf_counter()
    fields = bk.classify(leak)
    records = bk.label(leak, fields)
    people = bk.consolidate(records)
    people.frame.collect()
    peer = time.perf_counter() - start
    start = time.perf_counter()
    result = bk.what_if(leak, "dedalus-2021", fields=fields, records=records, people=people)
    ours = time.perf_counter() - start
    return [
        {
            "what": f"what_if {size}",
            "ours_s": ours,
            "peer": "classify, label, consolidate once",
            "peer_s": peer,
            "ratio": ours / peer,
            "note": f"{result.combinations.height} combinations, 30 s allowed",
        }
    ]
