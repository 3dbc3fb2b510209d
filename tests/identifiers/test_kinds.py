import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import iban as stdnum_iban
from stdnum import luhn
from stdnum.fr import siren as stdnum_siren
from stdnum.fr import siret as stdnum_siret

from breachkit import BreachkitError, identifiers


def usable(kind, texts):
    checked = identifiers.check(kind, pl.Series(texts, dtype=pl.String))
    return (checked["form"] & checked["key"].fill_null(True)).to_list()


@given(st.lists(st.from_regex(r"(356000000[0-9]{5}|[0-9]{8,10}|[0-9]{13,15})", fullmatch=True), max_size=20))
def test_siren_and_siret_equal_stdnum(texts):
    assert usable("siren", texts) == [stdnum_siren.is_valid(value) for value in texts]
    assert usable("siret", texts) == [stdnum_siret.is_valid(value) for value in texts]


words = st.integers(0, 2**62)


@given(words, words, st.integers(0, 26), st.sampled_from("0A7"))
def test_iban_equals_stdnum_on_mutations(branch, account, place, letter):
    value = identifiers.iban.build(pl.Series([branch]), account)[0]
    assert stdnum_iban.is_valid(value)
    mutated = value[:place] + letter + value[place + 1 :]
    assert usable("iban", [value, mutated]) == [True, stdnum_iban.is_valid(mutated, check_country=False)]


@pytest.mark.parametrize(
    "value",
    ["DE89 3704 0044 0532 0130 00", "GB29 NWBK 6016 1331 9268 19", "FR14 2004 1010 0505 0001 3M02 606"],
)
def test_iban_of_three_countries(value):
    assert usable("iban", [value, value.replace("1", "2", 1)]) == [True, False]


def test_rib_key_inside_a_french_iban():
    checked = identifiers.check("iban", ["FR1420041010050500013M02606", "DE89370400440532013000"])
    assert checked["plausible"].to_list() == [True, None]


def test_la_poste_has_its_own_rule():
    assert usable("siret", ["35600000000048", "35600000049837", "35600000049838"]) == [True, True, False]


@pytest.mark.parametrize("kind", ["rpps", "finess", "siren", "siret"])
@given(some=st.lists(words, min_size=1, max_size=20))
@settings(max_examples=25)
def test_built_luhn_numbers(kind, some):
    columns = [pl.Series(some)] * (2 if kind == "siret" else 1)
    values = identifiers.build(kind, *columns)
    assert all(luhn.is_valid(value) for value in values)
    checked = identifiers.check(kind, values).select("form", "key", "fictive")
    assert checked.rows() == [(True, True, True)] * len(some)


def test_finess_of_a_hospital_and_of_corsica():
    assert identifiers.check("finess", ["750712184", "2A0000014"])["key"].to_list() == [True, None]


@pytest.mark.parametrize(
    "text", ["06 39 98 00 07", "+33639980007", "0033 6.39.98.00.07", "+33 (0)6 39 98 00 07"]
)
def test_phone_writings(text):
    assert identifiers.normalise("phone", [text]).to_list() == ["0639980007"]
    assert identifiers.check("phone", [text]).row(0) == (True, None, True, True)


def test_phone_kinds():
    frame = pl.DataFrame({"x": ["0612345678", "0212345678", "0800000000", "12"]})
    kinds = frame.select(identifiers.phone.kind_expr(pl.col("x"))).to_series().to_list()
    assert kinds == ["mobile", "landline", "other", None]
    with pytest.raises(BreachkitError, match="Choices: landline, mobile"):
        identifiers.phone.build(pl.Series([1]), kind="fax")


@pytest.mark.parametrize(
    ("text", "form", "fictive"),
    [
        ("A.B@Example.org", True, True),
        ("a@x.exemple.invalid", True, True),
        ("a@notexample.com", True, False),
        ("a..b@c.fr", False, False),
        ("a@b", False, False),
    ],
)
def test_email(text, form, fictive):
    checked = identifiers.check("email", [text])
    assert (checked["form"].item(), checked["fictive"].item()) == (form, fictive)


def test_postcodes():
    texts = ["75015 PARIS CEDEX 15", "F-56000", "20090", "20200", "97400", "01400", "1400", "00123", "99100"]
    assert identifiers.check("postcode", texts)["plausible"].to_list() == [True] * 6 + [False] * 3
    named = pl.DataFrame({"x": texts}).select(identifiers.postcode.department_expr(pl.col("x")))
    assert named.to_series().to_list() == ["75", "56", "2A", "2B", "974", "01", None, None, None]


def test_blood_groups():
    texts = ["a rh pos", "O négatif", "A1 Rh D+", "0 +", "AB−", "Groupe B : Rh positif", "AB", "C+"]
    assert identifiers.normalise("blood_group", texts).to_list()[:6] == ["A+", "O-", "A+", "O+", "AB-", "B+"]
    assert identifiers.check("blood_group", texts)["form"].to_list() == [True] * 6 + [False] * 2


@pytest.mark.parametrize("kind", identifiers.kinds())
def test_hostile_and_empty_cells(kind):
    cells = pl.Series([None, "", "😀", "1" * 10_000_000, "\x00"])
    assert identifiers.check(kind, cells)["form"].to_list() == [None, False, False, False, False]
    assert identifiers.check(kind, pl.Series([], dtype=pl.String)).shape == (0, 4)
    assert identifiers.check(kind, pl.Series([None, None])).shape == (2, 4)


def test_numbers_are_read_as_text_and_lists_refused():
    assert identifiers.check("siren", pl.Series([732829320]))["key"].to_list() == [True]
    assert identifiers.check("nir", pl.Series([269054958815780.0]))["key"].to_list() == [True]
    with pytest.raises(BreachkitError, match="cannot be an identifier"):
        identifiers.check("nir", pl.Series([[1]]))


def test_unknown_kind_and_unbuildable_kind():
    with pytest.raises(BreachkitError, match="Did you mean 'nir'"):
        identifiers.check("nirr", [])
    with pytest.raises(BreachkitError, match="No fictive postcode"):
        identifiers.build("postcode", pl.Series([1]))
