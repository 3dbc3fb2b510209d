"""From leaked attributes to victims and losses, honestly uncertain.

``simulate_fraud`` is the station. `distributions` can be used alone; `scenario_book` reads the scenarios
that ship or an edited copy; `Comparison` runs the same draws on many sets of eligible people.
"""

from breachkit.fraud import distributions
from breachkit.fraud.comparison import Comparison
from breachkit.fraud.eligible import Eligible, eligible
from breachkit.fraud.fraudrisk import FraudRisk
from breachkit.fraud.scenarios import ScenarioBook
from breachkit.fraud.scenarios import load as scenario_book
from breachkit.fraud.simulate import simulate_fraud

__all__ = [
    "Comparison",
    "Eligible",
    "FraudRisk",
    "ScenarioBook",
    "distributions",
    "eligible",
    "scenario_book",
    "simulate_fraud",
]
