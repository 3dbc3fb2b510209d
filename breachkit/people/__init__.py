"""Which records are the same person: `consolidate` turns `Records` into `People`."""

from breachkit.people.consolidate import consolidate
from breachkit.people.pairwise import Pairwise, pairwise
from breachkit.people.people import People
from breachkit.people.rules import Rule, Rules, load_rules

__all__ = ["Pairwise", "People", "Rule", "Rules", "consolidate", "load_rules", "pairwise"]
