"""E-mail addresses, logins and clear-text passwords: written for the few rows that have them."""

from __future__ import annotations

import numpy as np
import polars as pl

from breachkit import identifiers
from breachkit.synth.cast import Cast
from breachkit.synth.lists import invented
from breachkit.synth.naming import plain, surname
from breachkit.synth.plan import Plan
from breachkit.synth.words import Ints, Words, alias, below, chance

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
HOSTS = 5
# first name + year, surname + year, birth date, town + department, first name, common one, random
PASSWORD_KINDS = (0.14, 0.09, 0.13, 0.05, 0.04, 0.07, 0.48)


def write(plan: Plan, people: Cast, first_names: pl.Series, start: int) -> dict[str, pl.Series]:
    """The columns EMAIL, IDENTIFIANT_SR, MOT_DE_PASSE."""
    n = len(people.person)
    words = plan.source.words("credentials", start, start + n)
    rates = plan.profile.rates
    return {
        "EMAIL": _emails(people, first_names, np.flatnonzero(chance(words[0], rates["email"])), words),
        "IDENTIFIANT_SR": _logins(people, np.flatnonzero(chance(words[3], rates["login"]))),
        "MOT_DE_PASSE": _passwords(
            plan, people, first_names, np.flatnonzero(chance(words[3], rates["password"])), words
        ),
    }


def _spread(n: int, at: Ints, values: pl.Series) -> pl.Series:
    empty = pl.Series(values.name, [None], dtype=pl.String).new_from_index(0, n)
    return empty.scatter(at, values) if len(at) else empty


def _emails(people: Cast, first_names: pl.Series, at: Ints, words: Words) -> pl.Series:
    """Names and figures at a reserved domain."""
    frame = pl.DataFrame(
        {
            "first": plain(first_names.gather(at)),
            "last": plain(surname(people.usual_name[at])),
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
    return _spread(len(people.person), at, frame.select(address).to_series())


def _logins(people: Cast, at: Ints) -> pl.Series:
    """Six digits, drawn from the row, behind the two first letters of the surname."""
    name = plain(surname(people.usual_name[at])).str.slice(0, 2)
    return _spread(len(people.person), at, name + pl.Series(people.person[at] + 100_000).cast(pl.String))


def _passwords(plan: Plan, people: Cast, first_names: pl.Series, at: Ints, words: Words) -> pl.Series:
    """Passwords as patients choose them: half of them say who they are."""
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
            "first": plain(first_names.gather(at)),
            "last": plain(surname(people.usual_name[at])),
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
    return _spread(len(people.person), at, frame.select(text).to_series())
