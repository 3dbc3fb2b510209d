"""The server by itself: what each safeguard can and cannot do."""

import dataclasses
from itertools import combinations

import numpy as np
import pytest

from breachkit.whatif.description import Range, load_safeguards, load_server
from breachkit.whatif.simulator import Simulator

SERVER, SIX = load_server(), load_safeguards()
IDS = [one.id for one in SIX]


def simulator(server=SERVER, safeguards=SIX, **changes):
    return Simulator(dataclasses.replace(server, **changes), safeguards, simulations=400, seed=3)


def edited(element, **changes):
    return tuple(dataclasses.replace(one, **changes) if one.element == element else one for one in SIX)


def subsets():
    for size in range(len(IDS) + 1):
        yield from (frozenset(chosen) for chosen in combinations(IDS, size))


def test_in_every_history_one_more_safeguard_never_steals_more():
    simulated = simulator()
    stolen = {on: simulated.stolen(on) * simulated.readable(on) for on in subsets()}
    for on, share in stolen.items():
        for one in set(IDS) - on:
            assert (stolen[on | {one}] <= share + 1e-12).all()


def test_encryption_with_a_key_elsewhere_that_never_fails_leaves_nothing_to_read():
    never = simulator(safeguards=edited("intelligibility", left=Range(1e-12, 1e-12)))
    assert not never.readable(frozenset(["encryption"])).any()


def test_disk_encryption_does_almost_nothing_against_a_live_read():
    disk = simulator(safeguards=edited("intelligibility", left=Range(0.98, 1.0)))
    assert disk.readable(frozenset(["encryption"])).mean() > 0.97


def test_deletion_after_ever_longer_tends_to_no_deletion():
    none = simulator().stolen(frozenset()).mean()
    gaps = []
    for days in (5, 50, 500, 5_000):
        late = simulator(safeguards=edited("stock", left=Range(days, days)))
        gaps.append(none - late.stolen(frozenset(["deletion"])).mean())
    assert gaps == sorted(gaps, reverse=True) and gaps[-1] == pytest.approx(0, abs=1e-12)


def test_monitoring_alone_does_nothing_against_a_one_shot_copy():
    everything_there = simulator(initial_stock=1.0, persistence=0.0, detection=Range(1e6, 1e6))
    first_day = edited("detection", left=Range(1.0, 1.0))
    at_once = dataclasses.replace(everything_there, safeguards=first_day)
    before, after = (at_once.stolen(frozenset(on)) for on in ([], ["monitoring"]))
    # Whoever copies before the alarm has all of it: the alarm cannot call a copy back.
    assert set(np.unique(after)) <= {0.0, 1.0}
    assert (after == before).mean() > 0.99


def test_the_same_seed_gives_the_same_histories():
    assert (simulator().stolen(frozenset()) == simulator().stolen(frozenset())).all()
