"""What the rows are called: surnames, first names and titles, as plain numbers."""

from __future__ import annotations

import numpy as np

from breachkit.synth.houses import CHILD, HEAD, PARTNER, SINGLE, TWIN
from breachkit.synth.naming import RARE_NAMES
from breachkit.synth.plan import Plan
from breachkit.synth.vocabulary import first_group, vocabulary
from breachkit.synth.words import Draws, Flags, Ints, Words, below, chance

TITLES = ("", "M", "MME", "ENFANT", "BEBE", "SOEUR")
NO_TITLE, MONSIEUR, MADAME, ENFANT, BEBE, SOEUR = range(6)


def names_of(
    plan: Plan, role: Ints, head: Ints, woman: Flags, age: Ints, year: Ints, names: Draws, own: Draws
) -> dict[str, Ints]:
    """Surnames (numbers past the list are rare names), first names; -1 where there is none."""
    words = vocabulary()
    listed = words.surname_alias.draw(names[0], names[1])
    rare = len(words.surnames) + below(names[1], RARE_NAMES)
    own_name = np.where(chance(names[2], plan.profile.rates["rare_surname"]), rare, listed)
    has_partner = np.zeros(len(role), dtype=bool)
    has_partner[head[role == PARTNER]] = True
    other = np.where(role == HEAD, head + 1, head)
    coupled = has_partner[head] & ((role == HEAD) | (role == PARTNER))
    father = np.where(has_partner[head] & woman[head], head + 1, head)
    birth = np.where((role == CHILD) | (role == TWIN), own_name[father], own_name)
    adult = age >= 18
    married = adult & chance(names[3], plan.married_by_age[age])
    away = words.surname_alias.draw(names[4], names[5])
    spouse = np.where(coupled, own_name[np.minimum(other, len(role) - 1)], away)
    usual = np.where(woman & married & (role != CHILD), spouse, birth)
    group = first_group(woman, year)
    first = words.first_ids[words.first_alias.draw(names[6], names[7], group)]
    second = words.first_ids[words.first_alias.draw(own[4], own[5], group)]
    return {
        "birth_name": birth,
        "usual_name": usual,
        "spouse_name": np.where(married | coupled, spouse, -1),
        "first_name": np.where(_namesakes(role, head, first), second, first),
        "second_name": second,
    }


def _namesakes(role: Ints, head: Ints, first: Ints) -> Flags:
    """Twins who drew the first name of the twin before them: no parents would."""
    same = np.zeros(len(role), dtype=bool)
    twins = (role[1:] == TWIN) & (role[:-1] == TWIN) & (head[1:] == head[:-1])
    same[1:] = twins & (first[1:] == first[:-1])
    return same


def titles_of(plan: Plan, role: Ints, kid: Ints, woman: Flags, age: Ints, word: Words) -> Ints:
    """Forms of address, as places in ``TITLES``: by sex, and for some children, infants and nuns."""
    odds = plan.titles
    young = (role == CHILD) | (role == TWIN)
    infant = young & (kid == 0) & (age < 2)
    title = np.where(woman, MADAME, MONSIEUR)
    title = np.where(chance(word, 1 - odds.titled), NO_TITLE, title)
    minor = young & chance(word, odds.child)
    title = np.where(minor, ENFANT, title)
    baby = infant & chance(word, odds.baby)
    title = np.where(baby, BEBE, title)
    nun = (role == SINGLE) & woman & (age >= 45) & chance(np.uint64(2**32 - 1) - word, odds.sister)
    return np.where(nun, SOEUR, title)
