"""Severity and sanction: the methods that authorities and auditors use, with their reasons."""

from breachkit.severity import cnil
from breachkit.severity.aepd import AepdScore, aepd
from breachkit.severity.articles import articles_at_stake
from breachkit.severity.bli import bli
from breachkit.severity.clock import Clock, clock
from breachkit.severity.edpb import Notification, Verdict, edpb
from breachkit.severity.enisa import EnisaScore, Options, enisa
from breachkit.severity.fines import FineRange, chain, fine_range
from breachkit.severity.library import case, case_strata, cases
from breachkit.severity.parameters import parameters, versions
from breachkit.severity.scoring import score
from breachkit.severity.severity import Severity

__all__ = [
    "AepdScore",
    "Clock",
    "EnisaScore",
    "FineRange",
    "Notification",
    "Options",
    "Severity",
    "Verdict",
    "aepd",
    "articles_at_stake",
    "bli",
    "case",
    "case_strata",
    "cases",
    "chain",
    "clock",
    "cnil",
    "edpb",
    "enisa",
    "fine_range",
    "parameters",
    "score",
    "versions",
]
