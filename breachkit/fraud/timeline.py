"""How expected victims add up over five years, with the measures taken and as if none had been."""

from __future__ import annotations

import dataclasses

import numpy as np
import polars as pl

from breachkit.fraud.draws import Setting
from breachkit.fraud.eligible import Eligible

MONTHS = (0, 1, 2, 3, 6, 9, 12, 18, 24, 36, 48, 60)
SIMULATIONS = 1_000
SCHEMA = pl.Schema(
    {"scenario": pl.String, "month": pl.Int64, "measures": pl.Boolean, "victims_mean": pl.Float64}
)


def timeline(setting: Setting, who: Eligible) -> pl.DataFrame:
    """Give expected victims within each number of months, per scenario that is summed.

    From the mean probability: expected, not simulated, victims; the correction of the classifier left out.
    """
    rows = []
    for measures in (True, False):
        known = setting.circumstances if measures else None
        for month in MONTHS[1:]:
            then = dataclasses.replace(setting, circumstances=known, years=month / 12)
            for row in setting.book.scenarios:
                if row.outside or row.claims or not who.counts.get(row.id):
                    continue
                draws = then.draw(row, SIMULATIONS, 0)
                tried = np.minimum(who.counts[row.id], draws.worked) * draws.strikes
                rows.append((row.id, month, measures, float((tried * draws.probability).mean())))
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")
