from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.fr import nir as stdnum_nir

from breachkit import BreachkitError, identifiers


def verdict(text):
    return identifiers.check("nir", pl.Series([text], dtype=pl.String)).row(0)


@pytest.mark.parametrize(
    ("text", "form", "key", "plausible", "fictive"),
    [
        ("2 69 05 49 588 157 80", True, True, True, True),  # specimen of the Vitale card
        ("1 85 05 78 006 084 36", True, False, True, True),  # the State's own example has a wrong key
        ("1\u00a085\u202f05-78.006.084", True, None, True, True),
        ("185052a006084", True, None, True, False),
        ("1850599109084", True, None, True, False),  # born abroad
        ("1850597101084", True, None, True, False),
        ("1850597100084", True, None, False, False),
        ("1852578006085", True, None, True, False),  # month unknown
        ("1851378006085", True, None, False, False),
        ("1850578000085", True, None, False, False),
        ("1850578006000", True, None, False, False),
        ("7110112345678", True, None, True, False),  # provisional
        ("3850578006085", True, None, False, False),
        ("185057800608", False, False, False, False),
        ("😀", False, False, False, False),
        ("", False, False, False, False),
        (None, None, None, None, None),
    ],
)
def test_verdicts(text, form, key, plausible, fictive):
    assert verdict(text) == (form, key, plausible, fictive)


def test_key_by_hand():
    # 97 - 2690549588157 mod 97 = 97 - 17 = 80; in Corsica 2A counts as 19
    assert 97 - 2690549588157 % 97 == 80
    assert verdict(f"285052A917012{97 - 2850519917012 % 97:02}")[1]


PATTERN = r"^[0-9]{5}(?:[0-9]{2}|2[AB])[0-9]{6}(?:[0-9]{2})?$"

text = st.text("0123456789AB ab.", max_size=17) | st.from_regex(
    r"[0-9]{5}([0-9]{2}|2[ABab])[0-9]{8}", fullmatch=True
)


@given(st.lists(text, max_size=30))
def test_equals_stdnum(texts):
    checked = identifiers.check("nir", pl.Series(texts, dtype=pl.String))
    usable = (checked["form"] & checked["key"].fill_null(False)).to_list()
    assert usable == [stdnum_nir.is_valid(value) for value in texts]


@given(
    st.lists(
        text | st.sampled_from(["+12345678901234", "-123456789012345", " " * 60 + "1850578006084", None])
    )
)
def test_a_column_and_an_expression_judge_alike(texts):
    column, x = pl.Series("x", texts, dtype=pl.String), pl.col("x")
    nir = identifiers.nir
    exprs = [nir.form_expr(x), nir.key_expr(x), nir.plausible_expr(x), nir.fictive_expr(x)]
    judged = column.to_frame().select(e.alias(str(i)) for i, e in enumerate(exprs))
    assert identifiers.check("nir", column).rows() == judged.rows()
    shaped = column.to_frame().select(nir.normalise_expr(x).str.contains(PATTERN)).to_series()
    assert judged["0"].to_list() == shaped.to_list()


@given(
    st.integers(0, 2**62),
    st.integers(0, 2**62),
    st.sampled_from(["01", "56", "95", "2A", "2B"]),
    st.integers(0, 14),
)
def test_what_is_built_is_right_until_a_digit_changes(commune, order, department, place):
    built = identifiers.nir.build(pl.Series(["F"]), 1985, 5, department, commune, order)
    assert verdict(built[0]) == (True, True, True, True)
    assert stdnum_nir.is_valid(built[0])
    mutated = built[0][:place] + ("7" if built[0][place] != "7" else "8") + built[0][place + 1 :]
    seen = verdict(mutated)
    assert bool(seen[0] and seen[1]) == stdnum_nir.is_valid(mutated)


def test_overseas_departments_are_not_built():
    assert identifiers.nir.build(
        pl.Series(["F", "F"]), 1985, 5, pl.Series(["971", "99"]), 1, 1
    ).to_list() == [None, None]


def test_agreement():
    nirs = pl.Series(["2690549588157", "2690549588157", "2692549588157", "7110112345678", "x"])
    dates = pl.Series(
        [date(1969, 5, 1), date(1969, 6, 1), date(1969, 6, 1), date(1969, 5, 1), date(1969, 5, 1)]
    )
    assert identifiers.nir.agrees(nirs, birth_date=dates).to_list() == [True, False, True, None, None]
    sexes = pl.Series(["F", "M", None, "F", "F"])
    assert identifiers.nir.agrees(nirs, sex=sexes).to_list() == [True, False, None, None, None]
    with pytest.raises(BreachkitError, match="Pass sex="):
        identifiers.nir.agrees(nirs)


def test_expressions_run_in_lazy_plans():
    frame = pl.LazyFrame({"x": ["269054958815780", "7110112345678", None]})
    nir, x = identifiers.nir, pl.col("x")
    answer = frame.select(key=nir.key_expr(x), nature=nir.nature_expr(x), person=nir.person_expr(x)).collect()
    assert answer.rows() == [
        (True, "nir", "2690549588157"),
        (None, "nnp", "7110112345678"),
        (None, None, None),
    ]
