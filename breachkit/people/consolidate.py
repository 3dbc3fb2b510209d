"""The station: which records are the same person."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from breachkit import progress
from breachkit.errors import BreachkitError
from breachkit.people.candidates import Source, partitions
from breachkit.people.disagreements import refusals
from breachkit.people.gathering import gather
from breachkit.people.grouping import Integers, persons
from breachkit.people.linking import links
from breachkit.people.people import People
from breachkit.people.prescribers import prescribers
from breachkit.people.rules import Rules, load_rules
from breachkit.people.shelf import Shelf

if TYPE_CHECKING:
    from breachkit.classify import Records

#: Records compared and merged at a time, unless ``partitions`` says otherwise.
AT_ONCE = 1_000_000


def consolidate(
    records: Records,
    *,
    rules: str | Path | dict[str, Any] | Rules | None = None,
    partitions: int | None = None,
) -> People:
    """Merge the records of each person, each merge with its rule and confidence.

    Parameters
    ----------
    records
        What `label` gives. A lazy frame must give its rows in one order each time: it is read several times.
    rules
        ``None`` for the shipped rules, or a YAML file or mapping of one's own, with people's decisions
        (``merge``, ``keep_apart``): they are honoured at every run.
    partitions
        In how many parts to compare and merge; ``None`` for one part per million records. The result is the
        same for any number. With more than one, parts wait as Parquet files in a private folder
        (``TMPDIR`` moves it) that is deleted when the process ends, and the frames of the result read them.

    Returns
    -------
    People
        ``person_id`` is dense and follows the order of the records; it is never derived from an identifier.

    Raises
    ------
    BreachkitError
        For a bad rule, with file, row and field, and for less than one partition.

    Notes
    -----
    Deterministic: two records are linked when a rule's keys are equal and nothing it compares contradicts.
    Persons grow by the surest links first; nothing joins two records that a decision keeps apart, or that
    contradict each other in a barrier (first name, sex), not even through a third record: such links are cut.
    ``conflicts`` lists what was refused (``kept_apart:<rule>``), cut (``cut:<rule>``), left out because too
    many share the key (``crowd:<rule>``), and where merged records disagree (``majority``).

    Examples
    --------
    >>> import breachkit as bk
    >>> leak = bk.synthesize("leak-2021", patients=200)
    >>> people = bk.consolidate(bk.label(leak, bk.classify(leak)))
    >>> people.n_records
    200
    """
    chosen = load_rules(rules)
    if partitions is not None and (
        isinstance(partitions, bool) or not isinstance(partitions, int) or partitions < 1
    ):
        raise BreachkitError(f"partitions={partitions!r}.", hint="A whole number from 1, or None.")
    rows = int(records.frame.select(pl.len()).collect().item())
    source = Source(records.frame, rows, max(1, -(-rows // partitions) if partitions else AT_ONCE))
    shelf = Shelf(on_disk=rows > source.size)
    ids = records.frame.select("record_id").collect()["record_id"].to_numpy()
    numbered = _numbered(chosen, ids)
    barred = _linked(source, numbered, shelf)
    grouped = persons(rows, _batches(shelf), barred, numbered)
    del barred
    for place in range(len(chosen.rules)):
        shelf.drop(f"made-{place}-True")
        shelf.drop(f"made-{place}-False")
    refused = refusals(shelf, grouped, chosen)
    doctors = prescribers(records, ids, grouped.person, grouped.weakest.size, source.size)
    people = gather(source, ids, grouped, doctors, refused, chosen, shelf)
    progress.report("people", len(chosen.rules) + 1, len(chosen.rules) + 1)
    return people


def _numbered(rules: Rules, ids: Integers) -> Rules:
    """Rewrite the decisions from record ids to positions."""
    wanted = sorted({i for pair in (*rules.merge, *rules.keep_apart) for i in pair})
    if not wanted:
        return rules
    places = np.flatnonzero(np.isin(ids, wanted))
    at = dict(zip(ids[places].tolist(), places.tolist(), strict=True))
    if lost := [i for i in wanted if i not in at]:
        raise BreachkitError(
            f"A decision names record {lost[0]}, which this leak does not have.",
            hint="Decisions hold for the leak they were made on; take it out of merge / keep_apart.",
        )
    merge, apart = (tuple((at[a], at[b]) for a, b in p) for p in (rules.merge, rules.keep_apart))
    return dataclasses.replace(rules, merge=merge, keep_apart=apart)


def _linked(source: Source, rules: Rules, shelf: Shelf) -> Integers:
    """Put on the shelf what each rule says; give the pairs that a barrier keeps apart."""
    decided = sorted({i for pair in (*rules.merge, *rules.keep_apart) for i in pair})
    barred = [np.zeros(0, dtype=np.int64)]
    for place, rule in enumerate(rules.rules):
        progress.report("people", place, len(rules.rules) + 1)
        for part in partitions(source, rule, shelf, f"part-{place}"):
            found = links(part, rule, rules.barriers, decided)
            for full in (True, False):
                made = found.made.filter(pl.col("full") == full)
                if made.height:
                    shelf.put(f"made-{place}-{full}", made.select("a", "b"))
            if found.refused.height:
                shelf.put(f"refused-{place}", found.refused)
            if found.crowded.len():
                shelf.put(f"crowd-{place}", found.crowded.to_frame("record_id"))
            apart = found.refused.filter("barrier")
            barred.append((apart["a"] * source.rows + apart["b"]).to_numpy())
    packed = np.unique(np.concatenate(barred))
    return np.stack(np.divmod(packed, max(source.rows, 1)), axis=1)


def _batches(shelf: Shelf) -> Any:
    def batches(place: int, full: bool) -> Iterator[Integers]:
        for piece in shelf.pieces(f"made-{place}-{full}"):
            yield piece.to_numpy()

    return batches
