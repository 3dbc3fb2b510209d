"""The same synthetic patients one value at a time, for people who work with Faker."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from faker.providers import BaseProvider

from breachkit.synth.cast import BLOCK, cast
from breachkit.synth.patients import write
from breachkit.synth.plan import plan
from breachkit.synth.profile import load

PEOPLE = 491_840


@lru_cache(maxsize=4)
def _block(profile: str, seed: int, number: int) -> list[dict[str, Any]]:
    compiled = plan(load(profile), seed)
    start = number * BLOCK
    return write(compiled, cast(compiled, start, start + BLOCK), start).frame.to_dicts()


class FrenchLabProvider(BaseProvider):
    """A Faker provider of fictive French laboratory patients.

    ``fake.patient(row)`` is row ``row`` of ``synthesize("leak-2021", seed=2021)``; without a row, one chosen
    by Faker's own seed.
    ``nir``, ``rpps``, ``mobile``, ``landline``, ``lab_email`` give one fictive value each.

    Examples
    --------
    >>> from faker import Faker
    >>> fake = Faker("fr_FR")
    >>> fake.add_provider(FrenchLabProvider)
    >>> fake.patient(0) == fake.patient(0)
    True
    """

    profile = "leak-2021"
    seed = 2021

    def patient(self, row: int | None = None) -> dict[str, Any]:
        """One patient, as a dictionary of the wide table's columns."""
        chosen = self.random_int(0, PEOPLE - 1) if row is None else row
        return _block(self.profile, self.seed, chosen // BLOCK)[chosen % BLOCK]

    def _first(self, column: str) -> str:
        row = self.random_int(0, PEOPLE - 1)
        rows = _block(self.profile, self.seed, row // BLOCK)
        return next(str(r[column]) for r in rows[row % BLOCK :] + rows if r[column] is not None)

    def nir(self) -> str:
        """A NIR that belongs to nobody."""
        return self._first("NIR")

    def rpps(self) -> str:
        """A prescriber's number that belongs to nobody."""
        return self._first("MEDECIN_RPPS")

    def mobile(self) -> str:
        """A mobile number kept for fiction."""
        return self._first("TEL_MOBILE")

    def landline(self) -> str:
        """A landline number kept for fiction."""
        return self._first("TEL_FIXE")

    def lab_email(self) -> str:
        """An address at a reserved domain."""
        return self._first("EMAIL")
