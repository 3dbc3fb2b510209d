import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from breachkit import BreachkitError
from breachkit.engines import in_batches, to_parquet

FRAME = pl.LazyFrame({"n": range(1_000)})


def squared(part):
    return part.select(pl.col("n") ** 2)


@given(st.integers(1, 1_200))
def test_any_batch_size_gives_the_same_rows(size):
    assert pl.concat(in_batches(FRAME, squared, size=size)).equals(squared(FRAME).collect())


def test_parts_are_one_frame(tmp_path):
    written = to_parquet(FRAME, squared, tmp_path / "out", size=300)
    assert written.collect().equals(squared(FRAME).collect())
    assert len(list((tmp_path / "out").iterdir())) == 4


def test_a_failing_batch_leaves_nothing_behind(tmp_path):
    def fails(part):
        if part["n"][0] >= 600:
            raise RuntimeError("stop")
        return part

    with pytest.raises(RuntimeError):
        to_parquet(FRAME, fails, tmp_path / "out", size=300)
    assert list(tmp_path.iterdir()) == []


def test_bad_input(tmp_path):
    with pytest.raises(BreachkitError, match="positive"):
        list(in_batches(FRAME, squared, size=0))
    with pytest.raises(BreachkitError, match="there already"):
        to_parquet(FRAME, squared, tmp_path)


def test_an_empty_frame_keeps_its_columns(tmp_path):
    written = to_parquet(FRAME.head(0), squared, tmp_path / "out")
    assert written.collect_schema().names() == ["n"]
