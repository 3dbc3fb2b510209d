import gzip
import io
import zipfile
from pathlib import Path

import pytest

from breachkit.errors import BreachkitError
from breachkit.sources import read

ENCRYPTED = Path(__file__).parent.parent / "data" / "sources" / "encrypted.zip"
CSV = "nom;cp\nDUPONT;01400\n"


def zipped(members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_the_password_opens_an_encrypted_zip():
    assert read(ENCRYPTED, password="secret").tables["patients"].collect().rows() == [(0, "DUPONT", "01400")]


def test_a_wrong_or_missing_password_is_said_and_not_repeated():
    with pytest.raises(BreachkitError, match="password does not open") as caught:
        read(ENCRYPTED, password="sésame")
    assert "sésame" not in str(caught.value)
    with pytest.raises(BreachkitError, match=r"is encrypted\. Pass password=") as caught:
        read(ENCRYPTED)
    assert "DUPONT" not in str(caught.value)


def test_archives_in_archives_keep_their_way(tmp_path):
    inner = zipped({"b/labo.csv": CSV, "notes.pdf": b"%PDF-1.4"})
    (tmp_path / "outer.zip").write_bytes(
        zipped({"a.csv": CSV, "deep/inner.zip": inner, "c.csv.gz": gzip.compress(CSV.encode())})
    )
    leak = read(tmp_path / "outer.zip")
    assert sorted(leak.tables) == ["a", "c", "labo"]
    origin = next(source.origin for source in leak.provenance if source.table == "labo")
    assert origin.endswith("outer.zip#2.zip#1.csv")
    assert leak.damage["kind"].to_list() == ["unread_member"]


def test_a_file_called_after_a_patient_is_called_by_its_number(tmp_path):
    names = ("DUPONT Marie 1985.csv", "Dossier DUPONT.csv", "resultats_2020.csv", "DUPONT.pdf")
    (tmp_path / "outer.zip").write_bytes(zipped({n: CSV if "pdf" not in n else b"%PDF-1.4" for n in names}))
    leak = read(tmp_path / "outer.zip")
    assert list(leak.tables) == ["file_1", "Dossier", "resultats_2020"]
    assert leak.damage["table"].to_list() == ["file_4"]
    assert leak.provenance[3].origin.endswith("outer.zip#4.pdf")
    assert "DUPONT" not in str([vars(source) for source in leak.provenance]) + str(leak.damage)


def test_the_limit_counts_every_level(tmp_path):
    inner = zipped({"big.csv": CSV + "x;y\n" * 10_000})
    (tmp_path / "outer.zip").write_bytes(zipped({"inner.zip": inner, "a.csv": CSV}))
    with pytest.raises(BreachkitError, match="expands to more"):
        read(tmp_path / "outer.zip", max_expanded_bytes=60_000)


def test_nesting_has_a_floor(tmp_path):
    content = zipped({"a.csv": CSV})
    for depth in range(5):
        content = zipped({f"{depth}.zip": content})
    (tmp_path / "deep.zip").write_bytes(content)
    with pytest.raises(BreachkitError, match="nests archives"):
        read(tmp_path / "deep.zip")
