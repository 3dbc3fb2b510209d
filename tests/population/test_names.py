import polars as pl
import pytest

from breachkit.facts import table
from breachkit.population import FRANCE, commune_population, first_name_share, surname_share


def test_shares_are_of_a_whole():
    assert surname_share()["share"].sum() == pytest.approx(1, abs=1e-6)
    sums = first_name_share().group_by("sex", "decade").agg(pl.col("share").sum())
    assert sums.height == 24
    assert sums["share"].to_list() == pytest.approx([1] * 24, abs=1e-6)
    assert min(surname_share()["share"].min(), first_name_share()["share"].min()) > 0
    assert commune_population()["inhabitants"].sum() == pytest.approx(FRANCE, abs=20)


def test_the_counted_first_names_have_their_counted_shares():
    """The ten first of each sex and decade, of Insee's file; the others are interpolated."""
    counted = table("synth", "first_name_anchors").select(
        "sex", pl.col("decade").cast(pl.Int32), "name", expected=pl.col("share").cast(pl.Float64)
    )
    both = counted.join(first_name_share(), on=["sex", "decade", "name"], how="left")
    assert both["share"].null_count() == 0
    assert (both["share"] / both["expected"] - 1).abs().max() < 0.02


def test_the_most_common_surname():
    """About 235,000 bearers of Martin."""
    martin = surname_share().filter(name="MARTIN")["share"].item()
    assert 0.002 < martin < 0.006
