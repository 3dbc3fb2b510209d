import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from breachkit import BreachkitError
from breachkit.exposure import individual_risk
from breachkit.exposure.individual import posterior_risk


@given(st.integers(1, 60), st.floats(1e-6, 1.0))
def test_the_integral_it_stands_for(f, p):
    """Mean of 1/F = integral of w^(f-1) p / (p + (1-p) w) over 0..1."""
    expected = quad(lambda w: w ** (f - 1) * p / (p + (1 - p) * w), 0, 1, points=[min(p, 0.9)], epsabs=0)[0]
    assert float(posterior_risk(f, p)) == pytest.approx(expected, rel=1e-7)


@pytest.mark.parametrize("p", [0.001, 0.05, 0.3, 0.9])
def test_closed_forms(p):
    odds = p / (1 - p)
    assert float(posterior_risk(1, p)) == pytest.approx(odds * np.log(1 / p), rel=1e-12)
    assert float(posterior_risk(2, p)) == pytest.approx(odds - odds**2 * np.log(1 / p), rel=1e-9)


def test_a_census_and_its_limits():
    assert posterior_risk([1, 2, 50], 1.0).tolist() == [1.0, 0.5, 0.02]
    assert float(posterior_risk(5_000, 0.01)) == pytest.approx(0.01 / (5_000 - 1 + 0.01), rel=1e-3)
    assert posterior_risk([49, 50], 0.3) == pytest.approx([0.3 / 48.3, 0.3 / 49.3], rel=1e-2)


def test_rows_keep_their_order_and_pandas_its_index():
    frame = pd.DataFrame({"q": ["b", "a", None, "a"], "w": [4.0, 1, 2, 3]}, index=[9, 7, 5, 3])
    found = individual_risk(frame, "q", "w")
    assert found.index.tolist() == [9, 7, 5, 3]
    assert found["f"].tolist() == [1, 2, 1, 2]
    assert found["population"].tolist() == [4.0, 4.0, 2.0, 4.0]
    assert individual_risk(pl.from_pandas(frame).lazy(), "q", "w")["risk"].to_list() == found["risk"].tolist()


@pytest.mark.parametrize(
    ("weights", "said"),
    [
        ([1.0, None], "1 weights"),
        ([0.0, -1.0], "2 weights"),
        ([float("inf"), 1.0], "1 weights"),
        (["a", "b"], "numeric"),
    ],
)
def test_bad_weights(weights, said):
    with pytest.raises(BreachkitError, match=said):
        individual_risk(pl.DataFrame({"q": ["x", "y"], "w": weights}), "q", "w")


def test_unknown_columns_and_nobody():
    frame = pl.DataFrame(schema={"q": pl.String, "w": pl.Float64})
    assert individual_risk(frame, "q", "w").height == 0
    with pytest.raises(BreachkitError, match=r"'age'.*q, w"):
        individual_risk(frame, "age", "w")
    with pytest.raises(BreachkitError, match="also"):
        individual_risk(frame, ["q", "w"], "w")
