"""Kept stations have one order of rows, sorted only when they do not come in it."""

import dataclasses

import polars as pl
import pytest

from breachkit.report.checkpoint import WIDE, kept


@dataclasses.dataclass(frozen=True)
class Station:
    frame: pl.LazyFrame


@pytest.mark.parametrize("order", [[0, 1, 2, 3], [2, 0, 3, 1], []])
@pytest.mark.parametrize("width", [2, WIDE])
def test_rows_are_kept_in_the_order_of_their_numbers(tmp_path, order, width):
    given = pl.DataFrame({"person_id": order} | {f"c{i}": order for i in range(1, width)})
    read, reused = kept(tmp_path, "people", "mark", Station, lambda: Station(given.lazy()))
    assert not reused
    assert read.frame.collect().equals(given.sort("person_id"))


def test_a_wide_frame_that_repeats_a_number_is_sorted(tmp_path):
    given = pl.DataFrame({"person_id": [1, 1, 0]} | {f"c{i}": [1, 1, 0] for i in range(1, WIDE)})
    read, _ = kept(tmp_path, "people", None, Station, lambda: Station(given.lazy()))
    assert read.frame.collect()["person_id"].to_list() == [0, 1, 1]


@pytest.mark.parametrize(
    ("name", "order"),
    [("name", ["b", "a"]), ("person_id", ["b", "a"]), ("person_id", [None, 2, 1]), ("n", [])],
)
def test_a_wide_frame_without_rising_numbers_is_sorted(tmp_path, name, order):
    given = pl.DataFrame({name: order} | {f"c{i}": order for i in range(1, WIDE)})
    read, _ = kept(tmp_path, "people", None, Station, lambda: Station(given.lazy()))
    assert read.frame.collect().equals(given.sort(name))
