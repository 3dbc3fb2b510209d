"""Who deserves the credit: Shapley shares of the harm avoided, and which safeguards overlap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import factorial

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


def shapley(harm: Mapping[frozenset[str], Array], players: Sequence[str]) -> dict[str, Array]:
    """Share the avoided harm among the safeguards, per simulation.

    The share of a safeguard is its mean effect over all orders in which the safeguards could have been
    added (Shapley 1953). Shares add up to ``harm[none] - harm[all]`` in every simulation.

    Parameters
    ----------
    harm
        For every subset of ``players``, the harm per simulation.

    Examples
    --------
    >>> one = lambda value: np.array([float(value)])
    >>> harm = {frozenset(): one(10), frozenset("a"): one(4), frozenset("b"): one(6), frozenset("ab"): one(4)}
    >>> {name: float(share[0]) for name, share in shapley(harm, "ab").items()}
    {'a': 4.0, 'b': 2.0}
    """
    n = len(players)
    shares = {}
    for player in players:
        share = np.zeros_like(next(iter(harm.values())))
        for before in harm:
            if player in before:
                continue
            weight = factorial(len(before)) * factorial(n - len(before) - 1) / factorial(n)
            share = share + weight * (harm[before] - harm[before | {player}])
        shares[player] = share
    return shares


def interaction(harm: Mapping[frozenset[str], Array], first: str, second: str) -> float:
    """Say whether two safeguards overlap: mean avoided by both less the sum of each alone.

    Below zero they substitute for each other, above zero they complement each other. Measured from a
    server with neither and nothing else.
    """
    none, both = harm[frozenset()], harm[frozenset({first, second})]
    alone = harm[frozenset({first})], harm[frozenset({second})]
    return float(((none - both) - (none - alone[0]) - (none - alone[1])).mean())
