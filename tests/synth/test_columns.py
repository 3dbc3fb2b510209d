import pytest

from breachkit.errors import BreachkitError
from breachkit.synth import synthesize, verify
from breachkit.synth.columns import RECIPES


@pytest.fixture(scope="module")
def whole():
    return synthesize(patients=3000, damage="heavy")


@pytest.mark.parametrize("name", RECIPES)
def test_each_column_alone_is_that_of_the_whole_table(name):
    whole = synthesize(patients=300).tables["patients"].collect()
    alone = synthesize(patients=300, columns=[name]).tables["patients"].collect()
    assert alone.columns == [name, "_row"] and alone.equals(whole.select(name, "_row"))


def test_columns_keep_the_order_of_the_table(whole):
    few = synthesize(patients=3000, damage="heavy", columns=["NIR", "PRENOM", "TITRE"])
    table = few.tables["patients"].collect()
    assert table.columns == ["TITRE", "PRENOM", "NIR", "_row"]
    assert table.equals(whole.tables["patients"].collect().select(table.columns))


def test_truth_speaks_of_the_chosen_columns_only(whole):
    few = synthesize(patients=3000, damage="heavy", columns=["PRENOM", "TITRE"])
    assert set(few.truth.facts.collect()["column"]) == {"TITRE"}
    damage = few.truth.damage.collect()
    assert set(damage["column"]) <= {"PRENOM", "TITRE", ""}
    assert damage.filter(column="PRENOM").equals(whole.truth.damage.collect().filter(column="PRENOM"))
    assert few.truth.people.collect().equals(whole.truth.people.collect())


@pytest.mark.parametrize("format_", ["parquet", "csv"])
def test_chosen_columns_on_disk(tmp_path, format_):
    names = ["SEXE", "EMAIL"]
    leak = synthesize(patients=500, columns=names, out=tmp_path / "few", format=format_)
    assert leak.tables["patients"].collect().height == 500
    assert verify(tmp_path / "few").ok


def test_one_sparse_column_as_csv_keeps_its_rows(tmp_path):
    leak = synthesize(patients=500, columns=["EMAIL"], out=tmp_path / "one", format="csv")
    assert leak.tables["patients"].collect().height == 500
    assert verify(tmp_path / "one").ok


@pytest.mark.parametrize(("columns", "said"), [(["NIRR"], "Did you mean 'NIR'"), ([], "empty")])
def test_bad_columns(columns, said):
    with pytest.raises(BreachkitError, match=said):
        synthesize(patients=10, columns=columns)
