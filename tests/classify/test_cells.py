"""Cells, not columns: what `label` calls usable in columns mixed with look-alikes, against the truth."""

import polars as pl
import pytest

import breachkit as bk

SIZE = 4_000
HALF = SIZE // 4


def numbered(i):
    return f"{1 + i % 2}{i * 37 % 100:02d}{1 + i % 12:02d}{i * 7919 % 10**8:08d}{i * 31 % 97 + 1:02d}"


def one_of(*texts):
    return lambda i: texts[i % len(texts)]


DECOYS = {
    "NIR": ("nir", "key_nir", numbered),
    "EMAIL": ("email", "key_email", one_of("jean@", "@exemple.fr", "a@b@exemple.invalid", "aucun", "x@y")),
    "TEL_MOBILE": ("phone_mobile", "key_phone_mobile", one_of("112", "0039981234", "06 39 98", "non")),
    "CODE_POSTAL": ("postcode", "qi_postcode", one_of("ABCDE", "123", "1234567", "F-", "00", "56 0")),
    "DATE_NAISSANCE": ("birth_date", "qi_birth_date", one_of("31/02/1980", "1985", "inconnue", "99/99/9999")),
}  # fmt: skip
BARS = {"NIR": 0.995, "EMAIL": 0.98, "TEL_MOBILE": 0.95, "CODE_POSTAL": 0.93, "DATE_NAISSANCE": 0.95}


@pytest.fixture(scope="module")
def leak():
    return bk.synthesize(patients=SIZE, seed=17, damage="light")


def cells(leak, column):
    """Give the filled cells of a column and whether each still holds the right thing."""
    frame = leak.tables["patients"].select("_row", column).collect()
    spoilt = leak.truth.damage.filter(
        (pl.col("column") == column) & pl.col("noise").is_in(["ocr", "nir_wrong_key", "cut_line", "blank"])
    ).collect()
    kept = frame.filter(pl.col(column).str.strip_chars().fill_null("") != "")
    return kept[column].to_list(), (~kept["_row"].is_in(spoilt["row"].to_list())).to_list()


def f1(said, true):
    hit = sum(s and t for s, t in zip(said, true, strict=True))
    return 2 * hit / (sum(said) + sum(true))


@pytest.mark.parametrize("named", [True, False], ids=["named", "no header"])
@pytest.mark.parametrize("column", BARS)
def test_cells_among_look_alikes(leak, column, named):
    attribute, key, decoy = DECOYS[column]
    values, true = cells(leak, column)
    share = min(HALF, len(values) // 3)
    values, true = values + [decoy(i) for i in range(share)], true + [False] * share
    if column == "NIR":  # one decoy in 97 has a right key by chance: nobody can tell it from a NIR
        right = bk_key(values)
        true = [t or (i >= len(true) - share and r) for i, (t, r) in enumerate(zip(true, right, strict=True))]
    frame = pl.DataFrame({column if named else "column_1": values})
    fields = bk.classify(frame)
    assert fields.to_frame()["attribute"].item() == attribute
    said = bk.label(frame, fields).frame.select(pl.col(key).is_not_null()).collect()[key].to_list()
    assert f1(said, true) >= BARS[column]


def bk_key(values):
    from breachkit import identifiers

    seen = identifiers.check("nir", pl.Series(values))
    return (seen["form"] & seen["key"].fill_null(True)).to_list()


@pytest.mark.parametrize(
    ("digits", "kind"), [(15, "nir"), (11, "prescriber_id"), (9, "facility_id"), (14, "facility_id")]
)
def test_random_numbers_pass_at_chance_level_and_are_rejected(digits, kind):
    for seed in range(20):
        values = [
            str((i * 6_364_136_223_846_793_005 + seed * 1_442_695_040_888_963_407) % 10**19).zfill(19)[
                -digits:
            ]
            for i in range(1, 800)
        ]
        assert bk.classify(pl.DataFrame({"column_1": values})).to_frame()["attribute"].item() != kind
