"""The same survey from polars, pandas, Arrow and DuckDB frames, through narwhals."""

import narwhals as nw
import polars as pl
import pytest
from polars.testing import assert_frame_equal

import breachkit as bk
from breachkit.exposure.adversaries import load_adversaries
from breachkit.exposure.lookalikes import coded
from breachkit.exposure.matrix import survey
from tests.exposure.test_truth import perfect

COLUMNS = ["qi_sex", "qi_birth_date", "qi_postcode", "qi_commune", "qi_first_name", "hiv", "cancer"]


@pytest.fixture(scope="module")
def frame():
    return perfect(bk.synthesize(patients=400, seed=5)).frame.select("person_id", *COLUMNS).collect()


def as_pandas(frame):
    return frame.to_pandas(use_pyarrow_extension_array=True)


def as_duckdb(frame):
    duckdb = pytest.importorskip("duckdb")
    arrow = frame.to_arrow()
    return duckdb.from_arrow(arrow)


@pytest.mark.parametrize("adversary", ["neighbour", "birth_and_postcode", "journalist"])
@pytest.mark.parametrize("direct", [True, False])
def test_codes_for_names_change_no_figure(frame, adversary, direct):
    (who,) = load_adversaries([adversary])
    plain, short = (
        survey(nw.from_native(made), who, ["hiv", "cancer"], COLUMNS, direct=direct)
        for made in (frame.lazy(), coded(frame.lazy()))
    )
    assert_frame_equal(plain, short)


@pytest.mark.parametrize(
    "engine", [as_pandas, as_duckdb, pl.DataFrame.to_arrow], ids=["pandas", "duckdb", "arrow"]
)
@pytest.mark.parametrize("adversary", ["neighbour", "birth_and_postcode", "journalist"])
@pytest.mark.parametrize("direct", [True, False])
def test_the_same_figures_on_every_engine(frame, engine, adversary, direct):
    (who,) = load_adversaries([adversary])
    categories = ["hiv", "cancer"]
    native = survey(nw.from_native(frame.lazy()), who, categories, COLUMNS, direct=direct)
    other = survey(nw.from_native(engine(frame)).lazy(), who, categories, COLUMNS, direct=direct)
    assert_frame_equal(native, other, check_dtypes=False, check_column_order=False)
