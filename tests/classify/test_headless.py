"""Tables without a header: a wrong verdict is worse than none, so both are counted."""

import polars as pl
import pytest

import breachkit as bk


def bare(frame):
    names = [name for name in frame.columns if name != "_row"]
    return frame.select(pl.col(name).alias(f"column_{i}") for i, name in enumerate(names, 1))


def outcome(leak, table):
    frame = leak.tables[table].collect()
    named = bk.classify(leak).to_frame().filter(pl.col("table") == table)
    blind = bk.classify(bare(frame)).to_frame()
    right, wrong = [], []
    for name, a, b in zip(
        named["column"], named.iter_rows(named=True), blind.iter_rows(named=True), strict=True
    ):
        if (a["attribute"], list(a["categories"])) == (b["attribute"], list(b["categories"])):
            right.append(name)
        elif b["attribute"] or b["categories"]:
            wrong.append(name)
    return right, wrong


@pytest.mark.parametrize("seed", [3, 29])
def test_patients_without_a_header(seed):
    right, wrong = outcome(bk.synthesize(patients=3_000, seed=seed, damage="light"), "patients")
    assert len(right) >= 55
    assert wrong == []


@pytest.mark.parametrize("table", ["visits", "acts", "results"])
def test_other_tables_without_a_header(table):
    _, wrong = outcome(bk.synthesize("lab-full", patients=1_000, seed=3, damage="light"), table)
    assert wrong == []


def test_tables_without_headers_are_linked_by_their_patients():
    leak = bk.synthesize("lab-full", patients=1_000, seed=3, damage="light")
    tables = {name: bare(leak.tables[name].collect()).lazy() for name in ("patients", "acts")}
    fields = bk.classify(bk.Leak(tables))
    assert fields.columns("patient_id", table="acts") == ["column_1", "column_2"]


def spread(i, modulus):
    return (i * 7_919 + 104_729) % modulus


UNKNOWABLE = {
    "article": lambda i: f"REF-{spread(i, 9_000):05d}-{'XYZ'[i % 3]}",
    "ean": lambda i: f"3{spread(i, 10**12):012d}",
    "order": lambda i: f"{spread(i, 10**9):015d}",
    "random 8": lambda i: f"{spread(i * 31, 10**8):08d}",
    "mode": lambda i: "678"[i % 3],
    "score": lambda i: str(1 + spread(i, 6)),
    "colour": lambda i: ("rouge", "vert", "bleu", "jaune")[i % 4],
    "word": lambda i: ("armoire", "chaise", "lampe", "bureau", "tapis")[spread(i, 5)],
    "serial": lambda i: str(40_000 + spread(i, 3_000)),
    "blood letters": lambda i: "ABO"[i % 3],
    "lab code": lambda i: f"LB{spread(i, 28):02d}",
    "percent": lambda i: f"{spread(i, 100)}%",
}


@pytest.mark.parametrize("kind", UNKNOWABLE)
def test_what_cannot_be_known_stays_open(kind):
    values = [UNKNOWABLE[kind](i) for i in range(1_000)]
    row = (
        bk.classify(pl.DataFrame({"column_1": ["x"] * 1_000, "column_2": values}))
        .to_frame()
        .row(1, named=True)
    )
    assert row["attribute"] is None
    assert row["categories"] == []
