import pytest

from breachkit.classify.text import classify_text
from breachkit.classify.text.values import interpret


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("β-HCG <5", ("pregnancy", "negated")),
        ("BHCG 12000 UI/L", ("pregnancy", "asserted")),
        ("beta HCG : 3 UI/l", ("pregnancy", "negated")),
        ("HCG = 12 mUI/mL", ("pregnancy", "suspected")),
        ("PSA 12,4 ng/mL", ("cancer", "suspected")),
        ("PSA : 1,2", ("cancer", "tested")),
        ("charge virale VIH < 20 copies/mL", ("hiv", "asserted")),
        ("CD4 150/mm3", ("hiv", "suspected")),
    ],
)
def test_a_value_gives_the_status(text, expected):
    assert expected in classify_text([text]).select("category", "status").rows()


def test_hcg_in_a_man_is_a_tumour_marker():
    assert interpret("hcg", 40, sex="M") == (("cancer", "suspected"),)
    assert interpret("hcg", 2, sex="M") == (("cancer", "tested"),)


def test_an_unknown_analyte_says_nothing():
    assert interpret("sodium", 140) == ()
