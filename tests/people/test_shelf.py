import polars as pl
import pytest

from breachkit.people.shelf import Shelf

ONE, TWO = pl.DataFrame({"n": [1, 2]}), pl.DataFrame({"n": [3]})


@pytest.mark.parametrize("on_disk", [False, True])
def test_piles_keep_their_order_and_are_forgotten_when_taken(on_disk):
    shelf = Shelf(on_disk)
    shelf.put("pile", ONE)
    shelf.put("pile", TWO)
    assert [piece["n"].to_list() for piece in shelf.pieces("pile")] == [[1, 2], [3]]
    assert shelf.lazy("pile", ONE.schema).collect()["n"].to_list() == [1, 2, 3]
    assert shelf.take("pile", ONE.schema)["n"].to_list() == [1, 2, 3]
    assert shelf.take("pile", ONE.schema).schema == ONE.schema
    assert shelf.lazy("none", ONE.schema).collect().height == 0


def test_its_folder_is_private_and_says_so():
    shelf = Shelf(on_disk=True)
    assert shelf.folder.stat().st_mode & 0o777 == 0o700
    assert "personal data" in (shelf.folder.parent / "PERSONAL-DATA.txt").read_text()
    shelf.put("pile", ONE)
    assert (shelf.folder / "pile").stat().st_mode & 0o777 == 0o700
