"""The whole way: resumed after a kill, human decisions kept, nothing half written."""

import json
import re
import stat

import pytest
import yaml

from breachkit import BreachkitError
from breachkit.report import assess, compare, purge, reopen
from breachkit.report.folder import MARK, open_folder
from breachkit.synth import synthesize

STATIONS = {
    "classify": "breachkit.classify.columns.classify",
    "label": "breachkit.classify.label",
    "people": "breachkit.people.consolidate",
    "exposure": "breachkit.exposure.expose",
    "severity": "breachkit.severity.score",
    "fraud": "breachkit.fraud.simulate_fraud",
    "what_if": "breachkit.whatif.what_if",
}


class Killed(BaseException):
    """As sudden as a signal: no `except Exception` sees it."""


@pytest.mark.parametrize("station", STATIONS)
def test_a_run_killed_at_any_station_resumes_to_the_same_answer(
    station, leak_folder, work, result, tmp_path, monkeypatch
):
    home = tmp_path / "case"
    with monkeypatch.context() as patch:

        def die(*_args, **_options):
            raise Killed

        patch.setattr(STATIONS[station], die)
        with pytest.raises(Killed):
            assess(leak_folder, "dedalus-2021", work=home)
    assert not (home / "assessment.json").exists()
    assert not [p for p in home.rglob(".*") if p.is_file()]
    assess(leak_folder, "dedalus-2021", work=home)
    assert result.version
    ours, theirs = (json.loads((f / "assessment.json").read_text()) for f in (home, work))
    assert same(ours, theirs)


def same(one, other):
    """Equal, floats but for the order in which threads add them up."""
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[k], other[k]) for k in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(same(a, b) for a, b in zip(one, other, strict=True))
    return one == (pytest.approx(other, rel=1e-9, abs=1e-9) if isinstance(other, float) else other)


def test_what_a_signal_left_behind_is_swept_away(leak_folder, work, result):
    assert result.version
    stray = work / "stations" / ".people-xyz"
    stray.mkdir()
    (stray / "frame.lazy").write_bytes(b"half")
    (work / ".assessment.json-abc").write_text("half")
    assess(leak_folder, "dedalus-2021", work=work)
    assert not stray.exists()
    assert not (work / ".assessment.json-abc").exists()


def test_only_the_owner_reads_the_work_folder(work, result):
    assert result.version
    assert stat.S_IMODE(work.stat().st_mode) == 0o700
    for name in ("fields.yaml", "assessment.json", "people.parquet", "inputs.json"):
        assert stat.S_IMODE((work / name).stat().st_mode) == 0o600


def test_a_human_decision_in_the_work_folder_is_honoured_and_kept(leak_folder, tmp_path):
    home = tmp_path / "case"
    assess(leak_folder, work=home, what_if=False)
    path = home / "fields.yaml"
    entries = yaml.safe_load(path.read_text())
    row = next(r for r in entries["tables"]["patients"] if r["column"] == "PROFESSION")
    row["attribute"] = "technical"
    path.write_text(yaml.safe_dump(entries, allow_unicode=True))
    again = assess(leak_folder, work=home, what_if=False, decisions={"VILLE": "technical"})
    decided = {r["column"]: r for r in again.fields.to_frame().iter_rows(named=True)}
    for column in ("PROFESSION", "VILLE"):
        assert (decided[column]["attribute"], decided[column]["decided_by"]) == ("technical", "human")
    assert path.read_text().count("decided_by: human\n") == 2


def test_people_parquet_holds_no_name_and_no_key(work, result):
    import polars as pl

    frame = pl.read_parquet(work / "people.parquet")
    assert frame.height == result.exposure.n_people
    assert frame.columns[:2] == ["person_id", "ei"]
    assert not [name for name in frame.columns if name.startswith(("qi_", "key_", "visit"))]


def test_a_work_folder_gives_the_same_assessment_again(work, result):
    again = reopen(work)
    assert again.key_figures().equals(result.key_figures())
    (work / "fields.yaml").write_text((work / "fields.yaml").read_text() + "# edited\n")
    with pytest.raises(BreachkitError, match="was edited since"):
        reopen(work)


def test_two_folders_side_by_side(work, result):
    assert result.version
    frame = compare(work, work)
    assert set(frame["change"].drop_nulls()) == {0.0}
    with pytest.raises(BreachkitError, match="holds no assessment"):
        compare(work, work / "nowhere")


def test_json_is_strict(work, result):
    assert result.version

    def refuse(word):
        raise AssertionError(word)

    json.loads((work / "assessment.json").read_text(), parse_constant=refuse)


def test_purge_removes_only_its_own(tmp_path):
    mine, home = tmp_path / "mine", tmp_path / "case"
    mine.mkdir()
    (mine / "a.txt").write_text("x")
    open_folder(home)
    link = tmp_path / "link"
    link.symlink_to(home, target_is_directory=True)
    (home / "stations").symlink_to(mine, target_is_directory=True)
    forged = tmp_path / "forged"
    forged.mkdir()
    (forged / MARK).write_text("not breachkit's")
    for folder in (mine, link, forged, tmp_path / "nowhere", mine / "a.txt"):
        with pytest.raises(BreachkitError, match="nothing was removed"):
            purge(folder)
    (home / "photos").mkdir()
    with pytest.raises(BreachkitError, match="did not make"):
        purge(home)
    (home / "photos").rmdir()
    assert purge(home) == 1
    assert not home.exists()
    assert (mine / "a.txt").read_text() == "x"  # what a link inside points to stays


def test_a_synthetic_leak_with_an_identity_resumes(tmp_path, monkeypatch):
    home, leak = tmp_path / "case", synthesize(patients=300, seed=7)
    assess(leak, work=home, what_if=False, identity="300 patients, seed 7")

    def die(*_args, **_options):
        raise Killed

    monkeypatch.setattr("breachkit.classify.label", die)
    again = assess(
        synthesize(patients=300, seed=7), work=home, what_if=False, identity="300 patients, seed 7"
    )
    assert again.exposure.n_people == 300
    with pytest.raises(Killed):  # another leak under the same name: the first rows tell
        assess(synthesize(patients=300, seed=8), work=home, what_if=False, identity="300 patients, seed 7")


def test_extracting_too_much_is_read_from_the_two_reports(tmp_path):
    """GDPR art. 29: the laboratory's whole file against what leaked of it, both figures from the page."""
    figures = {}
    for profile in ("lab-full", "leak-2021"):
        leak = synthesize(profile, 400, 7)
        page = assess(leak, what_if=False).report(tmp_path / f"{profile}.html").read_text()
        figures[profile] = int(re.search(r'id="figure-people_revealed" value="(\d+)"', page)[1])
    assert figures["lab-full"] > figures["leak-2021"] > 0
