"""The SYNTHETIC manifest beside every output, and the proof that a data set is what it says."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from pathlib import Path
from typing import Any, ClassVar

import polars as pl

from breachkit import identifiers
from breachkit.errors import BreachkitError
from breachkit.locale import Language, counted, integer, language, listed, say
from breachkit.locale.messages import LANGUAGES
from breachkit.results import Card, Plot, Result, house_style, speak

NAME = "SYNTHETIC.json"
GAP, NOTHING = "\x1f", "\x00"
KINDS = {
    "NIR": "nir",
    "RPPS": "rpps",
    "EMAIL": "email",
    "TEL": "phone",
    "TEL_FIXE": "phone",
    "TEL_MOBILE": "phone",
}


class ContentHash:
    """SHA-256 of values, column by column: the same for any chunking, file format and polars version."""

    def __init__(self) -> None:
        self._columns: dict[str, Any] = {}

    def add(self, name: str, frame: pl.DataFrame) -> None:
        """Take in the next rows of a table."""
        for column in frame.columns:
            digest = self._columns.setdefault(f"{name}.{column}", hashlib.sha256())
            if frame.height:
                joined: str = frame[column].cast(pl.String).fill_null(NOTHING).str.join(GAP).item()
                digest.update((joined + GAP).encode())

    def hexdigest(self) -> str:
        """Give the digest of all columns, by name."""
        lines = [f"{name} {self._columns[name].hexdigest()}" for name in sorted(self._columns)]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def write(folder: Path, facts: dict[str, Any]) -> None:
    """Write the manifest."""
    notice = {lang: say("synth", "notice", lang) for lang in LANGUAGES}
    text = json.dumps({"synthetic": True, "notice": notice} | facts, ensure_ascii=False, indent=2)
    (folder / NAME).write_text(text + "\n", encoding="utf-8")


def read_table(path: Path) -> pl.DataFrame:
    """Read one table of an output back, all text."""
    if path.suffix == ".parquet" or path.is_dir():
        frame = pl.read_parquet(path / "*.parquet" if path.is_dir() else path)
        return frame.select(pl.all().cast(pl.String))
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("cp1252")
    return pl.read_csv(text.encode(), separator=";", infer_schema=False, truncate_ragged_lines=True)


@dataclasses.dataclass(frozen=True, repr=False, eq=False)
class Verification(Result):
    """Whether a folder of synthetic data is unchanged and its identifiers belong to nobody.

    ``checks``: ``dataset, check, values, failed``; the content hash, then one row per identifier column.
    """

    schema: ClassVar[str] = "breachkit/verification/1"

    checks: pl.DataFrame

    @property
    def ok(self) -> bool:
        """Whether nothing failed."""
        return int(self.checks["failed"].sum()) == 0

    def to_frame(self) -> pl.DataFrame:
        """Give the checks."""
        return self.checks

    def card(self, lang: Language) -> Card:
        """Say whether the data set is synthetic, unchanged, and whose identifiers it holds."""
        failed = int(self.checks["failed"].sum())
        said = counted("synth", "not_verified", failed, lang) if failed else say("synth", "verified", lang)
        return Card(say("synth", "verification", lang), (said,), self.checks)

    def plot(self, *, lang: str | None = None) -> Plot:
        """Bars of values checked, by identifier."""
        from matplotlib.figure import Figure

        spoken = language(lang)
        title = say("synth", "verification", spoken)
        with house_style():
            figure = Figure(figsize=(7, 1.2 + 0.35 * self.checks.height))
            axes = figure.subplots()
            axes.barh(self.checks["check"], self.checks["values"])
            axes.set_xlabel(say("synth", "values_checked", spoken))
            speak(axes.xaxis, spoken)
            axes.set_title(title)
        told = listed(
            (
                f"{check} {integer(n, spoken)}"
                for check, n in self.checks.select("check", "values").iter_rows()
            ),
            spoken,
        )
        return Plot(figure, say("locale", "labelled", spoken, label=title, value=told), self.checks, title)


def verify(folder: str | Path) -> Verification:
    """Prove that a folder holds unchanged synthetic data whose identifiers are all fictive.

    Parameters
    ----------
    folder
        A folder that `synthesize` wrote, or one above several of them.

    Raises
    ------
    BreachkitError
        If there is no manifest, or a table it names is missing.
    """
    found = sorted(Path(folder).rglob(NAME))
    if not found:
        raise BreachkitError(
            f"No {NAME} under {folder}.", hint="Name a folder written by synthesize(out=...)."
        )
    rows: list[tuple[str, str, int, int]] = []
    for path in found:
        rows += _verify_one(path.parent, json.loads(path.read_text(encoding="utf-8")))
    schema = {"dataset": pl.String, "check": pl.String, "values": pl.Int64, "failed": pl.Int64}
    return Verification(pl.DataFrame(rows, schema=schema, orient="row"))


def _verify_one(folder: Path, facts: dict[str, Any]) -> list[tuple[str, str, int, int]]:
    content, rows = ContentHash(), []
    damaged = pl.read_parquet(folder / "truth" / "damage*.parquet") if facts["damage"] != "none" else None
    total = 0
    for name, about in facts["tables"].items():
        path = folder / about["file"]
        if not path.exists():
            raise BreachkitError(f"{path.name} is missing beside its {NAME}.")
        frame = read_table(path)
        content.add(name, frame)
        total += frame.height
        for column in frame.columns:
            kind = KINDS.get(column) or KINDS.get(column.split("_", 1)[-1])
            if kind:
                rows.append(
                    (folder.name, f"{name}.{column}", *_fictive(frame, name, column, kind, damaged, facts))
                )
    same = content.hexdigest() == facts["content_sha256"]
    return [(folder.name, "content_sha256", total, 0 if same else 1), *rows]


def _fictive(
    frame: pl.DataFrame,
    name: str,
    column: str,
    kind: str,
    damaged: pl.DataFrame | None,
    facts: dict[str, Any],
) -> tuple[int, int]:
    """Count the values and those that could be somebody's, damaged cells apart."""
    values = frame.select(pl.col(column)).with_row_index("row", offset=facts["start"])
    if damaged is not None:
        hit = damaged.filter((pl.col("table") == name) & (pl.col("column") == column)).select("row")
        values = values.with_columns(pl.col("row").cast(pl.Int64)).join(hit, on="row", how="anti")
    kept = values[column].drop_nulls()
    judged = identifiers.check(kind, kept)
    return len(kept), int((~judged["fictive"].fill_null(False)).sum())
