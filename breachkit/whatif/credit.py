"""Shapley shares of any outcome: those of the result, a category, an ENISA band, or the days to closing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from breachkit.errors import BreachkitError
from breachkit.whatif.harms import Array
from breachkit.whatif.shapley import shapley
from breachkit.whatif.simulator import Simulator

if TYPE_CHECKING:
    from breachkit.whatif.whatif import WhatIf

CLOSING = "days_to_closing"
COLUMNS = ("safeguard", "avoided", "low", "high", "share")


def credit(result: WhatIf, outcome: str) -> pl.DataFrame:
    """Give ``safeguard, avoided, low, high, share`` of an outcome, see `WhatIf.shapley`."""
    held = result.shares["outcome"].unique(maintain_order=True).to_list()
    if outcome in held:
        return result.shares.filter(outcome=outcome).select(COLUMNS)
    known = {name for counts in result.counts.values() for name in counts}
    if outcome != CLOSING and outcome not in known:
        raise BreachkitError.unknown("outcome", outcome, [*held, CLOSING, *sorted(known)])
    harm = {on: _harm(result, on, outcome) for on in result.draws}
    ids = [one.id for one in result.safeguards]
    avoided = float((harm[frozenset()] - harm[frozenset(ids)]).mean())
    rows = []
    for one, values in shapley(harm, ids).items():
        low, high = np.quantile(values, (0.05, 0.95))
        share = float(values.mean()) / avoided if avoided else None
        rows.append((one, float(values.mean()), float(low), float(high), share))
    return pl.DataFrame(rows, schema=COLUMNS, orient="row")


def _harm(result: WhatIf, on: frozenset[str], outcome: str) -> Array:
    if outcome == CLOSING:
        simulator = Simulator(result.server, result.safeguards, result.simulations, result.seed)
        return np.nan_to_num(simulator.days_to_closing(on))
    kinds = result.draws[on].items()
    return np.asarray(sum(share * result.counts[kind].get(outcome, 0.0) for kind, share in kinds))
