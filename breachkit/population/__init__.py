"""How many people live in France, by postcode, commune, sex, age and name: what a leak is compared with."""

from breachkit.population.france import FRANCE, birth_share, postcode_population
from breachkit.population.names import (
    DECADES,
    commune_population,
    first_name_share,
    names_and_places,
    surname_share,
)

__all__ = [
    "DECADES",
    "FRANCE",
    "birth_share",
    "commune_population",
    "first_name_share",
    "names_and_places",
    "postcode_population",
    "surname_share",
]
