"""The station: the same way walked again for every combination of safeguards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from breachkit import progress, taxonomy
from breachkit.circumstances import load
from breachkit.fraud import Comparison
from breachkit.severity import score
from breachkit.whatif.description import load_safeguards, load_server
from breachkit.whatif.harms import Array, Curves, curves
from breachkit.whatif.minimise import excess, minimised
from breachkit.whatif.shapley import interaction, shapley
from breachkit.whatif.simulator import Simulator
from breachkit.whatif.whatif import OUTCOMES, WhatIf

if TYPE_CHECKING:
    from breachkit.classify import FieldMap, Records
    from breachkit.people import People

SIMULATIONS = 2_000


def what_if(
    leak: Any,
    circumstances: Any = None,
    *,
    fields: FieldMap | None = None,
    rules: Any = None,
    server: Any = None,
    safeguards: Any = None,
    seed: int = 1,
    records: Records | None = None,
    people: People | None = None,
    simulations: int = SIMULATIONS,
) -> WhatIf:
    """Ask what each missing safeguard cost, by walking the way again without each failing.

    Parameters
    ----------
    leak
        The leak; its columns and rows are what the server held.
    circumstances
        Dates, agreed or excess columns, scope; see `breachkit.circumstances`.
    fields, rules
        Human decisions on columns and merges: honoured.
    server, safeguards
        YAML files or mappings that describe another server or other safeguards; the shipped ones describe
        that
        of 2021 and its six failings.
    seed, simulations
        The same seed gives the same figures; every combination shares its draws.
    records, people
        Results already at hand, so that they are not made again.

    Returns
    -------
    WhatIf
        Every combination of the safeguards (64 for six), the Shapley share of each, pairs.

    Raises
    ------
    BreachkitError
        For a bad row of the server or safeguards, with file, row and field.

    Notes
    -----
    What columns and rows less would change is exact. The rest rests on ranges (see the grades): read
    shares and
    order, not digits. The CNIL calls the failings *one of the causes* of the leak, never the only one.
    """
    known = load(circumstances)
    fields, records, people = _walked(leak, fields, rules, records, people)
    simulator = Simulator(load_server(server), load_safeguards(safeguards), simulations, seed)
    dropped = excess(fields, known)
    scoped = known if simulator.server.apply_scope else None
    versions = {False: people, True: minimised(people, records, fields, dropped, scoped)}
    counts = {kind: _counts(version) for kind, version in versions.items()}
    comparison = Comparison(circumstances=known, simulations=simulations, seed=seed)
    reached = comparison.eligible(people).by_email
    harm = {kind: curves(version, comparison, reached) for kind, version in versions.items()}
    bands = {kind: _bands(version, known) for kind, version in versions.items()}
    revealed = {kind: {c: n for c, n in row.items() if c not in OUTCOMES} for kind, row in counts.items()}
    ids = [one.id for one in simulator.safeguards]
    outcomes: dict[frozenset[str], dict[str, Array]] = {}
    shares: dict[frozenset[str], dict[bool, Array]] = {}
    subsets = list(_subsets(ids))
    for done, on in enumerate(subsets):
        progress.report("whatif", done, len(subsets))
        shares[on] = _split(simulator, on)
        outcomes[on] = _outcomes(shares[on], counts, harm)
    progress.report("whatif", len(subsets), len(subsets))
    return WhatIf(
        safeguards=simulator.safeguards,
        server=simulator.server,
        people=int(counts[False]["people"]),
        dropped_columns=len(dropped),
        combinations=_combination_rows(simulator, ids, outcomes),
        categories=_expected(ids, shares, revealed, "category"),
        bands=_expected(ids, shares, bands, "band"),
        shares=_shapley_rows(ids, outcomes),
        pairs=_pair_rows(ids, outcomes),
        simulations=simulations,
        seed=seed,
        draws=shares,
        counts={kind: revealed[kind] | bands[kind] for kind in versions},
    )


def _walked(
    leak: Any, fields: FieldMap | None, rules: Any, records: Records | None, people: People | None
) -> tuple[FieldMap, Records, People]:
    if fields is not None and records is not None and people is not None:
        return fields, records, people
    from breachkit.classify import label
    from breachkit.classify.columns import classify
    from breachkit.people import consolidate

    mapped = fields if fields is not None else classify(leak)
    labelled = records if records is not None else label(leak, mapped)
    merged = people if people is not None else consolidate(labelled, rules=rules)
    return mapped, labelled, merged


def _subsets(ids: list[str]) -> Iterator[frozenset[str]]:
    for size in range(len(ids) + 1):
        yield from (frozenset(chosen) for chosen in combinations(ids, size))


def _counts(people: People) -> dict[str, float]:
    names = [
        n for n in (*taxonomy.category_ids(), *taxonomy.context_ids()) if n in people.frame.collect_schema()
    ]
    anything = pl.any_horizontal([pl.col(n) >= 1 for n in names]) if names else pl.lit(False)
    row = people.frame.select(
        pl.len().alias("people"), anything.sum().alias("sensitive"), *((pl.col(n) >= 1).sum() for n in names)
    ).collect()
    return {name: float(value) for name, value in row.row(0, named=True).items() if value or name in OUTCOMES}


def _bands(people: People, known: Any) -> dict[str, float]:
    by = score(people, known).by_stratum.group_by("band").agg(pl.col("people").sum())
    by = by.sort("band")
    return {str(band): float(count) for band, count in by.iter_rows()}


def _split(simulator: Simulator, on: frozenset[str]) -> dict[bool, Array]:
    """Readable share stolen per simulation, as extracted (False) or with only what was needed (True)."""
    share = np.where(simulator.readable(on), simulator.stolen(on), 0.0)
    lean = simulator.minimised(on)
    return {False: np.where(lean, 0.0, share), True: np.where(lean, share, 0.0)}


def _outcomes(
    shares: Mapping[bool, Array], counts: Mapping[bool, Mapping[str, float]], harm: Mapping[bool, Curves]
) -> dict[str, Array]:
    total: dict[str, Array] = {}
    for kind, share in shares.items():
        found = {name: counts[kind].get(name, 0.0) * share for name in ("people", "sensitive")}
        for name, values in (found | harm[kind].at(share)).items():
            total[name] = total.get(name, np.zeros_like(share)) + values
    return total


def _combination_rows(
    simulator: Simulator, ids: list[str], outcomes: Mapping[frozenset[str], Mapping[str, Array]]
) -> pl.DataFrame:
    rows = []
    for on, found in outcomes.items():
        row: dict[str, object] = {one: one in on for one in ids} | {"safeguards": len(on)}
        for name, values in found.items():
            low, high = np.quantile(values, (0.05, 0.95))
            row |= {name: float(values.mean()), f"{name}_q05": float(low), f"{name}_q95": float(high)}
        closing = simulator.days_to_closing(on)
        tried = np.isfinite(closing)
        row["days_to_closing"] = float(closing[tried].mean()) if tried.any() else None
        row["probability"] = float((found["people"] > 0).mean())
        rows.append(row)
    return pl.DataFrame(rows)


def _expected(
    ids: list[str], shares: Mapping[frozenset[str], Mapping[bool, Array]],
    counts: Mapping[bool, Mapping[str, float]], key: str,
) -> pl.DataFrame:  # fmt: skip
    names = list(dict.fromkeys([*counts[False], *counts[True]]))
    rows = [
        {one: one in on for one in ids}
        | {key: name, "people": sum(counts[k].get(name, 0.0) * float(s.mean()) for k, s in split.items())}
        for on, split in shares.items()
        for name in names
    ]
    return pl.DataFrame(rows, schema=dict.fromkeys(ids, pl.Boolean) | {key: pl.String, "people": pl.Float64})


def _shapley_rows(ids: list[str], outcomes: Mapping[frozenset[str], Mapping[str, Array]]) -> pl.DataFrame:
    rows = []
    for name in OUTCOMES:
        harm = {on: found[name] for on, found in outcomes.items()}
        avoided = float((harm[frozenset()] - harm[frozenset(ids)]).mean())
        for one, values in shapley(harm, ids).items():
            low, high = np.quantile(values, (0.05, 0.95))
            share = float(values.mean()) / avoided if avoided else None
            rows.append((name, one, float(values.mean()), float(low), float(high), share))
    columns = ("outcome", "safeguard", "avoided", "low", "high", "share")
    return pl.DataFrame(rows, schema=columns, orient="row")


def _pair_rows(ids: list[str], outcomes: Mapping[frozenset[str], Mapping[str, Array]]) -> pl.DataFrame:
    rows = []
    for name in OUTCOMES:
        harm = {on: found[name] for on, found in outcomes.items()}
        scale = float(harm[frozenset()].mean()) or 1.0
        for first, second in combinations(ids, 2):
            value = interaction(harm, first, second) / scale
            verdict = "substitute" if value < -0.01 else "complement" if value > 0.01 else "independent"
            rows.append((name, first, second, value, verdict))
    return pl.DataFrame(rows, schema=("outcome", "first", "second", "interaction", "verdict"), orient="row")
