"""`consolidate` on many records: the peak memory of a process that reads them from Parquet.

``python -m benchmarks partitions`` takes five million; ``main(50_000_000)`` the size that the budget names
(about 2 GB of disk for the records and as much again for the parts, half an hour on two busy cores).
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

PIECE = 2_000_000
#: Records for each hundred persons.
AGAIN = 117
PROCESS = """
import sys, threading, time, types
import polars as pl
from breachkit.people import consolidate
peak, done = {"VmRSS": 0, "RssAnon": 0}, False
def watch():
    while not done:
        lines = (line.split() for line in open("/proc/self/status"))
        for name, value in ((line[0][:-1], line[1]) for line in lines if line[0][:-1] in peak):
            peak[name] = max(peak[name], int(value))
        time.sleep(0.05)
threading.Thread(target=watch, daemon=True).start()
frame, doctors = (pl.scan_parquet(f"{sys.argv[1]}/{name}-*.parquet") for name in ("record", "doctor"))
start = time.perf_counter()
people = consolidate(types.SimpleNamespace(frame=frame, prescribers=doctors))
done = True
print(time.perf_counter() - start, peak["VmRSS"] / 2**20, peak["RssAnon"] / 2**20, people.n_people)
"""


def stirred(number: npt.NDArray[np.uint64], salt: int) -> npt.NDArray[np.float64]:
    """A number between 0 and 1 for each number (SplitMix64)."""
    with np.errstate(over="ignore"):
        x = number + np.uint64(salt) * np.uint64(0x9E3779B97F4A7C15)
        x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return ((x ^ (x >> np.uint64(31))) >> np.uint64(11)).astype(np.float64) / 2**53


def words(many: int, shortest: int, longest: int) -> pl.Series:
    random = np.random.default_rng(many)
    letters = np.array(list("ABCDEFGHIJKLMNOPRSTUVZ"))
    made = {"".join(random.choice(letters, random.integers(shortest, longest))) for _ in range(many)}
    return pl.Series(sorted(made))


def piece(start: int, stop: int, people: int, last: pl.Series, first: pl.Series) -> pl.DataFrame:
    """Records of narrow width: one per person, then a second for some, a few with another name or place."""
    row = np.arange(start, stop, dtype=np.uint64)
    who = row * np.uint64(7919) % np.uint64(people)
    later = row >= people
    changed = later & (stirred(row, 21) < 0.05)
    rank = lambda salt, size: (stirred(who, salt) ** 3 * size).astype(int)  # noqa: E731
    place = np.where(changed, stirred(row, 22), stirred(who, 7) ** 2) * 6_000
    woman, filled = pl.Series(stirred(who, 1) < 0.54), pl.Series(stirred(row, 14))
    born = pl.Series((stirred(who, 2) * 33_000).astype(int))
    frame = pl.DataFrame({"record_id": row.astype(np.int64), "who": who.astype(np.int64), "born": born})
    frame = frame.with_columns(
        qi_sex=pl.when(woman).then(pl.lit("F")).otherwise(pl.lit("M")),
        qi_birth_date=pl.date(1928, 1, 1) + pl.duration(days="born"),
        qi_postcode=pl.Series(place.astype(int) * 15 + 1_000).cast(pl.String).str.zfill(5),
        qi_first_name=pl.when(filled > 0.01).then(first.gather(rank(4, len(first)))),
        qi_last_name=last.gather(np.where(changed, rank(5, len(last)), rank(3, len(last)))),
        qi_birth_name=pl.when(woman & (filled < 0.4)).then(last.gather(rank(5, len(last)))),
        key_patient_id=pl.when(filled < 0.6).then(pl.col("who").cast(pl.String)),
        key_phone_mobile=pl.when(filled > 0.3).then(pl.col("who").cast(pl.String).str.zfill(10)),
        laboratory=pl.col("who").mod(28).cast(pl.String),
        visit_date=pl.date(2016, 1, 1) + pl.duration(days=pl.col("record_id").mod(1_500)),
        has_nir=filled < 0.9,
        hiv=pl.col("record_id").mod(331).eq(0).cast(pl.Int8) * 7,
        key_email=pl.lit(None, dtype=pl.String),
        key_phone_landline=pl.lit(None, dtype=pl.String),
    )
    sex = pl.col("qi_sex").replace({"M": "1", "F": "2"})
    number = pl.concat_str(
        sex, pl.col("qi_birth_date").dt.strftime("%y%m"), pl.col("who").cast(pl.String).str.zfill(8)
    )
    return frame.with_columns(key_nir=pl.when("has_nir").then(number)).drop("who", "born")


def main(size: int | None = None) -> list[dict[str, object]]:
    size = size or 5_000_000
    people = size * 100 // AGAIN
    last, first = words(200_000, 4, 11), words(6_000, 3, 9)
    with tempfile.TemporaryDirectory() as folder:
        for place, start in enumerate(range(0, size, PIECE)):
            made = piece(start, min(size, start + PIECE), people, last, first)
            made.write_parquet(Path(folder, f"record-{place:03}.parquet"))
            doctors = made.select(
                "record_id",
                key_prescriber=(pl.col("record_id") * 48_271 % 250_007).cast(pl.String),
                has_last_name=pl.lit(True),
            )
            doctors.write_parquet(Path(folder, f"doctor-{place:03}.parquet"))
        command = [sys.executable, "-c", PROCESS, folder]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds, resident, own, found = (float(word) for word in done.stdout.split())
    note = f"peak {resident:.2f} GiB resident, {own:.2f} GiB of its own; {int(found)} people"
    what = f"{size} records of narrow width"
    return [{"what": what, "ours_s": seconds, "peer": "-", "peer_s": None, "ratio": None, "note": note}]
