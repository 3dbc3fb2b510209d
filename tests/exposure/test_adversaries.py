import polars as pl
import pytest

from breachkit import BreachkitError
from breachkit.exposure.adversaries import load_adversaries, parse_knowledge
from breachkit.facts import table


def test_every_shipped_adversary_loads():
    shipped = load_adversaries()
    assert len(shipped) >= 9
    assert {a.id for a in shipped} >= {
        "neighbour",
        "employer",
        "insurer",
        "relative",
        "journalist",
        "fraudster",
    }


def test_an_age_window_is_read():
    (age,) = parse_knowledge("age±3", "here")
    assert (age.column, age.precision, age.within) == ("qi_birth_date", "years", 3)


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("knows", "sex;shoe_size", "field 'knows': Unknown knowledge 'shoe_size'"),
        ("knows", "sex±2", "field 'knows'"),
        ("membership", "maybe", "field 'membership'"),
        ("targets", "many", "field 'targets'"),
        ("source", "", "field 'source'"),
        ("grade", "", "field 'grade'"),
    ],
)
def test_a_bad_row_of_ones_own_names_row_and_field(field, value, message):
    mine = (
        table("exposure", "adversaries")
        .head(2)
        .with_columns(
            pl.when(pl.col("id") == "employer").then(pl.lit(value)).otherwise(pl.col(field)).alias(field)
        )
    )
    with pytest.raises(BreachkitError, match=message) as caught:
        load_adversaries(mine)
    assert "row 2" in str(caught.value)


def test_an_unknown_adversary_lists_the_choices():
    with pytest.raises(BreachkitError, match=r"Unknown adversary 'neigbour'\. Did you mean 'neighbour'"):
        load_adversaries(["neigbour"])


def test_ones_own_file(tmp_path):
    path = tmp_path / "mine.csv"
    table("exposure", "adversaries").head(1).with_columns(id=pl.lit("my_neighbour")).write_csv(path)
    assert [a.id for a in load_adversaries(path)] == ["my_neighbour"]
    with pytest.raises(BreachkitError, match="No adversaries file"):
        load_adversaries(tmp_path / "absent.csv")
