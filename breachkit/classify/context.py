"""What a table is about, by its name and by what its columns are called: people, care, or things.

``nom`` beside a birth date is a person's; ``nom`` in a table of holidays is not. Nothing is concluded from
one column, from two of a table without a telling name, nor from values.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from breachkit.classify.names import NameEvidence, concepts, read_name, subject_of
from breachkit.classify.tokens import tokens

PEOPLE, CARE, THINGS = "around_people", "around_care", "around_things"
OF_PEOPLE = frozenset(
    {
        *("first_name", "birth_name", "spouse_name", "birth_date", "sex", "title", "nir", "patient_id"),
        *("pseudonym", "password", "login", "phone_mobile", "occupation", "iban"),
    }
)
OF_CARE = frozenset(
    {"diagnosis_code", "drug_code", "act_code", "act_label", "result_value", "prescriber_id", "nir"}
)
# What people and organisations both have: only beside a place or a company number is it nobody's.
OF_BOTH = frozenset({"email", "phone_landline", "address"})
OF_PLACES = frozenset({"finess", "coordinates"})
PERSONS = frozenset({"human", "user", "spouse"})
NOBODY = frozenset({"", "facility", "insurer"})
TOLD_OF_CARE = frozenset({"visit", "exam", "diagnosis", "drug", "act", "ward", "prescription", "result"})
# ``taille`` is a person's or a file's.
SIZES = frozenset({"measure", "size"})
FEWEST = 3
# A table called after a thing needs fewer columns; ``table`` and ``export`` call it after nothing.
FEWEST_OF_A_THING = 2
CALLED_AFTER_NOTHING = frozenset({"technical", "data"})


def around(table: str, names: Sequence[str], labels: Iterable[str] = ()) -> frozenset[str]:
    """Say what a table is about: a set of `PEOPLE`, `CARE` and `THINGS`, empty when nothing tells.

    Examples
    --------
    >>> sorted(around("t", ["nom", "date_naissance", "diagnostic"]))
    ['around_care', 'around_people']
    >>> sorted(around("vacances", ["nom", "date_debut", "date_fin"]))
    ['around_things']
    """
    read = [read_name(name) for name in names]
    read += [read_name(label, "label") for label in labels if label]
    said = {evidence.attribute for evidence in read if evidence and not SIZES.issuperset(evidence.concepts)}
    told = concepts(tokens(table))
    named = tells_of_people(told)
    found = set()
    if named or said & OF_PEOPLE:
        found.add(PEOPLE)
    if said & OF_CARE or TOLD_OF_CARE.intersection(told) or (named and not PERSONS.intersection(told)):
        found.add(CARE)
    called = bool(told) and not CALLED_AFTER_NOTHING.intersection(told)
    fewest = FEWEST_OF_A_THING if called else FEWEST
    if not found and len(names) >= fewest and not (said & OF_BOTH and not _of_places(names, read)):
        found.add(THINGS)
    return frozenset(found)


def tells_of_people(told: Sequence[str]) -> bool:
    """Whether concepts name a person: a patient, a prescriber, a driver; not a facility or an insurer."""
    return bool(PERSONS.intersection(told)) or not NOBODY.issuperset(subject_of((one,)) for one in told)


def _of_places(names: Sequence[str], read: Sequence[NameEvidence | None]) -> bool:
    numbered = any(evidence and "finess" in evidence.concepts for evidence in read)
    return numbered or any(OF_PLACES.intersection(concepts(tokens(name))) for name in names)
