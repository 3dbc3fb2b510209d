"""The command line: results on stdout, one sentence and a code for what goes wrong."""

import json

import pytest

from tests.test_canary import run


@pytest.fixture(scope="module")
def leak(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cli")
    assert run("synth", "--patients", 200, "--format", "csv", "-o", folder / "leak").returncode == 0
    return folder / "leak" / "patients.csv"


def strict(text):
    def refuse(word):
        raise AssertionError(word)

    return json.loads(text, parse_constant=refuse)


@pytest.mark.parametrize("command", ["scan", "severity", "fraud", "whatif"])
def test_json_alone_on_stdout(leak, command):
    done = run(command, leak, "--json")
    assert done.returncode == 0, done.stderr
    assert strict(done.stdout)["schema"].startswith("breachkit/")


@pytest.mark.parametrize("command", ["cases", "doctor"])
def test_tables_as_json(command):
    assert strict(run(command, "--json").stdout)


def test_assess_report_compare_purge(leak, tmp_path):
    home = tmp_path / "case"
    done = run("assess", leak, "-c", "dedalus-2021", "-o", home, "--json", "--lang", "fr")
    assert done.returncode == 0, done.stderr
    assert strict(done.stdout)["schema"] == "breachkit/assessment/1"
    assert "report.html" in done.stderr
    again = run("report", home, "--lang", "en")
    assert again.returncode == 0, again.stderr
    assert '<html lang="en">' in (home / "report.html").read_text()
    assert strict(run("compare", home, home, "--json").stdout)
    assert run("purge", home).returncode == 0
    assert not home.exists()


def test_what_goes_wrong_is_one_sentence(tmp_path):
    bad = tmp_path / "bad.yaml"
    bad.write_text("a: [", encoding="utf-8")
    empty = tmp_path / "empty.csv"
    empty.write_text("")
    for arguments in (
        ("assess", tmp_path / "none.csv", "-o", tmp_path / "o"),
        ("scan", empty),
        ("circumstances", "--check", bad),
        ("report", tmp_path),
        ("compare", tmp_path, tmp_path),
        ("purge", tmp_path),
        ("severity", tmp_path / "none.csv"),
    ):
        done = run(*arguments)
        assert done.returncode == 1, arguments
        # The reminder of lawful ground may come first, on a line of its own.
        assert done.stderr.splitlines()[-1].startswith("breachkit: ")
        assert "Traceback" not in done.stderr
        assert not done.stdout


def test_usage_errors_are_two():
    assert run("nothing").returncode == 2
    assert run("assess").returncode == 2


def test_quarantined_rows_are_three(tmp_path):
    path = tmp_path / "q.csv"
    body = "\n".join(f"NOM{i};Jean;0{i % 9 + 1}/01/1980" for i in range(30))
    path.write_text(f"NOM;PRENOM;DATE_NAISSANCE\n{body}\nA;B;C;D;E;F;G;H;I;J;K\n", encoding="utf-8")
    assert run("scan", path).returncode == 3
