import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from breachkit import BreachkitError
from breachkit.exposure.review import misses_bound, review_plan


def test_reading_everything_leaves_no_doubt():
    assert misses_bound(50, 50, 0) == 0


def test_reading_nothing_leaves_every_doubt():
    assert misses_bound(50, 0, 0) == 50


@given(st.integers(1, 5_000), st.data())
def test_more_reading_never_loosens_the_bound(population, data):
    reviewed = data.draw(st.integers(0, population - 1))
    assert misses_bound(population, reviewed + 1, 0) <= misses_bound(population, reviewed, 0)


def test_impossible_reviews_are_refused():
    with pytest.raises(BreachkitError, match="cannot be"):
        misses_bound(10, 20, 0)


def test_the_plan_covers_each_category_and_the_rest():
    plan = review_plan(
        pl.DataFrame({"category": ["hiv", "cancer"], "people": [10, 5_000]}), 90_000, budget=300
    )
    assert plan["review"].to_list() == [10, 100, 100]
    assert plan["bound"].to_list()[0] == 0
    assert plan["bound"].to_list()[2] > 2_000
