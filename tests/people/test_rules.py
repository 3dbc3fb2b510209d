"""What rules compare: an NIR that may be the record's own, birth dates that may be one mistyped."""

from datetime import date

import pytest

from tests.people.test_consolidate import MARIE, OWN, who

LENA = MARIE | {"qi_first_name": "LENA", "qi_birth_date": date(2018, 5, 6), "key_nir": "2950538929836"}


def test_a_daughter_of_her_mothers_birthday_and_nir():
    """Born the same day and month, 1995 and 2018: four digits of the year differ, which no slip explains."""
    mother = LENA | {"qi_first_name": None, "qi_birth_date": date(1995, 5, 6)}
    assert who(mother, LENA) == [(0,), (1,)]
    assert who(mother, mother | {"qi_birth_date": date(1985, 5, 6)}) == [(0, 1)]


@pytest.mark.parametrize(
    ("postcode", "groups"), [("75001", [(0,), (1,)]), ("29200", [(0, 1)]), (None, [(0, 1)])]
)
def test_another_surname_elsewhere_is_a_wrong_nir(postcode, groups):
    own = MARIE | {"key_nir": OWN}
    assert who(own, own | {"qi_last_name": "COULIBALY", "qi_postcode": postcode}) == groups
