"""The random numbers of a run, kept apart from what they are applied to.

A safeguard changes who is eligible or how long; it never changes the draws. So 64 combinations can be
compared draw by draw, and one with fewer eligible people never gives more victims.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from functools import cached_property

import numpy as np

from breachkit.fraud.distributions import common_factor
from breachkit.fraud.hazard import delays, reach
from breachkit.fraud.losses import CommonLosses
from breachkit.fraud.scenarios import Scenario, ScenarioBook
from breachkit.fraud.streams import Array, normals, uniforms


@dataclasses.dataclass(frozen=True, eq=False)
class Draws:
    """Draws of one scenario in one chunk of simulations.

    Every array has one element per simulation: ``probability`` (within the horizon, measures taken into
    account), ``luck`` (uniform, inverted into victims), ``strikes`` (whether a campaign happens at all),
    ``worked`` (records the attackers have time for; infinite if not by hand).
    """

    scenario: Scenario
    probability: Array
    luck: Array
    strikes: Array
    worked: Array
    losses: CommonLosses
    distress: CommonLosses | None
    inputs: Mapping[str, Array]


@dataclasses.dataclass(frozen=True, eq=False)
class Setting:
    """What a run is about, apart from who is eligible: the book, the circumstances, horizon and seed."""

    book: ScenarioBook
    circumstances: object
    years: float
    seed: int

    def draw(self, row: Scenario, size: int, chunk: int) -> Draws:
        """Draw one scenario; the same whatever other scenarios the book has."""
        return _Drawing(self, row, size, (row.id, chunk)).draws()


@dataclasses.dataclass(frozen=True, eq=False)
class _Drawing:
    setting: Setting
    row: Scenario
    size: int
    name: tuple[object, ...]

    def normal(self, purpose: str) -> Array:
        return normals(self.size, self.setting.seed, *self.name, purpose)

    @cached_property
    def pressure(self) -> Array:
        """How hard criminals work this file: shared by all scenarios."""
        return normals(self.size, self.setting.seed, "all scenarios", self.name[1], "pressure")

    def first_year(self) -> Array:
        """Share of those whose data allow it who meet the harm within a year, in each simulation."""
        row = self.row
        if row.if_rate is not None:
            return np.full(self.size, row.if_rate)
        # Whether people claim depends on publicity, not on how hard criminals work the file.
        rho = 0.0 if row.claims else self.setting.book.value("rho")
        rate = row.probability.rate.at(common_factor(self.pressure, self.normal("probability"), rho))
        if row.external is not None:
            rate = rate * row.external.rate.at(self.normal("external"))
        return rate

    def worked(self) -> Array:
        if self.row.minutes is None:
            return np.full(self.size, np.inf)
        minutes = self.row.minutes.amount.at(self.normal("minutes"))
        return np.floor(self.attackers * 60 * self.setting.years / minutes)

    @cached_property
    def attackers(self) -> Array:
        """Hours a year that all who work the file by hand have for one scenario."""
        model, shared = self.setting.book.model, ("all scenarios", self.name[1])
        actors = model["actors"].amount.at(normals(self.size, self.setting.seed, *shared, "actors"))
        return actors * model["hours_per_year"].amount.at(
            normals(self.size, self.setting.seed, *shared, "hours")
        )

    def draws(self) -> Draws:
        """Draw everything that one scenario needs."""
        row, setting, model = self.row, self.setting, self.setting.book.model
        first_year, worked = self.first_year(), self.worked()
        cuts = [
            (delay, cut.share.rate.at(self.normal(f"cut {cut.id}")))
            for cut, delay in delays(row.cuts, setting.circumstances)
        ]
        campaign = (
            np.ones(self.size) if row.campaign is None else row.campaign.rate.at(self.normal("campaign"))
        )
        strikes = uniforms(self.size, setting.seed, *self.name, "strikes") < campaign
        rho = model["award_rho" if row.claims else "loss_rho"].low
        losses = CommonLosses(row.loss.amount, rho, self.size, setting.seed, (*self.name, "loss"))
        distress = None
        if row.distress is not None:
            shared = model["award_rho"].low
            name = (*self.name, "distress")
            distress = CommonLosses(row.distress.amount, shared, self.size, setting.seed, name)
        inputs = {
            "all.pressure": self.pressure,
            f"{row.id}.probability": self.normal("probability"),
            f"{row.id}.loss": losses.level,
        }
        if row.minutes is not None:
            inputs["all.attackers"] = self.attackers
            inputs[f"{row.id}.minutes"] = self.normal("minutes")
        if row.campaign is not None:
            inputs[f"{row.id}.campaign"] = strikes.astype(np.float64)
        return Draws(
            scenario=row,
            probability=reach(first_year, row.half_life, setting.years, cuts),
            luck=uniforms(self.size, setting.seed, *self.name, "luck"),
            strikes=strikes.astype(np.float64),
            worked=worked,
            losses=losses,
            distress=distress,
            inputs={} if row.outside else inputs,
        )
