"""Importing is light: no plots, no statistics, no pandas, no Jupyter."""

import subprocess
import sys

import pytest

import breachkit

HEAVY = ("matplotlib", "scipy", "pandas", "jinja2", "babel", "pyarrow", "faker", "IPython", "rich", "typer")


def run(code):
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_import_brings_nothing_heavy():
    code = f"import sys, breachkit; print([m for m in {HEAVY!r} if m in sys.modules])"
    assert run(code) == "[]"


def test_the_public_names_are_at_most_twenty_and_exist():
    assert len(breachkit.__all__) <= 20
    for name in breachkit.__all__:
        assert getattr(breachkit, name) is not None


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="nonsense"):
        _ = breachkit.nonsense


ABSENT = """
import sys
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition('.')[0] in {names!r}:
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Absent())
import breachkit as bk
leak = bk.synthesize(patients=200, seed=3)
people = bk.consolidate(bk.label(leak, bk.classify(leak)))
print(bk.score(bk.expose(people)).score_max)
"""


NOTEBOOK = ("IPython", "jupyterlab", "ipywidgets", "tqdm", "great_tables")


@pytest.mark.parametrize("names", [("pandas", "pyarrow"), NOTEBOOK])
def test_the_way_is_walked_without_pandas_and_without_jupyter(names):
    assert float(run(ABSENT.format(names=names))) > 0
