import math

import numpy as np
import pytest

from breachkit.errors import BreachkitError
from breachkit.fraud import Comparison, Eligible, distributions, simulate_fraud
from breachkit.fraud.hazard import growth, reach
from breachkit.fraud.losses import CommonLosses
from tests.fraud.conftest import SHARES, make

LEDGERS = ["people_money", "people_hours", "payers", "organisation"]


def test_the_seed_reproduces(people):
    first, again = (simulate_fraud(people, simulations=500, seed=3) for _ in range(2))
    assert first.draws.equals(again.draws)
    assert not first.draws.equals(simulate_fraud(people, simulations=500, seed=4).draws)


@pytest.mark.parametrize("name", [*(f"has_{name}" for name in SHARES), "hiv"])
def test_less_leaked_never_gives_more_victims(name):
    comparison = Comparison(simulations=500)
    full = comparison.outcome(comparison.eligible(make()))
    less = comparison.outcome(comparison.eligible(make(drop=[name])))
    for scenario, victims in full.victims.items():
        assert (less.victims[scenario] <= victims).all()
    for ledger in LEDGERS[:3]:
        assert (less.ledgers[ledger] <= full.ledgers[ledger] * (1 + 1e-9)).all()


def test_a_measure_never_raises(people):
    dates = {
        "published_on": "2021-02-21",
        "people_notified_on": "2021-03-01",
        "credentials_reset_on": "2021-03-01",
    }
    without = simulate_fraud(people, simulations=500)
    measured = simulate_fraud(people, simulations=500, circumstances=dates)
    assert (measured.draws["events"] <= without.draws["events"]).all()
    assert measured.draws["events"].sum() < without.draws["events"].sum()


def test_nobody_usable_is_zero_not_an_error():
    risk = simulate_fraud(make(drop=[f"has_{name}" for name in SHARES] + ["hiv"]), simulations=500)
    assert risk.draws["people_hit"].sum() == 0  # events still count the prescribers
    assert risk.scenarios.filter(risk.scenarios["subject"] == "patient")["victims_mean"].sum() == 0


def test_adding_scenarios_leaves_the_others_alone(people):
    one = simulate_fraud(people, simulations=500, scenarios=["sim_swap", "identity_theft"])
    two = simulate_fraud(people, simulations=500, scenarios=["identity_theft"])
    value = [risk.scenarios.filter(risk.scenarios["number"] == 1)["victims_mean"][0] for risk in (one, two)]
    assert value[0] == value[1]


def test_ledgers_cards_and_plots(people):
    risk = simulate_fraud(people, simulations=500)
    assert risk.ledgers["ledger"].to_list() == LEDGERS
    assert "ne pas les additionner" in risk.card("fr").text()
    assert risk.conditional["number"].to_list() == [8, 9, 10]
    for kind in ("exceedance", "tornado", "ledgers", "timeline", "circulation"):
        assert risk.plot(kind=kind, lang="en").alt
    assert risk.to_dict()["schema"] == "breachkit/fraud/1"


@pytest.mark.parametrize(
    ("half_life", "values"),
    [(1, [0.721, 1.262, 1.398]), (3, [0.893, 2.164, 2.965]), (0.25, [0.338, 0.361, 0.361])],
)
def test_growth_reference_values(half_life, values):
    assert [round(growth(years, half_life), 3) for years in (1, 3, 5)] == pytest.approx(values, abs=1e-3)


def test_reach_after_one_year_is_the_probability_itself():
    assert float(reach(np.array([0.3]), 2.0, 1.0)[0]) == pytest.approx(0.3)


def test_losses_have_their_moments_and_never_fall():
    loss = distributions.Lognormal.between(100, 1_000)
    losses = CommonLosses(loss, 0.0, 4_000, 1, ("test",))
    for victims in (3, 1_000):
        total = losses.total(np.full(4_000, float(victims)))
        assert total.mean() == pytest.approx(
            victims * loss.mean, abs=6 * loss.sd * math.sqrt(victims / 4_000)
        )
        assert (losses.total(np.full(4_000, victims + 1.0)) >= total).all()


def test_more_simulations_begin_with_the_same_ones(people):
    few, many = (simulate_fraud(people, simulations=n) for n in (10_000, 20_000))
    assert many.draws.head(10_000).equals(few.draws)
    assert many.scenarios["victims_mean"].sum() == pytest.approx(few.scenarios["victims_mean"].sum(), rel=0.1)
    assert many.tornado.equals(few.tornado)


def test_people_hit_lies_between_bounds_that_never_fall(people):
    comparison = Comparison(simulations=500)
    who = comparison.eligible(people)
    outcome = comparison.outcome(who)
    victims = np.array([outcome.victims[name] for name in who.overlapping])
    assert (outcome.people_hit >= victims.max(axis=0) * (1 - 1e-9)).all()
    assert (outcome.people_hit <= np.minimum(victims.sum(axis=0), who.people) * (1 + 1e-9)).all()


def test_people_hit_may_fall_when_a_capped_fraud_spreads_and_why():
    """Attackers with time for few reach the same number among more: some of them are hit already.

    1,000 people can have their account taken. Billing is by hand; first 1,000 others can be billed, then
    the first 1,000 too. As many are billed, but now some lose twice, and fewer people lose at all.
    """
    comparison = Comparison(simulations=2_000, scenarios=["fictitious_billing", "account_takeover"])
    names = ("fictitious_billing", "account_takeover")

    def hit(both):
        patterns = np.array([[True, False], [both, True]])
        counts = {"fictitious_billing": 1_000_000 * (1 + both), "account_takeover": 1_000_000}
        who = Eligible(2_000_000, 0, 0, counts, counts, names, patterns, np.array([1_000_000, 1_000_000]))
        return comparison.outcome(who)

    apart, spread = hit(both=False), hit(both=True)
    assert (spread.events >= apart.events).all()
    assert (spread.people_hit < apart.people_hit).any()
    billed = np.maximum(apart.victims["fictitious_billing"], spread.victims["fictitious_billing"])
    assert (apart.people_hit - spread.people_hit <= billed).all()


def test_a_picture_of_nothing_says_so():
    nobody = make(0)
    nobody.prescribers = nobody.prescribers.head(0)
    risk = simulate_fraud(nobody, simulations=200)
    for kind in ("exceedance", "tornado", "ledgers", "timeline"):
        assert risk.plot(kind=kind, lang="fr").alt.endswith("Rien à montrer\u00a0: tout vaut zéro.")


@pytest.mark.slow
def test_auto_goes_on_until_it_is_enough():
    risk = simulate_fraud(make(20_000), simulations="auto")
    assert risk.converged and risk.simulations > 10_000
    assert "not_converged" not in risk.warnings


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"simulations": 5}, "from 100 to 1,000,000"),
        ({"simulations": True}, "from 100 to 1,000,000"),
        ({"simulations": "lots"}, "or 'auto'"),
        ({"years": 0}, "at most 50 years"),
        ({"years": float("nan")}, "at most 50 years"),
        ({"years": "1"}, "at most 50 years"),
        ({"seed": "x"}, "whole number"),
        ({"scenarios": ["theft"]}, "Unknown scenario"),
        ({"scenarios": 3}, "a path, a mapping or a list"),
        ({"circumstances": {"published_on": "yesterday"}}, "published_on"),
    ],
)
def test_a_wrong_choice_is_said(people, wrong, said):
    with pytest.raises(BreachkitError, match=said):
        simulate_fraud(people, **({"simulations": 100} | wrong))


def test_what_is_no_people_or_scenario_is_said():
    for nobody in (None, 3, {}):
        with pytest.raises(BreachkitError, match="People or Exposure"):
            simulate_fraud(nobody)
    with pytest.raises(BreachkitError, match="Unknown scenario 'theft'"):
        Comparison(simulations=100).outcome({"theft": 3})


def test_the_advice_on_simulations_helps(people):
    import dataclasses

    from breachkit.fraud.convergence import MOST

    few = simulate_fraud(people, simulations=200)
    assert 'simulations="auto"' in few.card("fr").text()
    most = dataclasses.replace(few, simulations=MOST)
    assert "auto" not in most.card("en").text()
    assert "1,000,000 simulations allowed would not do" in most.card("en").text()
