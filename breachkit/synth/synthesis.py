"""`synthesize`: a leak and its truth."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from breachkit import __version__
from breachkit.errors import BreachkitError
from breachkit.leak import Leak
from breachkit.synth import assembly, output
from breachkit.synth.columns import chosen
from breachkit.synth.damage import LEVELS
from breachkit.synth.generation import generate
from breachkit.synth.plan import plan
from breachkit.synth.profile import load
from breachkit.synth.register import TABLE


def synthesize(
    profile: str | Path = "leak-2021",
    patients: int = 491_840,
    seed: int = 2021,
    *,
    start: int = 0,
    stop: int | None = None,
    out: str | Path | None = None,
    format: str = "parquet",
    damage: str = "none",
    columns: Iterable[str] | None = None,
) -> Leak:
    """Make a synthetic leak whose truth is known.

    Every value is a function of (seed, profile, column, row) alone: any row range, chunk size or number of
    processes gives the same rows. Identifiers belong to nobody; names, places and dates may match a living
    person by chance.

    Parameters
    ----------
    profile
        ``leak-2021`` (one wide table with sparse comments, the file of 2021 again), ``lab-full`` (patients,
        visits, acts, results), ``national`` (all France), or the path of a profile in YAML.
    patients
        Rows of the whole leak.
    seed
        Any whole number.
    start, stop
        Make only these rows of it.
    out
        Folder to stream to, chunk by chunk; without it the leak stays in memory.
    format
        ``parquet``, ``csv`` (utf-8) or ``csv-cp1252`` (CRLF), both with ``;``.
    damage
        ``none``, ``light`` or ``heavy``.
    columns
        Only these columns of the wide table, in its own order; their values are those of the whole table, and
        nothing is computed that they do not need. Facts and damage of other columns leave the truth.

    Returns
    -------
    Leak
        With ``.truth``: people, households, sensitive facts, damaged cells.

    Raises
    ------
    BreachkitError
        If an argument or a field of the profile is not what it may be, or the folder cannot be written.

    Examples
    --------
    >>> leak = synthesize(patients=20)
    >>> leak.tables["patients"].collect().height, leak.truth.people.collect().height
    (20, 20)
    >>> synthesize(patients=20, columns=["NIR", "SEXE"]).tables["patients"].collect_schema().names()
    ['SEXE', 'NIR', '_row']
    """
    first, last = _range(patients, start, stop)
    if isinstance(seed, bool) or not isinstance(seed, int | np.integer):
        raise BreachkitError("seed must be a whole number.")
    if format not in output.FORMATS:
        raise BreachkitError.unknown("format", format, output.FORMATS)
    if damage not in LEVELS:
        raise BreachkitError.unknown("damage", damage, LEVELS)
    compiled = plan(load(profile), int(seed))
    names = None if columns is None else chosen(compiled, columns)
    chunks = generate(compiled, first, last, damage=damage, columns=names)
    if out is None:
        return assembly.in_memory(compiled, list(chunks), first)
    facts: dict[str, Any] = {
        "profile": compiled.profile.name,
        "seed": int(seed),
        "patients": int(patients),
        "start": first,
        "stop": last,
        "damage": damage,
        "version": __version__,
        "main": TABLE,
    }
    if names is not None:
        facts["columns"] = names
    folder = output.store(chunks, Path(out), format, facts)
    return assembly.on_disk(compiled, folder, format, first)


def _range(patients: int, start: int, stop: int | None) -> tuple[int, int]:
    last = patients if stop is None else stop
    for name, value in (("patients", patients), ("start", start), ("stop", last)):
        if isinstance(value, bool) or not isinstance(value, int | np.integer):
            raise BreachkitError(f"{name} must be a whole number.")
    if patients <= 0:
        raise BreachkitError(f"patients must be at least 1, not {patients}.")
    if not 0 <= start <= last <= patients:
        raise BreachkitError(
            f"start and stop must keep 0 <= start <= stop <= patients; got {start}, {last}, {patients}."
        )
    return int(start), int(last)
