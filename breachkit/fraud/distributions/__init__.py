"""The distributions behind a risk figure, each with its closed form: numpy and scipy only.

"It happens 0.1 times a year, and costs 100,000 to 1,000,000 nine times in ten" is two lines:

>>> from breachkit.fraud import distributions
>>> loss = distributions.annual_loss(0.1, (1e5, 1e6))
>>> round(loss.mean)
40400
"""

from breachkit.fraud.distributions.binomial import binomial_quantile
from breachkit.fraud.distributions.compound import CompoundPoisson, annual_loss
from breachkit.fraud.distributions.correlation import common_factor, factor_correlation
from breachkit.fraud.distributions.lognormal import Lognormal
from breachkit.fraud.distributions.panjer import panjer
from breachkit.fraud.distributions.pert import Pert
from breachkit.fraud.distributions.rates import BetaCounts, LogitNormal

__all__ = [
    "BetaCounts",
    "CompoundPoisson",
    "LogitNormal",
    "Lognormal",
    "Pert",
    "annual_loss",
    "binomial_quantile",
    "common_factor",
    "factor_correlation",
    "panjer",
]
