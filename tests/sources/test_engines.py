import sqlite3

import polars as pl
import pytest

from breachkit.errors import BreachkitError
from breachkit.sources import read

ROWS = {"nom": ["DUPONT", None], "cp": ["01400", "29200"], "n": [1, 2]}


def test_polars_eager_and_lazy():
    for frame in (pl.DataFrame(ROWS), pl.LazyFrame(ROWS)):
        made = read(frame, name="t").tables["t"].collect()
        assert made.rows() == [(0, "DUPONT", "01400", "1"), (1, None, "29200", "2")]


def test_pandas_stays_pandas():
    pandas = pytest.importorskip("pandas")
    made = read(pandas.DataFrame({"cp": ["01400", None], "n": [1, None]})).tables["table"]
    assert isinstance(made, pandas.DataFrame)
    assert made["cp"].iloc[0] == "01400" and made["n"].iloc[0] == "1"
    assert made["n"].isna().tolist() == [False, True]


def test_pyarrow_and_duckdb_keep_their_engine():
    arrow, duckdb = pytest.importorskip("pyarrow"), pytest.importorskip("duckdb")
    table = arrow.table(ROWS)
    made = read(table).tables["table"]
    assert made.column("cp").to_pylist() == ["01400", "29200"]
    relation = read(duckdb.sql("SELECT '01400' AS cp, 1 AS n")).tables["table"]
    assert relation.fetchall() == [(0, "01400", "1")]


def test_parquet_as_text(tmp_path):
    pl.DataFrame(ROWS | {"x": [1400.0, 1.5]}).write_parquet(tmp_path / "t.parquet")
    leak = read(tmp_path / "t.parquet")
    assert leak.tables["t"].collect().row(0) == (0, "DUPONT", "01400", "1", "1400")
    assert len(leak.provenance[0].sha256) == 64


def test_sqlite_every_table(tmp_path):
    with sqlite3.connect(tmp_path / "l.db") as link:
        link.execute("CREATE TABLE p(nom TEXT, cp TEXT)")
        link.execute("CREATE TABLE e(code TEXT)")
        link.execute("INSERT INTO p VALUES ('DUPONT', '01400')")
    link.close()
    assert read(f"sqlite:///{tmp_path}/l.db").tables["p"].collect().rows() == [(0, "DUPONT", "01400")]
    with pytest.raises(BreachkitError, match="Choices: p, e"):
        read(tmp_path / "l.db", tables=["q"])


def test_what_is_no_source():
    with pytest.raises(BreachkitError, match="type bytes"):
        read(b"nom;cp")
    with pytest.raises(BreachkitError, match="no file or folder"):
        read("DUPONT.csv")


def test_unreachable_server_is_named_without_credentials():
    with pytest.raises(BreachkitError) as caught:
        read("postgresql://me:secret@127.0.0.1:1/leak")
    assert "secret" not in str(caught.value) and "me:" not in str(caught.value)


def test_a_folder_names_what_it_did_not_read(tmp_path):
    (tmp_path / "a.csv").write_text("nom;cp\nDUPONT;01400\n")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.4")
    leak = read(tmp_path)
    assert list(leak.tables) == ["a"]
    assert leak.damage["kind"].to_list() == ["unread_member"]


def test_the_reminder_is_said_once_and_not_for_synthetic_data(tmp_path, caplog, monkeypatch):
    from breachkit.sources import lawful

    monkeypatch.setattr(lawful, "_said", False)
    (tmp_path / "a.csv").write_text("nom;cp\nDUPONT;01400\n")
    (tmp_path / "SYNTHETIC").touch()
    read(tmp_path / "a.csv")
    assert not caplog.records
    (tmp_path / "SYNTHETIC").unlink()
    read(tmp_path / "a.csv")
    read(tmp_path / "a.csv")
    assert len(caplog.records) == 1 and "323-3" in caplog.text


def test_pandas_odds_and_ends():
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(
        [["01400", pandas.Timestamp("1960-02-01"), True, 2.5], [None, pandas.NaT, False, float("nan")]],
        columns=["cp", "vu", "cp", "_row"],
        index=[7, 7],
    )
    leak = read(frame)
    made = leak.tables["table"]
    assert list(made.columns) == ["_row", "cp", "vu", "cp_2", "_row_2"]
    assert leak.damage.select("kind", "count").rows() == [("renamed_column", 2)]
    assert made.iloc[0].tolist() == [0, "01400", "1960-02-01 00:00:00", "true", "2.5"]
    assert made.iloc[1].isna().tolist() == [False, True, True, False, True]
    assert frame.columns.tolist() == ["cp", "vu", "cp", "_row"]


def test_a_duckdb_relation_of_a_file_stays_lazy_and_keeps_zeros(tmp_path):
    duckdb = pytest.importorskip("duckdb")
    pl.DataFrame(ROWS).write_parquet(tmp_path / "t.parquet")
    with duckdb.connect() as link:
        made = read(link.read_parquet(str(tmp_path / "t.parquet")), name="t").tables["t"]
        assert isinstance(made, duckdb.DuckDBPyRelation)
        assert made.columns == ["_row", "nom", "cp", "n"]
        assert made.order("_row").fetchall() == [(0, "DUPONT", "01400", "1"), (1, None, "29200", "2")]


def test_several_frames_of_several_engines_in_one_leak():
    arrow, pandas = pytest.importorskip("pyarrow"), pytest.importorskip("pandas")
    leak = read({"a": pl.DataFrame(ROWS), "b": pandas.DataFrame(ROWS), "c": arrow.table(ROWS)})
    assert leak.to_frame()["rows"].to_list() == [2, 2, 2]
    assert [type(table).__module__.split(".")[0] for table in leak.tables.values()] == [
        "polars",
        "pandas",
        "pyarrow",
    ]


def test_pyarrow_columns_of_one_name_get_two():
    arrow = pytest.importorskip("pyarrow")
    made = read(arrow.Table.from_arrays([arrow.array(["01400"])] * 2, names=["cp", "cp"])).tables["table"]
    assert made.column_names == ["_row", "cp", "cp_2"]
