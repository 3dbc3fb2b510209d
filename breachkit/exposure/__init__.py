"""Who can be found in a leak, by whom, and what they learn.

`expose` is the station. `measure` gives the standard figures of re-identification and disclosure risk on any
frame; `ease` is ENISA's ease of identification per person.
"""

from breachkit.exposure.adversaries import Adversary, load_adversaries
from breachkit.exposure.anonymity import measure
from breachkit.exposure.ease import ease
from breachkit.exposure.expose import expose
from breachkit.exposure.exposure import Exposure
from breachkit.exposure.individual import individual_risk
from breachkit.exposure.measures import Measures
from breachkit.exposure.population import population_uniqueness
from breachkit.exposure.subsets import removals, smallest_singling_out, subsets

__all__ = [
    "Adversary",
    "Exposure",
    "Measures",
    "ease",
    "expose",
    "individual_risk",
    "load_adversaries",
    "measure",
    "population_uniqueness",
    "removals",
    "smallest_singling_out",
    "subsets",
]
