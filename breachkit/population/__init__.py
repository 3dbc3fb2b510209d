"""How many people live in France, by postcode, sex and age: what a leak is compared with."""

from breachkit.population.france import FRANCE, birth_share, postcode_population

__all__ = ["FRANCE", "birth_share", "postcode_population"]
