"""From the chunks of a run to its result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

from breachkit.fraud import circulation, convergence, organisation
from breachkit.fraud.chunk import Outcome
from breachkit.fraud.classifier import Classifier
from breachkit.fraud.draws import Setting
from breachkit.fraud.eligible import Eligible
from breachkit.fraud.fraudrisk import FraudRisk
from breachkit.fraud.hazard import delays, origin
from breachkit.fraud.scenarios import Scenario
from breachkit.fraud.streams import Array
from breachkit.fraud.summary import exceedance, spread, summaries, tornado
from breachkit.fraud.timeline import timeline


def gather(
    setting: Setting, who: Eligible, outcomes: Sequence[Outcome], *, classifier: Classifier
) -> FraudRisk:
    """Summarise; per-simulation ledgers stay in ``draws``, everything else is a small table."""
    joined = quantities(outcomes)
    ledgers = {name: joined[name] for name in outcomes[0].ledgers}
    hit = {"people_hit": joined["people_hit"], "events": joined["events"]}
    items = {name: _join(outcomes, "items", name) for name in outcomes[0].items}
    checks = convergence.check(joined)
    book = setting.book
    return FraudRisk(
        people=who.people,
        prescribers=who.prescribers,
        simulations=sum(one.events.size for one in outcomes),
        seed=setting.seed,
        years=setting.years,
        scenarios=pl.DataFrame(
            [_row(row, who, outcomes, setting.years) for row in book.scenarios if not row.outside],
            infer_schema_length=None,
        ),
        conditional=pl.DataFrame(
            [_if(row, _row(row, who, outcomes, setting.years)) for row in book.scenarios if row.outside],
            infer_schema_length=None,
        ),
        victims=summaries(hit, "quantity"),
        ledgers=summaries(ledgers, "ledger"),
        exceedance=exceedance(ledgers),
        tornado=tornado(outcomes[0].inputs, outcomes[0].ledgers),
        organisation=summaries(items, "item"),
        comparators=organisation.comparators(who.people),
        circulation=circulation.copies(setting),
        timeline=timeline(setting, who),
        convergence=checks,
        absent=who.absent,
        changed=book.changed,
        steps={row.id: dict(row.steps) for row in book.scenarios},
        warnings=_warnings(setting, who, classifier, checks),
        draws=pl.DataFrame(joined),
    )


def _join(outcomes: Sequence[Outcome], field: str, name: str) -> Array:
    return np.concatenate([getattr(one, field)[name] for one in outcomes], dtype=np.float64)


def _row(row: Scenario, who: Eligible, outcomes: Sequence[Outcome], years: float) -> dict[str, object]:
    victims = _join(outcomes, "victims", row.id)
    lost = _join(outcomes, "lost", row.id)
    return {
        "scenario": row.id,
        "number": row.number,
        "fr": row.label["fr"],
        "en": row.label["en"],
        "subject": row.subject,
        "needs": row.text,
        "eligible": who.counts.get(row.id, 0),
        "exposed": float(_join(outcomes, "exposed", row.id).mean()),
        **{f"victims_{name}": value for name, value in spread(victims).items() if name != "tvar95"},
        "any_victim": float((victims > 0).mean()),
        "threatened_mean": float(_join(outcomes, "threatened", row.id).mean()),
        **{f"loss_{name}": value for name, value in spread(lost).items() if name != "tvar95"},
        "bears": " + ".join(f"{name} {share:.0%}" for name, share in row.bears.items() if share),
        "by_hand": row.minutes is not None,
        "grade_probability": row.probability.evidence.grade,
        "grade_loss": row.loss.evidence.grade,
        "grade": row.grade,
        "years": years,
    }


def _if(row: Scenario, numbers: dict[str, object]) -> dict[str, object]:
    rate = row.if_rate or 0.0
    return numbers | {"if_rate": rate, "victims_expected": rate * float(str(numbers["exposed"]))}


def _warnings(
    setting: Setting, who: Eligible, classifier: Classifier, checks: pl.DataFrame
) -> tuple[str, ...]:
    """List keys of what limits the result; the card says them."""
    rows = setting.book.scenarios
    dated = any(getattr(setting.circumstances, cut.starts, None) for row in rows for cut in row.cuts)
    cuts = [cut for row in rows for cut in delays(row.cuts, setting.circumstances)]
    found = {
        "classifier_not_measured": not classifier.measured and who.counts != who.ceiling,
        "measures_without_start": dated and origin(setting.circumstances) is None,
        "no_measures": not cuts and not dated,
        "columns_absent": bool(who.absent),
        "not_converged": not checks["within_target"].all(),
        "outside_loglog": who.people > 0 and not organisation.in_range(who.people),
        "numbers_changed": setting.book.changed.height > 0,
        "nobody": who.people == 0,
    }
    return tuple(name for name, true in found.items() if true)


def quantities(outcomes: Sequence[Outcome]) -> Mapping[str, Array]:
    """Join the chunks of what is reported with a 95 % quantile: people hit, events, the ledgers."""
    joined = {
        "people_hit": np.concatenate([one.people_hit for one in outcomes]),
        "events": np.concatenate([one.events for one in outcomes]),
    }
    return joined | {
        ledger: np.concatenate([one.ledgers[ledger] for one in outcomes]) for ledger in outcomes[0].ledgers
    }
