"""Values planted everywhere in a leak come out nowhere without --reveal."""

import subprocess
import sys

import pytest

CANARY = "ZYXCANARI"
NIR = "185057512345697"
PAYLOAD = f"<script>alert('{CANARY}')</script>"
FORMULA = f'=HYPERLINK("http://x/{CANARY}")'
SECRETS = (CANARY, CANARY.lower(), CANARY.title(), NIR, "1850575123456")


def rows(n=40):
    for i in range(n):
        yield [
            f"{CANARY}{i}", PAYLOAD, f"0{i % 9 + 1}/02/1985", NIR, f"{CANARY.lower()}{i}@example.org",
            f"Patient {CANARY} séropositif {PAYLOAD}", FORMULA, f"{10 + i} rue {CANARY}", "75012",
        ]  # fmt: skip


HEAD = [
    "NOM",
    "PRENOM",
    "DATE_NAISSANCE",
    "NIR",
    "EMAIL",
    "COMMENTAIRE",
    "PROFESSION",
    "ADRESSE",
    "CODE_POSTAL",
]


def run(*arguments):
    return subprocess.run(
        [sys.executable, "-c", "from breachkit.cli import main; main()", *map(str, arguments)],
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip


def written(folder):
    """Every file but the kept stations, which are the leak itself, standardised, for their owner."""
    return [p for p in folder.rglob("*") if p.is_file() and "stations" not in p.parts]


@pytest.mark.parametrize("header", [True, False])
def test_nothing_planted_comes_out(tmp_path, header):
    path = tmp_path / "dump.csv"
    lines = [HEAD, *rows()] if header else [*rows()]
    quoted = [";".join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines]
    path.write_text("\n".join([*quoted, f'"broken {CANARY};x']) + "\n", encoding="utf-8")
    done = run("assess", path, "-o", tmp_path / "case", "--lang", "fr")
    assert done.returncode in (0, 3), done.stderr
    said = done.stdout + done.stderr
    assert not [secret for secret in SECRETS if secret in said]
    for file in written(tmp_path / "case"):
        data = file.read_bytes()
        found = [secret for secret in SECRETS if secret.encode() in data]
        assert not found, f"{file.name}: {found}"
    for command in ("scan", "severity", "fraud"):
        done = run(command, path, "--json")
        said = done.stdout + done.stderr
        assert not [secret for secret in SECRETS if secret in said], command


def test_with_reveal_only_the_list_shows_it_and_never_as_markup(tmp_path):
    path = tmp_path / "dump.csv"
    quoted = [";".join('"' + c.replace('"', '""') + '"' for c in line) for line in [HEAD, *rows()]]
    path.write_text("\n".join(quoted) + "\n", encoding="utf-8")
    done = run("assess", path, "-o", tmp_path / "case", "--reveal", "--lang", "en")
    assert done.returncode in (0, 3), done.stderr
    for file in written(tmp_path / "case"):
        data = file.read_bytes()
        if file.name == "notification.csv":
            assert CANARY.encode() in data
            assert b'"=' not in data
        else:
            assert CANARY.encode() not in data, file.name
        assert b"<script" not in data


def test_a_name_in_a_sheet_title_does_not_come_out(tmp_path):
    writer = pytest.importorskip("xlsxwriter", reason="writes the workbook of this test")
    path = tmp_path / "dump.xlsx"
    with writer.Workbook(path) as book:
        for title in (f"Mme {CANARY}", "b"):
            sheet = book.add_worksheet(title)
            for place, row in enumerate([HEAD, *rows()]):
                for column, cell in enumerate(row):
                    sheet.write_string(place, column, cell)
    done = run("assess", path, "-o", tmp_path / "case")
    assert done.returncode in (0, 3), done.stderr
    said = done.stdout + done.stderr
    assert not [secret for secret in SECRETS if secret in said]
    for file in written(tmp_path / "case"):
        assert CANARY.encode() not in file.read_bytes(), file.name


# A folder, a member of an archive, a column: names that a person gave, with a person in them.
NAMED = f"M {CANARY} {NIR}"


def searched(done, *folders):
    said = done.stdout + done.stderr
    assert not [secret for secret in SECRETS if secret in said], said[:300]
    for file in (file for folder in folders for file in written(folder)):
        data = file.read_bytes()
        assert not [secret for secret in SECRETS if secret.encode() in data], file.name
        assert b"<script" not in data, file.name


def test_names_of_columns_files_and_members_do_not_come_out(tmp_path):
    import zipfile

    head = [*HEAD[:-3], PAYLOAD, f"=cmd|' /C calc'!A0 {CANARY}", f"{CANARY} {NIR}"]
    body = "\n".join(";".join('"' + c.replace('"', '""') + '"' for c in line) for line in [head, *rows()])
    archive = tmp_path / "envoi.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr(f"{NAMED}/export {CANARY}.csv", body)
        packed.writestr("b.csv", body)
    done = run("assess", archive, "-o", tmp_path / "case")
    assert done.returncode in (0, 3), done.stderr
    searched(done, tmp_path / "case")
    searched(run("scan", archive, "--json"))


def test_a_folder_named_after_a_person_does_not_come_out(tmp_path):
    folder = tmp_path / NAMED
    folder.mkdir()
    body = "\n".join(";".join('"' + c.replace('"', '""') + '"' for c in line) for line in [HEAD, *rows()])
    (folder / f"dossier {CANARY}.csv").write_text(body, encoding="utf-8")
    done = run("assess", folder, "-o", tmp_path / "case")
    assert done.returncode in (0, 3), done.stderr
    searched(done, tmp_path / "case")
