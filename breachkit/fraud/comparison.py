"""Many what-ifs on the same draws: who is eligible changes, the luck does not."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from breachkit.circumstances import load as load_circumstances
from breachkit.errors import BreachkitError
from breachkit.fraud import organisation
from breachkit.fraud.chunk import SIZE, Outcome, run
from breachkit.fraud.classifier import Classifier, measured
from breachkit.fraud.draws import Draws, Setting
from breachkit.fraud.eligible import Eligible, eligible
from breachkit.fraud.scenarios import ScenarioBook, load


@dataclasses.dataclass(frozen=True)
class Comparison:
    """Run one setting again and again on different eligible people.

    In every single simulation, eligible counts that are no higher give no more victims in any scenario and
    no more loss in any ledger, so that their means and quantiles cannot rise either.

    Parameters
    ----------
    circumstances, scenarios, seed, years
        As for `breachkit.fraud.simulate_fraud`.
    simulations
        At most 10,000.

    Examples
    --------
    >>> comparison = Comparison(simulations=1_000)
    >>> leak = comparison.outcome({"identity_theft": 5_000, "loss_of_control": 8_000})
    >>> less = comparison.outcome({"identity_theft": 4_000, "loss_of_control": 8_000})
    >>> bool((less.victims["identity_theft"] <= leak.victims["identity_theft"]).all())
    True
    """

    circumstances: Any = None
    scenarios: Any = None
    simulations: int = 2_000
    seed: int = 1
    years: float = 1.0

    def __post_init__(self) -> None:
        if not 100 <= self.simulations <= SIZE:
            raise BreachkitError(f"A comparison takes 100 to {SIZE:,} simulations; got {self.simulations}.")

    @cached_property
    def book(self) -> ScenarioBook:
        """The scenarios in use."""
        return load(self.scenarios)

    def eligible(self, people: Any) -> Eligible:
        """Count who each scenario could hit."""
        return eligible(people, self.book)

    def outcome(self, who: Eligible | Mapping[str, int]) -> Outcome:
        """Simulate ``who``: `Eligible`, or a mapping of scenario id to eligible people."""
        for name in () if isinstance(who, Eligible) else who:
            self.book[name.partition(":")[0]]
        counted = who if isinstance(who, Eligible) else Eligible.from_counts(who)
        return run(
            self._setting,
            counted,
            self.simulations,
            0,
            classifier=self._classifier,
            cap=organisation.fine_cap(self._setting.circumstances.turnover),  # type: ignore[attr-defined]
            known=self._draws,
        )

    @cached_property
    def _setting(self) -> Setting:
        return Setting(self.book, load_circumstances(self.circumstances), float(self.years), int(self.seed))

    @cached_property
    def _classifier(self) -> Classifier:
        return measured(self.book.sensitive_categories)

    @cached_property
    def _draws(self) -> dict[str, Draws]:
        return {row.id: self._setting.draw(row, self.simulations, 0) for row in self.book.scenarios}
