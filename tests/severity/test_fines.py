from fractions import Fraction

import polars as pl
import pytest

from breachkit import BreachkitError
from breachkit.facts import table
from breachkit.severity import chain, fine_range

CHAINS = list(table("severity", "fine_chains").iter_rows(named=True))
BACKTEST = list(table("severity", "fine_backtest").iter_rows(named=True))


@pytest.mark.parametrize("row", CHAINS, ids=lambda row: row["id"])
def test_decisions_replay_exactly(row):
    steps = chain(int(row["legal_max"]), row["start"], row["size"], row["step4"], row["step6"])
    assert steps[row["step"]] == Fraction(row["amount"])


@pytest.mark.parametrize("row", BACKTEST, ids=lambda row: row["case"])
def test_where_real_fines_fall(row):
    ranges = fine_range(float(row["turnover_meur"]) * 1e6, row["tier"]).ranges
    fine = float(row["fine_meur"]) * 1e6
    inside = ranges.filter((pl.col("low") <= fine) & (fine <= pl.col("high")))["seriousness"].to_list()
    if row["falls_in"] == "above":
        assert inside == [] and fine == 1.5 * ranges["high"].max()
    else:
        assert set(row["falls_in"].split("; ")) <= set(inside)


def test_the_chain_on_the_turnover_of_2020():
    rows = fine_range({"entity": 16_300_000}, "83(4)").ranges
    assert rows.select("low", "high").rows() == [(0, 100_000), (15_000, 200_000), (30_000, 1_000_000)]


def test_a_recalled_tier_says_so():
    assert fine_range(5_000_000).ranges["verified"].unique().to_list() == ["no"]
    assert "non vérifié" in fine_range(5_000_000).card("fr").text()
    assert "jamais" in fine_range(5_000_000).card("fr").text()


def test_the_dynamic_maximum_above_five_hundred_million():
    assert fine_range(2_030_000_000).ranges["legal_max"][0] == 40_600_000
    assert fine_range(555_000_000, "83(5)").ranges["legal_max"][0] == 22_200_000


@pytest.mark.parametrize(
    "arguments",
    [
        (None,),
        ({},),
        (0,),
        (-5,),
        (float("nan"),),
        (True,),
        ({"a": "many"},),
        (1e6, "83(6)"),
        (1e6, "83(4)", "grave"),
    ],
)
def test_no_turnover_or_an_unknown_word_is_an_error(arguments):
    with pytest.raises(BreachkitError):
        fine_range(*arguments)


def test_it_draws():
    plot = fine_range({"a": 16e6, "b": 460e6}, "83(4)").plot(lang="en")
    assert plot.data.height == 6 and "€" in plot.alt
