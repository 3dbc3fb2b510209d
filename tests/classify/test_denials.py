"""Harmless values that look like something, and words that values deny."""

import polars as pl
import pytest

import breachkit as bk

N = 300
HARMLESS = {None, "amount", "technical", "other_date"}


def verdict(name, values):
    row = bk.classify(pl.DataFrame({name: values})).to_frame().row(0, named=True)
    return row["attribute"]


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("instant_ms", [str(1_600_000_000_000 + i * 311_040_013) for i in range(N)]),
        ("ecart_reduit", [f"-0.{1000 + i * 29}" for i in range(N)]),
        ("statut", ["EN COURS", "CLOS", "EN COURS"] * 100),
        ("zz_un_deux", ["1", "2"] * 150),
        ("note", [str(i % 21) for i in range(N)]),
        ("chemin", [f"/var/log/app/{i}.log" for i in range(N)]),
        ("code_lot", [f"{'ABCDEF'[i % 6]}{10 + i % 90}" for i in range(N)]),
    ],
)
def test_harmless_values_stay_harmless(name, values):
    assert verdict(name, values) in HARMLESS


def test_the_title_of_a_film_is_nobodys_title():
    assert verdict("titre_film", [f"La longue histoire numéro {i}" for i in range(N)]) != "title"


def test_a_strong_shape_outweighs_a_harmless_name():
    assert verdict("statut", [f"personne.{i}@exemple.fr" for i in range(N)]) == "email"


def test_thirteen_digits_without_a_key_can_still_be_a_nir():
    values = [f"{1 + i % 2}{40 + i % 60:02d}{1 + i % 12:02d}75056{100 + i:03d}" for i in range(N)]
    assert verdict("zzz", values) == "nir"


def test_sexes_of_one_and_two_need_a_name_that_says_so():
    assert verdict("SEXE", ["1", "2"] * 150) == "sex"
    assert verdict("column_1", ["1", "2"] * 150) == "sex"


def test_a_telephone_full_of_mobile_numbers_is_mobile():
    assert verdict("Téléphone", [f"063998{1000 + i}" for i in range(N)]) == "phone_mobile"
