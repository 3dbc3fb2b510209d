"""The same content from other processes, thread counts and versions."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OLDEST = ("polars==1.33.0", "numpy==1.26.4")
NEEDED = ("narwhals", "pyyaml")
CODE = """
import sys
from breachkit.synth.manifest import ContentHash
from breachkit.synth.plan import plan
from breachkit.synth.profile import load
from breachkit.synth.generation import generate
first, last, size, threads = map(int, sys.argv[1:])
for profile, damage in (("leak-2021", "none"), ("leak-2021", "heavy"), ("lab-full", "heavy")):
    content = ContentHash()
    made = generate(plan(load(profile), 7), first, last, damage=damage, size=size, threads=threads)
    for chunk in made:
        for name, frame in chunk.tables.items():
            content.add(name, frame)
        content.add("truth", chunk.people)
        for (name,), facts in chunk.facts.group_by("table", maintain_order=True):
            content.add(f"facts/{name}", facts)
    print(profile, damage, content.hexdigest())
"""


def fingerprint(first, last, size=32_768, threads=2, *, python=sys.executable, pool="2"):
    done = subprocess.run(
        [python, "-c", CODE, *map(str, (first, last, size, threads))],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "POLARS_MAX_THREADS": pool, "PYTHONPATH": str(ROOT)},
    )
    return done.stdout.splitlines()


@pytest.fixture(scope="module")
def halves():
    return [fingerprint(0, 40_000), fingerprint(40_000, 80_000)]


@pytest.mark.slow
def test_chunks_and_threads(halves):
    assert fingerprint(0, 40_000, 500_000, 1, pool="1") == halves[0]
    assert fingerprint(0, 40_000, 33_333, 2, pool="2") == halves[0]
    assert fingerprint(0, 40_000, 9_999, 3, pool="1") == halves[0]


@pytest.mark.slow
def test_two_processes_at_once(halves):
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(2) as pool:
        both = pool.map(fingerprint, (0, 40_000), (40_000, 80_000))
        assert list(both) == halves


def oldest():
    """An environment with the oldest supported versions, made once; skip where it cannot be made."""
    home = Path(tempfile.gettempdir()) / "breachkit_oldest"
    python = home / "bin" / "python"
    if not (home / "ready").exists():
        try:
            subprocess.run([sys.executable, "-m", "venv", home], check=True, capture_output=True)
            command = [python, "-m", "pip", "install", "--quiet", *OLDEST, *NEEDED]
            subprocess.run(command, check=True, capture_output=True, timeout=300)
        except (OSError, subprocess.SubprocessError) as error:
            pytest.skip(f"the oldest supported versions cannot be installed here: {type(error).__name__}")
        (home / "ready").touch()
    return str(python)


@pytest.mark.slow
def test_the_oldest_supported_versions(halves):
    assert fingerprint(0, 40_000, python=oldest()) == halves[0]
