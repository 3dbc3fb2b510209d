"""One range of rows while it is being written: its people, and what several columns draw from."""

from __future__ import annotations

from functools import cached_property, lru_cache

import numpy as np
import polars as pl

from breachkit.synth import comments, numbering
from breachkit.synth.cast import Cast
from breachkit.synth.lists import coded
from breachkit.synth.plan import Plan
from breachkit.synth.staff import prescribers
from breachkit.synth.words import Draws, Flags, Ints, Words, below, chance

TABLE = "patients"


@lru_cache(maxsize=24)
def place_list(plan: Plan, column: str) -> pl.Series:
    """A column of the places as a dictionary that ends with a null."""
    return coded(plan.places[column].to_list())


@lru_cache(maxsize=24)
def laboratory_list(plan: Plan, column: str) -> pl.Series:
    """A column of the laboratories as a dictionary that ends with a null."""
    return coded(plan.labs[column].to_list())


class Register:
    """The people of some rows and the draws they share; each is made when a column first asks for it."""

    def __init__(self, plan: Plan, people: Cast, start: int) -> None:
        self.plan, self.people, self.start = plan, people, start
        self.rates = plan.profile.rates
        self.stop = start + len(people.person)

    def __len__(self) -> int:
        return self.stop - self.start

    def _words(self, key: str) -> Draws:
        return self.plan.source.words(key, self.start, self.stop)

    @cached_property
    def file(self) -> Draws:
        """Words of the record: laboratory, dates."""
        return self._words("file")

    @cached_property
    def phone(self) -> Draws:
        """Words of mobile, occupation, insurer."""
        return self._words("phone")

    @cached_property
    def care(self) -> Draws:
        """Words of prescriber, sampler, insurance, blood group."""
        return self._words("care")

    @cached_property
    def extra(self) -> Draws:
        """Words that leave sparse cells empty."""
        return self._words("extra")

    @cached_property
    def credentials(self) -> Draws:
        """Words of e-mail, login, password."""
        return self._words("credentials")

    @cached_property
    def home(self) -> Draws:
        """Words of each row's household: address, landline."""
        household = self.people.household
        base, top = (int(household.min()), int(household.max()) + 1) if len(household) else (0, 0)
        return self.plan.source.words("address", base, top).take(household - base)

    @cached_property
    def lab(self) -> Ints:
        """Which laboratory."""
        people = self.people
        drawn = self.plan.lab_draw.draw(self.file[0], self.file[1], people.department)
        return drawn - people.department * self.plan.labs.height

    @cached_property
    def dates(self) -> tuple[Ints, Ints]:
        """Last visit and creation of the record, as days since 1970."""
        return visits(self.plan, self.people, self.file)

    @cached_property
    def nir(self) -> pl.Series:
        """The NIR each row carries, whether or not the cell shows it."""
        return numbering.nir(self.plan, self.people)

    @cached_property
    def doctor(self) -> Ints:
        """Which prescriber, whether or not the row names him."""
        return _prescriber(self.plan, self.people, self.care)

    @cached_property
    def addressed(self) -> Flags:
        """Whether the row has an address."""
        return chance(self.extra[4], self.rates["address"])

    @cached_property
    def typed(self) -> Flags:
        """Whether the row has a blood group."""
        return chance(self.extra[6], self.rates["blood_group"])

    @cached_property
    def comments(self) -> dict[str, comments.Comments]:
        """Both comment columns and their facts."""
        people = self.people
        return {
            key: comments.write(self.plan, key, self.start, people.woman, people.age, people.person, TABLE)
            for key in comments.COLUMNS
        }


def visits(plan: Plan, people: Cast, words: Draws) -> tuple[Ints, Ints]:
    """Last visit and creation of the record, both after birth and not after the reference date."""
    profile = plan.profile
    drawn = plan.visit_draw.draw(words[2], words[3])
    years = plan.visit_years
    last = profile.reference_date.timetuple().tm_yday
    length = np.where(years == profile.reference_date.year, last, 365)[drawn]
    first_days = (years - 1970).astype("datetime64[Y]").astype("datetime64[D]").astype(np.int64)
    word = words[4]
    visit = _weekday(first_days[drawn] + below(word, length))
    early = np.flatnonzero(visit <= people.birth_day)
    born = people.birth_day[early]
    visit[early] = born + 1 + below(word[early], np.maximum(plan.reference - born - 1, 1))
    first = np.maximum(people.birth_day, first_days[0])
    created = first + below(words[5], np.maximum(visit - first, 0) + 1)
    return visit, np.minimum(created, visit)


def _weekday(day: Ints) -> Ints:
    """No sample on a Sunday: taken the day before."""
    return np.asarray(day - ((day + 3) % 7 == 6))


def _prescriber(plan: Plan, people: Cast, words: Draws) -> Ints:
    """A prescriber of the person's department, a few of them serving many people."""
    _, first, count = prescribers(plan)
    total = plan.profile.prescribers
    away = chance(words[0], plan.profile.rates["prescriber_elsewhere"])
    own = count[people.department]
    word: Words = words[1]
    skewed = (word * word) >> np.uint64(32)
    near = first[people.department] + below(skewed, np.maximum(own, 1))
    return np.where(away | (own == 0), below(word, total), np.minimum(near, total - 1))
