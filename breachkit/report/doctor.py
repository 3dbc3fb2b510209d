"""What is installed, and what an extra would add."""

from __future__ import annotations

import shutil
from importlib.metadata import PackageNotFoundError, version

import polars as pl

PARTS = {
    "polars": "", "narwhals": "", "numpy": "", "scipy": "", "matplotlib": "", "babel": "", "jinja2": "",
    "pandas": "notebooks", "jupyterlab": "notebooks", "ipywidgets": "notebooks", "faker": "notebooks",
    "weasyprint": "report", "fastexcel": "files", "pyarrow": "files", "adbc-driver-postgresql": "sql",
    "adbc-driver-sqlite": "sql", "duckdb": "sql", "pyspark": "spark", "splink": "linkage", "edsnlp": "nlp",
}  # fmt: skip


def parts() -> pl.DataFrame:
    """Give ``part, version, state, advice`` for each library that breachkit can use.

    Examples
    --------
    >>> parts().filter(part="polars")["state"].item()
    'ok'
    """
    rows = []
    for part, extra in PARTS.items():
        try:
            rows.append((part, version(part), "ok", ""))
        except PackageNotFoundError:
            rows.append((part, "", "absent", f"pip install 'breachkit[{extra}]'"))
    java = shutil.which("java")
    rows.append(("java", "", "ok" if java else "absent", "" if java else "only for Spark"))
    return pl.DataFrame(rows, schema=["part", "version", "state", "advice"], orient="row")
