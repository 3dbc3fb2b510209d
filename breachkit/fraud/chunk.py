"""One chunk of simulations: eligible people and draws in, victims and four ledgers out."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import numpy as np

from breachkit.fraud import organisation
from breachkit.fraud.classifier import Classifier
from breachkit.fraud.distributions import binomial_quantile
from breachkit.fraud.draws import Draws, Setting
from breachkit.fraud.eligible import Eligible, by_loss
from breachkit.fraud.rows import LEDGERS
from breachkit.fraud.streams import Array

SIZE = 10_000  # simulations in a chunk: bounds memory, and lets `auto` go on where it stopped


@dataclasses.dataclass(frozen=True, eq=False)
class Outcome:
    """What a chunk gave: arrays with one element per simulation.

    ``exposed`` (eligible after the classifier's correction), ``victims``, ``lost`` and ``threatened`` by
    scenario; ``ledgers`` by ledger; ``people_hit`` (at least once) and ``events`` (victims summed);
    ``items`` of the organisation's cost; ``inputs`` that varied.
    """

    exposed: Mapping[str, Array]
    victims: Mapping[str, Array]
    lost: Mapping[str, Array]
    threatened: Mapping[str, Array]
    ledgers: Mapping[str, Array]
    people_hit: Array
    events: Array
    items: Mapping[str, Array]
    inputs: Mapping[str, Array]

    def slim(self) -> Outcome:
        """Keep what the summaries need of a later chunk: a million simulations must fit in memory.

        ``inputs`` are ranked on the first chunk only; of ``exposed`` and ``threatened`` the mean is told.
        """
        size = self.events.size

        def mean(arrays: Mapping[str, Array]) -> dict[str, Array]:
            return {name: np.broadcast_to(one.mean(), size) for name, one in arrays.items()}

        def single(arrays: Mapping[str, Array]) -> dict[str, Array]:
            return {name: np.asarray(one, np.float32) for name, one in arrays.items()}

        return dataclasses.replace(
            self,
            exposed=mean(self.exposed),
            threatened=mean(self.threatened),
            victims=single(self.victims),
            lost=single(self.lost),
            items=single(self.items),
            inputs={},
        )


@dataclasses.dataclass(frozen=True, eq=False)
class Strike:
    """What one scenario did."""

    exposed: Array
    victims: Array
    lost: Array
    threatened: Array
    distress: Array


def strike(draws: Draws, who: Eligible, classifier: Classifier, factor: Array) -> Strike:
    """Apply one scenario's draws to those it could hit."""
    row = draws.scenario

    def reachable(key: str) -> Array:
        return classifier.correct(who.counts.get(key, 0), who.ceiling.get(key, 0), factor)

    def hit(people: Array) -> Array:
        tried = np.minimum(people, draws.worked) * draws.strikes
        return binomial_quantile(draws.luck, tried, draws.probability)

    exposed = reachable(row.id)
    victims = hit(exposed)
    lost = draws.losses.total(victims)
    base, paid = row.loss.amount.mean, 1.0
    for at, tier in enumerate(by_loss(row), 1):
        ratio = max(tier.loss.amount.mean / base, paid)
        lost = lost + (ratio - paid) * draws.losses.total(
            hit(np.minimum(reachable(f"{row.id}:{at}"), exposed))
        )
        paid = ratio
    threatened = exposed * draws.strikes if draws.distress else np.zeros_like(exposed)
    distress = draws.distress.total(threatened) if draws.distress else np.zeros_like(exposed)
    return Strike(exposed, victims, lost, threatened, distress)


def run(
    setting: Setting,
    who: Eligible,
    size: int,
    at: int,
    *,
    classifier: Classifier,
    cap: float = float("inf"),
    known: Mapping[str, Draws] | None = None,
) -> Outcome:
    """Simulate chunk ``at`` of ``size`` simulations; ``known`` draws are used instead of drawing again."""
    factor = classifier.factor(size, setting.seed + at)
    struck: dict[str, Strike] = {}
    inputs: dict[str, Array] = {}
    ledgers = {name: np.zeros(size) for name in LEDGERS}
    for row in setting.book.scenarios:
        draws = known[row.id] if known else setting.draw(row, size, at)
        struck[row.id] = strike(draws, who, classifier, factor)
        inputs |= draws.inputs
        if row.outside:
            continue
        for ledger, share in row.bears.items():
            if not row.claims:
                ledgers[ledger] = ledgers[ledger] + share * struck[row.id].lost
        ledgers["people_hours"] = ledgers["people_hours"] + struck[row.id].distress
    claims = sum((struck[row.id].lost for row in setting.book.scenarios if row.claims), np.zeros(size))
    notified = organisation.Notified(who.people, who.by_email, cap)
    items = organisation.bottom_up(notified, claims, setting.seed, at)
    total = np.sum([*items.values()], axis=0) + ledgers["organisation"]
    model = organisation.loglog(who.people, size, setting.seed, at)
    ledgers["organisation"] = organisation.mixture(total, model, setting.seed, at)
    frauds = [row.id for row in setting.book.scenarios if not row.outside and not row.claims]
    victims = {name: one.victims for name, one in struck.items()}
    return Outcome(
        exposed={name: one.exposed for name, one in struck.items()},
        victims=victims,
        lost={name: one.lost for name, one in struck.items()},
        threatened={name: one.threatened for name, one in struck.items()},
        ledgers=ledgers,
        people_hit=_people_hit(who, victims, size),
        events=np.sum([np.zeros(size), *(victims[name] for name in frauds)], axis=0),
        items=items | {"bottom_up": total, "loglog": model, "mixture": ledgers["organisation"]},
        inputs=inputs | {"organisation.model": organisation.coin(size, setting.seed, at).astype(np.float64)},
    )


def _people_hit(who: Eligible, victims: Mapping[str, Array], size: int) -> Array:
    """Count patients hit at least once: ``sum over patterns of n (1 - prod (1 - victims / eligible))``."""
    names = [name for name in who.overlapping if who.counts.get(name) and name in victims]
    if not names:
        return np.zeros(size)
    rates = np.stack([np.minimum(victims[name] / who.counts[name], 1 - 1e-12) for name in names])
    columns = [who.overlapping.index(name) for name in names]
    logs = who.patterns[:, columns].astype(np.float64) @ np.log1p(-rates)
    return np.asarray(who.sizes.astype(np.float64) @ -np.expm1(logs))
