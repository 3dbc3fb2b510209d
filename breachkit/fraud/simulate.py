"""Fraud after a leak: how many victims, at what cost, to whom, how sure we are."""

from __future__ import annotations

from numbers import Integral, Real
from typing import Any, Literal

from breachkit.errors import BreachkitError
from breachkit.fraud import organisation
from breachkit.fraud.chunk import SIZE, Outcome, run
from breachkit.fraud.classifier import measured
from breachkit.fraud.convergence import MOST, check
from breachkit.fraud.draws import Setting
from breachkit.fraud.eligible import Eligible, eligible
from breachkit.fraud.fraudrisk import FraudRisk
from breachkit.fraud.gather import gather, quantities
from breachkit.fraud.scenarios import load
from breachkit.progress import report


def simulate_fraud(
    people: Any,
    *,
    circumstances: Any = None,
    scenarios: Any = None,
    simulations: int | Literal["auto"] = 10_000,
    seed: int = 1,
    years: float = 1.0,
) -> FraudRisk:
    """Simulate what criminals may do with the leak, and what it costs whom.

    Parameters
    ----------
    people
        ``People`` or ``Exposure``; or ``Eligible`` counts.
    circumstances
        Dates of notification, blocking order and credential reset lower the hazard left from then on.
    scenarios
        A path to an edited copy of the scenario book, a mapping, a list of ids; ``None``: the shipped one.
    simulations
        How many; ``"auto"`` goes on until the 95 % interval of each reported 95 % quantile is within 2 %.
    seed
        The same seed gives the same result, and common draws across runs.
    years
        Horizon since the file is out.

    Returns
    -------
    FraudRisk
        Victims per scenario and four ledgers that are never added together.

    Raises
    ------
    BreachkitError
        For a bad scenario row (file, row, field), or simulations or years out of range.

    Notes
    -----
    Probabilities are uncertain over one or two orders of magnitude and move together: that, not the luck
    of the draw, makes the spread. No rate of fraud per exposed person in France exists; see the grades.
    """
    from breachkit.circumstances import load as load_circumstances

    book = load(scenarios)
    facts = load_circumstances(circumstances)
    who = people if isinstance(people, Eligible) else eligible(people, book)
    wanted = _wanted(simulations)
    _check(years, seed)
    setting = Setting(book, facts, float(years), int(seed))
    classifier = measured(book.sensitive_categories)
    cap = organisation.fine_cap(getattr(facts, "turnover", None))
    outcomes: list[Outcome] = []
    done = looked = 0
    while done < wanted:
        size = min(SIZE, wanted - done)
        outcome = run(setting, who, size, len(outcomes), classifier=classifier, cap=cap)
        outcomes.append(outcome.slim() if outcomes else outcome)
        done += size
        report("fraud", done, wanted)
        if simulations == "auto" and done >= looked * 1.25:
            looked = done
            if _enough(outcomes):
                break
    return gather(setting, who, outcomes, classifier=classifier)


def _check(years: object, seed: object) -> None:
    if not isinstance(years, Real) or not 0 < float(years) <= 50:
        raise BreachkitError(f"The horizon is above 0 and at most 50 years; got {years!r}.")
    if not isinstance(seed, Integral):
        raise BreachkitError(f"The seed is a whole number; got {seed!r}.")


def _wanted(simulations: object) -> int:
    if simulations == "auto":
        return MOST
    if not isinstance(simulations, int) or isinstance(simulations, bool) or not 100 <= simulations <= MOST:
        raise BreachkitError(
            f"simulations is a whole number from 100 to {MOST:,}, or 'auto'; got {simulations!r}."
        )
    return simulations


def _enough(outcomes: list[Outcome]) -> bool:
    return bool(check(quantities(outcomes))["within_target"].all())
