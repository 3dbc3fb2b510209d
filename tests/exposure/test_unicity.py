import datetime as dt

import polars as pl

from breachkit.exposure.unicity import visit_unicity, wilson


def visits(*rows):
    return pl.LazyFrame(
        [(who, dt.date(2020, 1, day), lab) for who, day, lab in rows],
        schema={"person_id": pl.Int64, "visit_date": pl.Date, "laboratory": pl.String},
        orient="row",
    )


def test_one_known_visit_singles_out_who_was_alone():
    result = visit_unicity(visits((0, 1, "A"), (1, 1, "A"), (2, 2, "A"), (3, 3, "B")))
    assert result.row(0, named=True)["singled_out"] == 0.5  # two of four were alone


def test_two_shared_visits_cross():
    crossed = visits((0, 1, "A"), (1, 1, "A"), (0, 2, "A"), (2, 2, "A"))
    result = visit_unicity(crossed).filter(points=2)
    assert result["people"].item() == 1 and result["singled_out"].item() == 1.0


def test_no_visits_no_figure():
    assert visit_unicity(visits()).is_empty()


def test_wilson_never_leaves_zero_one():
    assert wilson(0, 10)[0] == 0.0 and wilson(10, 10)[1] > 0.999
