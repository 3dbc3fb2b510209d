"""A run that is killed, or whose disk is full, leaves no half data set."""

import signal
import subprocess
import sys
import time

import pytest

from breachkit.synth import synthesize, verify

RUN = "from breachkit.synth import synthesize; synthesize(patients={n}, out={out!r}, format={format!r})"
LIMITED = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000)); "
CAUGHT = """
from breachkit.errors import BreachkitError
try:
    {run}
except BreachkitError as error:
    print("refused:", error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_a_killed_run_leaves_nothing_under_its_name(tmp_path):
    out = tmp_path / "leak"
    code = RUN.format(n=491_840, out=str(out), format="parquet")
    with subprocess.Popen([sys.executable, "-c", code]) as running:
        deadline = time.monotonic() + 60
        truth = tmp_path / ".leak.part" / "truth"
        while not (truth.exists() and any(truth.iterdir())) and time.monotonic() < deadline:
            time.sleep(0.02)
        running.send_signal(signal.SIGKILL)
    assert running.returncode == -signal.SIGKILL
    assert not out.exists()
    synthesize(patients=100, out=out)
    assert verify(out).ok and [path.name for path in tmp_path.iterdir()] == ["leak"]


@pytest.mark.skipif(sys.platform == "win32", reason="no RLIMIT_FSIZE")
@pytest.mark.parametrize("format_", ["parquet", "csv", "csv-cp1252"])
def test_a_full_disk_is_an_error_and_leaves_nothing(tmp_path, format_):
    run = RUN.format(n=60_000, out=str(tmp_path / "leak"), format=format_)
    code = LIMITED + CAUGHT.format(run=run)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-300:]
    assert done.stdout.startswith("refused: Cannot write")
    assert list(tmp_path.iterdir()) == []
