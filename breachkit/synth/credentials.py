"""E-mail addresses, logins and clear-text passwords: written for the few rows that have them."""

from __future__ import annotations

import numpy as np
import polars as pl

from breachkit import identifiers
from breachkit.synth.cast import Cast
from breachkit.synth.lists import invented, pick, spread
from breachkit.synth.naming import plain, plain_first_names, plain_surnames
from breachkit.synth.plan import Plan
from breachkit.synth.words import Draws, alias, below, chance

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
HOSTS = 5
# first name + year, surname + year, birth date, town + department, first name, common one, random
PASSWORD_KINDS = (0.14, 0.09, 0.13, 0.05, 0.04, 0.07, 0.48)


def emails(plan: Plan, people: Cast, words: Draws) -> pl.Series:
    """Names and figures at a reserved domain."""
    at = np.flatnonzero(chance(words[0], plan.profile.rates["email"]))
    frame = pl.DataFrame(
        {
            "first": pick(plain_first_names(), people.first_name[at]),
            "last": pick(plain_surnames(), people.usual_name[at]),
            "year": pl.Series(people.year[at] % 100).cast(pl.String).str.zfill(2),
            "number": pl.Series(below(words[2][at], 1000)).cast(pl.String),
            "host": below(words[1][at], HOSTS),
            "way": below(words[4][at], 5),
        }
    )
    first, last, number = pl.col("first"), pl.col("last"), pl.col("number")
    local = (
        pl.when(pl.col("way") == 0)
        .then(first + "." + last + number)
        .when(pl.col("way") == 1)
        .then(first.str.slice(0, 1) + last + number)
        .when(pl.col("way") == 2)
        .then(last + "." + first + pl.col("year"))
        .when(pl.col("way") == 3)
        .then(first + last + pl.col("year"))
        .otherwise(last + "-" + first + number)
    )
    address = identifiers.email.build(local, pl.col("host"))
    return spread(len(people.person), at, frame.select(address).to_series())


def logins(plan: Plan, people: Cast, words: Draws) -> pl.Series:
    """Six digits, drawn from the row, behind the two first letters of the surname."""
    at = np.flatnonzero(chance(words[3], plan.profile.rates["login"]))
    name = pick(plain_surnames(), people.usual_name[at]).str.slice(0, 2)
    return spread(len(people.person), at, name + pl.Series(people.person[at] + 100_000).cast(pl.String))


def passwords(plan: Plan, people: Cast, words: Draws) -> pl.Series:
    """Passwords as patients choose them: half of them say who they are."""
    at = np.flatnonzero(chance(words[3], plan.profile.rates["password"]))
    common, draw = invented("password")
    choice, other = words[5][at], words[6][at]
    letters = pl.Series(list(LETTERS))
    random = pl.Series([""]).new_from_index(0, len(at))
    for place in range(8):
        random = random + letters.gather(
            below((other * (place * 2 + 3)) & np.uint64(2**32 - 1), len(LETTERS))
        )
    frame = pl.DataFrame(
        {
            "first": pick(plain_first_names(), people.first_name[at]),
            "last": pick(plain_surnames(), people.usual_name[at]),
            "year": pl.Series(people.year[at]).cast(pl.String),
            "day": pl.Series(people.day[at]).cast(pl.String).str.zfill(2),
            "month": pl.Series(people.month[at]).cast(pl.String).str.zfill(2),
            "town": plain(plan.places["name"].gather(people.place[at])),
            "department": plan.places["department"].gather(people.place[at]),
            "common": common.gather(draw.draw(other, choice)).cast(pl.String),
            "random": random,
            "kind": alias(PASSWORD_KINDS).draw(choice, words[7][at]),
        }
    )
    ways = [
        pl.col("first") + pl.col("year"),
        pl.col("last") + pl.col("year").str.slice(2),
        pl.col("day") + pl.col("month") + pl.col("year"),
        pl.col("town") + pl.col("department"),
        pl.col("first"),
        pl.col("common"),
    ]
    text = pl.col("random")
    for kind, way in enumerate(ways):
        text = pl.when(pl.col("kind") == kind).then(way).otherwise(text)
    return spread(len(people.person), at, frame.select(text).to_series())
