"""Two assessments side by side."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl

from breachkit import taxonomy
from breachkit.errors import BreachkitError
from breachkit.locale import Language, decimal, integer, say
from breachkit.report.smallcounts import BELOW


def compare(first: str | Path, second: str | Path) -> pl.DataFrame:
    """Give ``figure, a, b, change``: key figures, then people per category (under five: null).

    Parameters
    ----------
    first, second
        Work folders of `assess`, or their ``assessment.json``.

    Raises
    ------
    BreachkitError
        If one holds no assessment.
    """
    a, b = _read(Path(first)), _read(Path(second))
    names = list(dict.fromkeys([*a, *b]))
    rows = []
    for name in names:
        one, other = a.get(name), b.get(name)
        rows.append((name, one, other, None if one is None or other is None else other - one))
    schema = {"figure": pl.String, "a": pl.Float64, "b": pl.Float64, "change": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def spoken_comparison(frame: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """Write a comparison for people."""

    def label(name: str) -> str:
        kind, _, rest = name.partition(":")
        return taxonomy.label(rest, lang) if kind == "category" else say("report", f"figure_{name}", lang)

    def number(value: float | None) -> str:
        if value is None:
            return "–"
        return integer(value, lang) if value == int(value) or abs(value) >= 10 else decimal(value, lang)

    return frame.select(
        pl.col("figure").map_elements(label, pl.String).alias(say("report", "head_figure", lang)),
        *(
            pl.Series(say("report", f"head_{name}", lang), [number(v) for v in frame[name]], pl.String)
            for name in ("a", "b", "change")
        ),
    )


def _read(path: Path) -> dict[str, float | None]:
    file = path / "assessment.json" if path.is_dir() else path
    try:
        found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        figures = {row["figure"]: row["value"] for row in found["key_figures"]}
        categories = found["exposure"]["categories"]
    except (OSError, ValueError, KeyError, TypeError):
        raise BreachkitError(
            f"{path} holds no assessment.", hint="Give the --out folder of `breachkit assess`."
        ) from None
    shown = {f"category:{row['category']}": row["people"] for row in categories}
    return figures | {name: (None if n is None or 0 < n < BELOW else float(n)) for name, n in shown.items()}
