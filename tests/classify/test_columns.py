import polars as pl
import pytest

import breachkit as bk
from breachkit.errors import BreachkitError


def fields_of(**columns):
    return {row["column"]: row for row in bk.classify(pl.DataFrame(columns)).to_frame().iter_rows(named=True)}


def test_words_are_never_found_inside_others():
    found = fields_of(acid=["a"], encode=["b"], cid=["c"])
    assert all(row["attribute"] is None for row in found.values())


def test_a_name_alone_never_passes_six_tenths():
    frame = pl.DataFrame(schema={"NIR": pl.String, "EMAIL": pl.String})
    assert bk.classify(frame).to_frame()["confidence"].max() <= 0.6


def test_shape_with_key_is_near_proof():
    nirs = bk.synthesize(patients=400, seed=1).tables["patients"].select("NIR").collect()
    fields = bk.classify(pl.DataFrame({"zzz": nirs["NIR"]})).to_frame()
    assert fields["attribute"].item() == "nir"
    assert fields["confidence"].item() >= 0.95


def test_keys_at_chance_level_reject_the_kind():
    values = [f"1850578{i:06d}{(i * 7) % 97 + 1:02d}" for i in range(1, 3000)]
    row = fields_of(zzz=values)["zzz"]
    assert row["attribute"] != "nir"


def test_hashes_called_nir_are_pseudonyms():
    row = fields_of(NIR_ANO_17=[f"{i:017X}" for i in range(10**12, 10**12 + 50)])["NIR_ANO_17"]
    assert row["attribute"] == "pseudonym"


def test_whose_phone():
    numbers = ["0639981234", "0639981235"]
    found = fields_of(TEL_PATIENT=numbers, TEL_MEDECIN=numbers, TEL_PRELEVEUR=numbers, TEL_MUTUELLE=numbers)
    assert [row["subject"] for row in found.values()] == ["patient", "prescriber", "sampler", "insurer"]


def test_birth_dates_are_told_from_visits_by_their_years():
    births = [f"{1 + i % 28:02d}/05/{1930 + i % 80}" for i in range(300)]
    visits = [f"{1 + i % 28:02d}/05/{2018 + i % 3}" for i in range(300)]
    found = fields_of(column_1=births, column_2=visits)
    assert [row["attribute"] for row in found.values()] == ["birth_date", "visit_date"]


def test_one_row_adds_a_detector():
    mine = pl.DataFrame({"id": ["badge"], "attribute": ["login"], "pattern": ["^BDG-[0-9]{4}$"]})
    fields = bk.classify(pl.DataFrame({"x9z": ["BDG-1234", "BDG-5678"]}), detectors=mine)
    assert fields.to_frame()["attribute"].item() == "login"
    with pytest.raises(BreachkitError, match="look-around"):
        bk.classify(pl.DataFrame({"a": ["b"]}), detectors=mine.with_columns(pattern=pl.lit("(?=a)b")))


@pytest.mark.parametrize(
    "frame",
    [
        pl.DataFrame(),
        pl.DataFrame(schema={"nom": pl.String}),
        pl.DataFrame({"nom": [None, ""]}, schema={"nom": pl.String}),
        pl.DataFrame({"nom": [1.5, 2.0], "n": [True, False]}),
        pl.DataFrame({"x": [f"v{i}" for i in range(500)]}),
        pl.DataFrame({"x": ["same"] * 500}),
        pl.DataFrame({f"c{i}": ["a"] for i in range(300)}),
    ],
    ids=["no column", "no row", "all null", "numbers", "distinct", "constant", "wide"],
)
def test_bad_input_is_judged_without_a_crash(frame):
    fields = bk.classify(frame)
    records = bk.label(frame, fields)
    assert fields.to_frame().height == frame.width
    assert records.rows == frame.height
    assert repr(fields)
    assert repr(records)


def test_no_value_is_shown():
    leak = pl.DataFrame({"nom": ["CANARI"], "commentaire": ["CANARI séropositif VIH"], "mdp": ["CANARI1"]})
    fields = bk.classify(leak)
    records = bk.label(leak, fields)
    shown = (
        repr(fields) + fields._repr_html_() + str(fields.to_dict()) + repr(records) + str(records.to_dict())
    )
    assert "CANARI" not in shown.upper().replace("CANARIS", "")
    assert "CANARI" not in str(records.findings.collect().to_dicts())


@pytest.mark.parametrize("columns", [1_000, pytest.param(10_000, marks=pytest.mark.slow)])
def test_very_many_columns(columns):
    wide = pl.DataFrame({f"zone_{i}": [f"v{j}_{i}" for j in range(5)] for i in range(columns)})
    assert bk.classify(wide).to_frame().height == columns


def test_row_numbers_that_stand_twice_are_refused():
    leak = bk.Leak({"t": pl.LazyFrame({"_row": [0, 0], "nom": ["A", "B"]})})
    with pytest.raises(BreachkitError, match="row numbers"):
        bk.label(leak, bk.classify(leak))


def test_a_column_of_null_type_is_judged():
    frame = pl.DataFrame({"nom": [None, None], "x": ["a", "b"]})
    fields = bk.classify(frame)
    assert fields.to_frame()["reasons"].to_list()[0][-1] == "every cell is empty"
    assert bk.label(frame, fields).rows == 2
