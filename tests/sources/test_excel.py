import datetime

import pytest

from breachkit.errors import BreachkitError
from breachkit.sources import read

openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed: it writes the workbooks")


@pytest.fixture
def book(tmp_path):
    """Three sheets: patients with every type of cell, a hidden one, an empty one."""
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "Patients"
    sheet.append(["nom", "cp", "date_naissance", "taille", "vu_le", "actif"])
    sheet.append(
        ["DUPONT", "01400", datetime.date(1960, 2, 1), 170, datetime.datetime(2020, 3, 4, 8, 30), True]
    )
    sheet.append(["BŒUF", "29200", datetime.date(1999, 12, 31), 1.75, None, False])
    hidden = made.create_sheet("Médecins")
    hidden.sheet_state = "hidden"
    hidden.append(["nom", "rpps"])
    hidden.append(["MARTIN", "00123456789"])
    made.create_sheet("Vide")
    made.save(tmp_path / "export.xlsx")
    return tmp_path / "export.xlsx"


def test_every_sheet_even_the_hidden_one(book):
    leak = read(book)
    assert list(leak.tables) == ["export_sheet_1", "export_sheet_2"]
    assert leak.provenance[1].origin.endswith("export.xlsx#2")
    assert leak.tables["export_sheet_2"].collect().rows() == [(0, "MARTIN", "00123456789")]


def test_zeros_stay_dates_are_iso_and_whole_numbers_whole(book):
    rows = read(book).tables["export_sheet_1"].collect().rows()
    assert rows[0][:5] == (0, "DUPONT", "01400", "1960-02-01", "170")
    assert rows[0][5].startswith("2020-03-04 08:30")
    assert rows[1][:6] == (1, "BŒUF", "29200", "1999-12-31", "1.75", None)
    assert [row[6] for row in rows] == ["true", "false"]


def test_one_sheet_by_title_or_number_and_an_unknown_one(book):
    for asked in ("Patients", "1"):
        assert list(read(book, tables=[asked]).tables) == ["export"]
    with pytest.raises(
        BreachkitError, match=r"has 3 sheets; 1 of the 2 asked .* numbers from 1 to 3"
    ) as caught:
        read(book, tables=["1", "patient"])
    assert "Patients" not in str(caught.value) and "Médecins" not in str(caught.value)


def test_a_title_above_the_header_is_set_aside(tmp_path):
    made = openpyxl.Workbook()
    for row in (["Export du 1er mars"], [], ["nom", "cp", "ville"], ["DUPONT", "01400", "BREST"]):
        made.active.append(row)
    made.save(tmp_path / "t.xlsx")
    leak = read(tmp_path / "t.xlsx")
    assert leak.tables["t"].collect().rows() == [(0, "DUPONT", "01400", "BREST")]
    assert leak.damage["kind"].to_list() == ["preamble"]


def test_a_workbook_cut_short_is_an_error_in_words(book):
    book.write_bytes(book.read_bytes()[:3000])
    with pytest.raises(BreachkitError) as caught:
        read(book)
    assert caught.value.hint and "DUPONT" not in str(caught.value)
