"""No leaked file outlives the next run, however the run that wrote it died; a live run keeps its own."""

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from breachkit.workspace import NOTE, PREFIX, WARNING, clear_abandoned

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no file locks of this kind on Windows")
RUN = """
import sys
from breachkit.workspace import private_folder
folder = private_folder()
(folder / "leaked.csv").write_text("x")
print(folder.parent, flush=True)
sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def temporary(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return tmp_path


@pytest.fixture
def run():
    """A run that waits, and its private folder."""
    with subprocess.Popen(
        [sys.executable, "-c", RUN], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as one:
        yield one, Path(one.stdout.readline().strip())
        one.kill()


def test_a_killed_run_is_cleared_after(run):
    process, folder = run
    assert folder.stat().st_mode & 0o777 == 0o700
    process.kill()
    process.wait()
    assert (folder / NOTE).read_text() == WARNING
    assert clear_abandoned() == 1
    assert not folder.exists()


def test_a_live_run_keeps_its_folder_and_removes_it_itself(run):
    process, folder = run
    assert clear_abandoned() == 0
    assert list(folder.rglob("leaked.csv"))
    process.communicate("")
    assert not folder.exists()


def test_the_command_line_clears_first(run, temporary):
    process, folder = run
    process.kill()
    process.wait()
    command = [sys.executable, "-c", "from breachkit.cli import main; main()", "cases", "--json"]
    subprocess.run(command, check=True, capture_output=True)
    assert not folder.exists()


def test_only_what_breachkit_made_is_removed(temporary):
    def made(name, note=WARNING, mode=0o700):
        folder = temporary / f"{PREFIX}{name}"
        folder.mkdir(mode)
        (folder / NOTE).write_text(note)
        return folder

    other = temporary / "other"
    other.mkdir()
    (other / NOTE).write_text(WARNING)
    link = temporary / f"{PREFIX}link"
    link.symlink_to(other, target_is_directory=True)
    (temporary / f"{PREFIX}file").write_text("x")
    (temporary / f"{PREFIX}bare").mkdir(0o700)
    kept = [made("noted", note="mine"), made("open", mode=0o755), other, link]
    assert clear_abandoned() == 0
    assert all((folder / NOTE).exists() for folder in kept)
    made("ours")
    assert clear_abandoned() == 1


def test_no_temporary_directory_leaves_nothing_behind(monkeypatch):
    def unusable():
        raise FileNotFoundError("No usable temporary directory found")

    monkeypatch.setattr("tempfile.gettempdir", unusable)
    assert clear_abandoned() == 0
