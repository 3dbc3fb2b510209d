"""The ugly files of ``tests/data/sources``, each with its verdict in ``expected.csv``."""

from pathlib import Path

import polars as pl
import pytest

from breachkit.errors import BreachkitError
from breachkit.sources import read

HERE = Path(__file__).parent.parent / "data" / "sources"
ROWS = pl.read_csv(HERE / "expected.csv", infer_schema=False).fill_null("").to_dicts()


@pytest.mark.parametrize("row", ROWS, ids=[row["file"] for row in ROWS])
def test_ugly_file(row):
    path = HERE / row["file"]
    if row["verdict"] != "leak":
        with pytest.raises(BreachkitError, match=row["verdict"]) as caught:
            read(path, max_expanded_bytes=1_000_000)
        assert caught.value.hint
        assert "DUPONT" not in str(caught.value)
        return
    leak = read(path)
    frame, source = next(iter(leak.tables.values())).collect(), leak.provenance[0]
    counts = leak.damage.group_by("kind").agg(pl.col("count").sum()).sort("kind")
    assert {name for name, kind in frame.schema.items() if kind != pl.String} == {"_row"}
    assert frame["_row"].to_list() == list(range(frame.height))
    assert source.encoding == row["encoding"]
    assert source.delimiter.replace("\t", "\\t") == row["delimiter"]
    assert (frame.height, frame.width - 1) == (int(row["rows"]), int(row["columns"]))
    assert source.header is (row["header"] == "yes")
    assert leak.quarantine.height == int(row["quarantined"])
    assert " ".join(f"{kind}={count}" for kind, count in counts.iter_rows()) == row["damage"]


def test_every_file_has_a_verdict():
    assert {path.name for path in HERE.iterdir()} == {row["file"] for row in ROWS} | {"expected.csv"}
