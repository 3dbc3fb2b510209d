"""The command line: results on stdout, one sentence and a code for what goes wrong."""

import json

import pytest

from breachkit.locale import say
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


@pytest.mark.timeout(600)  # assessed, then reopened: long on a busy machine
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


@pytest.mark.parametrize(("lang", "word"), [("fr", "Exemple"), ("en", "Example")])
def test_help_speaks_the_users_language(lang, word, monkeypatch):
    monkeypatch.setenv("BREACHKIT_LANG", lang)
    shown = run("assess", "--help")
    assert shown.returncode == 0
    assert word in shown.stdout
    assert ("obligatoire" in shown.stdout) == (lang == "fr")
    for key in ("app", "codes"):
        start = say("cli", key, lang).split()[0]
        assert start in run("--help").stdout


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_usage_errors_speak_it_too(lang, monkeypatch):
    monkeypatch.setenv("BREACHKIT_LANG", lang)
    for arguments, key, name in (
        (("nothing",), "NoSuchCommand", "nothing"),
        (("assess",), "MissingParameter", "FILE"),
        (("assess", "x", "--bogus"), "NoSuchOption", "--bogus"),
        (("synth", "--patients", "many"), "BadParameter", "--patients"),
    ):
        done = run(*arguments)
        assert done.returncode == 2
        assert say("cli", f"usage_{key}", lang, name=name) in done.stderr
        assert not done.stdout


def test_an_unknown_language_is_one_sentence(monkeypatch):
    monkeypatch.setenv("BREACHKIT_LANG", "de")
    done = run("cases")
    assert done.returncode == 1
    assert "'de'" in done.stderr
    assert run("--help").returncode == 0


def test_only_some_columns_and_a_folder_proved(tmp_path):
    done = run("synth", "--patients", 30, "--columns", "NIR, SEXE", "--format", "csv", "-o", tmp_path / "x")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "x" / "patients.csv").read_text().splitlines()[0] == "SEXE;NIR"
    assert run("synth", "--verify", tmp_path / "x", "--json").returncode == 0
    path = tmp_path / "x" / "patients.csv"
    path.write_text("\n".join(path.read_text().splitlines()[:-1]) + "\n")
    assert run("synth", "--verify", tmp_path / "x").returncode == 1
    wrong = run("synth", "--columns", "NOTHING", "-o", tmp_path / "y")
    assert wrong.returncode == 1


def test_the_bar_never_goes_back():
    from breachkit.cli.bar import Way

    way, reached = Way(), 0.0
    for done, station in enumerate(way.stations):
        for report in (
            ("assess", done, 8),
            (station, 0, 2),
            (station, 1, 2),
            (station, 2, 2),
            ("batches", 1, 1),
        ):
            name, share = way.at(*report)
            assert name == station
            assert share >= reached or report[0] in ("assess", station)
            reached = max(reached, share)
    assert sum(way.weights) == pytest.approx(1)
