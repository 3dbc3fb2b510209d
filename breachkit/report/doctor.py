"""What is installed, and what an extra would add."""

from __future__ import annotations

import shutil
from importlib.metadata import PackageNotFoundError, version

import polars as pl

from breachkit.locale import Language, say

PARTS = {
    "polars": "", "narwhals": "", "numpy": "", "scipy": "", "matplotlib": "", "babel": "", "jinja2": "",
    "pandas": "notebooks", "jupyterlab": "notebooks", "ipywidgets": "notebooks", "faker": "notebooks",
    "weasyprint": "report", "fastexcel": "files", "pyarrow": "files", "adbc-driver-postgresql": "sql",
    "adbc-driver-sqlite": "sql", "duckdb": "sql", "pyspark": "spark", "splink": "linkage", "edsnlp": "nlp",
}  # fmt: skip

PROGRAMS = {"java": "only for Spark", "chromium": "only for tests"}


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
    for program, use in PROGRAMS.items():
        there = shutil.which(program)
        rows.append((program, "", "ok" if there else "absent", "" if there else use))
    return pl.DataFrame(rows, schema=["part", "version", "state", "advice"], orient="row")


def spoken_parts(frame: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """Write `parts` for people.

    Examples
    --------
    >>> spoken_parts(parts(), "fr").columns
    ['partie', 'version', 'état', 'conseil']
    """
    words = {"ok": "part_ok", "absent": "part_absent", "only for Spark": "part_spark"}
    words |= {"only for tests": "part_tests"}
    said = {text: say("report", key, lang) for text, key in words.items()}
    heads = {name: say("report", f"head_{name}", lang) for name in frame.columns}
    return frame.with_columns(pl.col("state", "advice").replace(said)).rename(heads)
