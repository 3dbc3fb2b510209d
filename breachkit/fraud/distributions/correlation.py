"""One common factor: how hard criminals work this file moves every scenario together."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from breachkit.errors import BreachkitError
from breachkit.fraud.streams import Array


def common_factor(shared: npt.ArrayLike, own: npt.ArrayLike, rho: float) -> Array:
    """Mix a shared and an own standard normal: ``sqrt(rho) shared + sqrt(1 - rho) own``.

    The mix is standard normal, and two mixes that share ``shared`` have correlation ``rho``.

    Raises
    ------
    BreachkitError
        Unless ``0 <= rho <= 1``.

    Examples
    --------
    >>> float(common_factor(1.0, -1.0, 0.5))
    0.0
    """
    if not 0 <= rho <= 1:
        raise BreachkitError(f"The common share rho must lie in 0..1; got {rho}.")
    return np.asarray(math.sqrt(rho) * np.asarray(shared) + math.sqrt(1 - rho) * np.asarray(own))


def factor_correlation(sigma_a: float, sigma_b: float, rho: float) -> float:
    """Correlation of two lognormals whose logs have correlation ``rho`` (closed form).

    ``(exp(rho a b) - 1) / sqrt((exp(a²) - 1)(exp(b²) - 1))``.

    Examples
    --------
    >>> round(factor_correlation(1.0, 1.0, 0.5), 4)
    0.3775
    """
    scale = math.sqrt(math.expm1(sigma_a**2) * math.expm1(sigma_b**2))
    return math.expm1(rho * sigma_a * sigma_b) / scale
