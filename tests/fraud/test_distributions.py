import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from breachkit.errors import BreachkitError
from breachkit.fraud import distributions as d


@pytest.mark.parametrize(
    ("mode", "sd", "p95"), [(0.1, 0.15986, 0.5421), (0.5, 0.18898, 0.8107), (0.0, 0.1409, 0.4507)]
)
def test_pert_reference_values(mode, sd, p95):
    pert = d.Pert(0, mode, 1)
    assert pert.sd == pytest.approx(sd, abs=5e-5)
    assert float(pert.quantile(0.95)) == pytest.approx(p95, abs=5e-5)


@given(st.floats(-1e3, 1e3), st.floats(0.1, 1e3), st.floats(0, 1), st.floats(0.5, 20))
def test_pert_moments_are_those_of_its_beta(low, width, share, gamma):
    pert = d.Pert(low, min(low + width * share, low + width), low + width, gamma)
    beta = stats.beta(pert.alpha, pert.beta, low, pert.high - low)
    assert pert.mean == pytest.approx(beta.mean(), rel=1e-6, abs=1e-6)
    assert pert.variance == pytest.approx(beta.var(), rel=1e-6, abs=1e-9)


@given(st.floats(1e-3, 1e6), st.floats(1, 1e4), st.floats(0.5, 0.99))
def test_lognormal_holds_its_interval(low, ratio, level):
    loss = d.Lognormal.between(low, low * ratio, level)
    tail = (1 - level) / 2
    assert loss.quantile([tail, 1 - tail]) == pytest.approx([low, low * ratio], rel=1e-6)
    assert loss.second_moment == pytest.approx(loss.variance + loss.mean**2, rel=1e-9)


@given(st.floats(1e-7, 0.4), st.floats(1, 2))
def test_logit_normal_holds_its_interval(low, ratio):
    rate = d.LogitNormal.between(low, low * ratio)
    assert rate.quantile([0.05, 0.95]) == pytest.approx([low, low * ratio], rel=1e-4)


@given(st.integers(0, 500), st.integers(0, 50_000))
def test_beta_counts_are_jeffreys(k, more):
    beta = d.BetaCounts(k, k + more)
    peer = stats.beta(k + 0.5, more + 0.5)
    assert beta.mean == pytest.approx(peer.mean())
    assert beta.variance == pytest.approx(peer.var())


def test_panjer_reference_values():
    g = d.panjer(2, {1: 0.5, 2: 0.3, 5: 0.2}, 80)
    assert g[:6] == pytest.approx([0.135335, 0.135335, 0.148869, 0.103757, 0.070600, 0.093156], abs=1e-6)
    assert g @ np.arange(80) == pytest.approx(4.2)
    assert 1 - g[:11].sum() == pytest.approx(0.066076, abs=1e-6)
    assert [int(np.searchsorted(g.cumsum(), q)) for q in (0.95, 0.99)] == [11, 15]


@settings(max_examples=20, deadline=None)
@given(st.floats(0.05, 20), st.floats(0.1, 0.9))
def test_compound_sample_has_its_closed_moments(rate, sigma):
    compound = d.CompoundPoisson(rate, d.Lognormal(0, sigma))
    draws = compound.sample(40_000)
    assert draws.mean() == pytest.approx(compound.mean, abs=6 * compound.sd / 200)
    assert (draws == 0).mean() == pytest.approx(math.exp(-rate), abs=0.02)


@settings(max_examples=30, deadline=None)
@given(st.floats(-6, -0.4), st.floats(-1, 4.5))
def test_binomial_quantile_is_exact_or_one_above(log_p, log_mean):
    p = 10**log_p
    n = math.ceil(10**log_mean / p)
    u = np.random.default_rng(1).random(300)
    gap = d.binomial_quantile(u, n, p) - stats.binom.ppf(u, n, p)
    assert set(np.unique(gap)) <= ({0.0, 1.0} if n * p > 100 else {0.0})


@settings(max_examples=50, deadline=None)
@given(st.floats(1e-4, 0.5), st.integers(0, 5_000), st.integers(0, 500))
def test_binomial_quantile_never_falls_with_people(p, n, more):
    u = np.random.default_rng(2).random(200)
    assert (d.binomial_quantile(u, n + more, p) >= d.binomial_quantile(u, n, p)).all()


def test_common_factor_correlates_by_rho():
    z = np.random.default_rng(0).standard_normal((3, 100_000))
    a, b = d.common_factor(z[0], z[1], 0.5), d.common_factor(z[0], z[2], 0.5)
    assert np.corrcoef(a, b)[0, 1] == pytest.approx(0.5, abs=0.01)
    assert np.corrcoef(np.exp(a / 2), np.exp(b / 2))[0, 1] == pytest.approx(
        d.factor_correlation(0.5, 0.5, 0.5), abs=0.02
    )


@pytest.mark.parametrize(
    "bad",
    [
        lambda: d.Pert(0, 2, 1),
        lambda: d.Lognormal.between(0, 1),
        lambda: d.LogitNormal.between(0.1, 1),
        lambda: d.BetaCounts(3, 2),
        lambda: d.annual_loss(-1, (1, 2)),
        lambda: d.panjer(1, {1: 0.5}, 3),
        lambda: d.common_factor(0, 0, 2),
    ],
)
def test_impossible_parameters_are_refused(bad):
    with pytest.raises(BreachkitError):
        bad()
