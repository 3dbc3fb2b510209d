"""From the share of files stolen to people, victims and ledgers, on the same draws for every what-if."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from breachkit.fraud import Comparison, Eligible

if TYPE_CHECKING:
    from breachkit.people import People

Array = npt.NDArray[np.float64]
#: Shares of the file at which fraud is simulated; in between, each simulation is interpolated.
SHARES = np.array([0.0, 0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1.0])
LEDGERS = ("people_money", "people_hours", "payers", "organisation")


@dataclasses.dataclass(frozen=True, eq=False)
class Curves:
    """One outcome per share of the file and simulation, for one version of the people."""

    values: dict[str, Array]

    def at(self, share: Array) -> dict[str, Array]:
        """Interpolate every outcome at each simulation's own share; nothing stolen harms nobody."""
        place = np.clip(np.searchsorted(SHARES, share, side="left"), 1, len(SHARES) - 1)
        low, high = SHARES[place - 1], SHARES[place]
        weight = (share - low) / (high - low)
        rows = np.arange(share.size)
        found = {}
        for name, table in self.values.items():
            between = table[place - 1, rows] * (1 - weight) + table[place, rows] * weight
            found[name] = np.where(share > 0, between, 0.0)
        return found


def curves(people: People, comparison: Comparison, by_email: int | None = None) -> Curves:
    """Simulate fraud at each share of the file, on common draws.

    ``by_email`` keeps the number of people whom an e-mail can reach as it was: the organisation knows its
    patients' addresses whether the thief has them or not.
    """
    who = comparison.eligible(people)
    if by_email is not None:
        who = dataclasses.replace(who, by_email=by_email)
    found: dict[str, list[Array]] = {name: [] for name in ("victims", *LEDGERS)}
    for share in SHARES:
        outcome = comparison.outcome(_part(who, float(share)))
        found["victims"].append(np.asarray(outcome.events, dtype=np.float64))
        for ledger in LEDGERS:
            found[ledger].append(np.asarray(outcome.ledgers[ledger], dtype=np.float64))
    return Curves({name: np.stack(rows) for name, rows in found.items()})


def _part(who: Eligible, share: float) -> Eligible:
    def some(value: Any) -> int:
        return int(value * share)

    return dataclasses.replace(
        who,
        people=some(who.people),
        prescribers=some(who.prescribers),
        by_email=some(who.by_email),
        counts={key: some(count) for key, count in who.counts.items()},
        ceiling={key: some(count) for key, count in who.ceiling.items()},
        sizes=np.floor(who.sizes * share).astype(np.int64),
    )
