"""What a work folder holds beside the report: pseudonymous people, figures, what a new rendering needs."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from breachkit.errors import BreachkitError
from breachkit.report.folder import replacing, write_private
from breachkit.report.sharing import sources_of
from breachkit.report.smallcounts import finite
from breachkit.results import jsonable

if TYPE_CHECKING:
    from breachkit.leak import Leak
    from breachkit.report.assessment import Assessment

INPUTS, PEOPLE, FIELDS = "inputs.json", "people.parquet", "fields.yaml"


def write_outputs(assessment: Assessment, folder: Path) -> None:
    """Write ``people.parquet``, ``assessment.json`` and, last, ``inputs.json``: the run is finished."""
    buffer = io.BytesIO()
    pseudonymous(assessment).write_parquet(buffer)
    write_private(folder / PEOPLE, buffer.getvalue())
    assessment.save(folder / "assessment.json")
    leak = assessment.leak
    inputs = {
        "schema": "breachkit/inputs/1",
        "version": assessment.version,
        "lang": assessment.lang,
        "seed": assessment.seed,
        "sampled": assessment.sampled,
        "what_if": assessment.what_if is not None,
        "fields_sha256": file_hash(folder / FIELDS),
        "circumstances": {k: v for k, v in assessment.circumstances.to_dict().items() if v is not None},
        "adversaries": jsonable(assessment.exposure.adversaries),
        "tables": leak.to_frame().to_dicts(),
        "columns": {name: _columns(frame) for name, frame in leak.tables.items()},
        "provenance": sources_of(leak),
        "damage": leak.damage.to_dicts(),
        "quarantine": leak.quarantine.to_dicts(),
    }
    write_private(folder / INPUTS, json.dumps(finite(inputs), ensure_ascii=False, allow_nan=False))


def file_hash(path: Path) -> str:
    """Give the SHA-256 of a small file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def pseudonymous(assessment: Assessment) -> pl.DataFrame:
    """``person_id, ei, <categories>``: no name, no key, no date; still personal data, to be kept so."""
    from breachkit import taxonomy

    names = [*taxonomy.category_ids(), *taxonomy.context_ids()]
    people = assessment.people.frame
    held = people.collect_schema().names()
    shown = people.select("person_id", *(name for name in names if name in held))
    ease = assessment.exposure.per_person.select("person_id", "ei")
    joined = shown.join(ease, on="person_id", how="left")
    return joined.select("person_id", "ei", *(n for n in names if n in held)).sort("person_id").collect()


def write_figures(assessment: Assessment, folder: Path, lang: str) -> int:
    """Write every figure of the report as PNG and SVG under ``figures/``; give how many there are."""
    from breachkit.locale import language
    from breachkit.report.stations import stations

    made = 0
    with replacing(folder / "figures") as fresh:
        for station in stations(assessment, language(lang)):
            for place, plot in enumerate(station.plots, 1):
                for suffix in ("png", "svg"):
                    plot.save(fresh / f"{station.id}-{place}.{suffix}").chmod(0o600)
                made += 1
    return made


def reopen(folder: str | Path) -> Assessment:
    """Read a finished assessment back from its work folder; the later stations are computed again.

    Raises
    ------
    BreachkitError
        If the folder holds no finished assessment, or ``fields.yaml`` was edited since.
    """
    from breachkit import __version__, circumstances
    from breachkit.classify import FieldMap, Records
    from breachkit.exposure.adversaries import Adversary, Knowledge
    from breachkit.people import People
    from breachkit.report.assess import walk_on
    from breachkit.report.checkpoint import load_station

    home = Path(folder)
    inputs = read_inputs(home)
    again = "Run `breachkit assess` again into this folder."
    if inputs["version"] != __version__:
        raise BreachkitError(f"{home} was made by breachkit {inputs['version']}.", hint=again)
    if file_hash(home / FIELDS) != inputs["fields_sha256"]:
        raise BreachkitError(f"{home / FIELDS} was edited since the assessment.", hint=again)
    known = [
        Adversary(**{**one, "knows": tuple(Knowledge(**k) for k in one["knows"])})
        for one in inputs["adversaries"]
    ]
    return walk_on(
        emptied(inputs),
        FieldMap.load(home / FIELDS),
        load_station(Records, home / "stations" / "records"),
        load_station(People, home / "stations" / "people"),
        circumstances.load(inputs["circumstances"]),
        adversaries=known,
        seed=inputs["seed"],
        lang=inputs["lang"],
        sampled=inputs["sampled"],
        what_if=inputs["what_if"],
    )


def read_inputs(home: Path) -> dict[str, Any]:
    """Read ``inputs.json``; in one sentence if it is not there or is not breachkit's."""
    try:
        found: dict[str, Any] = json.loads((home / INPUTS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise BreachkitError(
            f"{home} holds no finished assessment.", hint="Give the --out folder of `breachkit assess`."
        ) from None
    return found


def emptied(inputs: Mapping[str, Any]) -> Leak:
    """Give the leak again as sizes, provenance and damage: its cells are all empty."""
    from breachkit.leak import DAMAGE_SCHEMA, QUARANTINE_SCHEMA, ROW, Leak, Source

    rows = {row["table"]: row["rows"] for row in inputs["tables"]}
    tables = {
        name: pl.select(pl.int_range(rows[name], dtype=pl.Int64).alias(ROW))
        .lazy()
        .with_columns(pl.lit(None, pl.String).alias(column) for column in columns)
        for name, columns in inputs["columns"].items()
    }
    quarantine = pl.DataFrame(
        [{**row, "raw": None} for row in inputs["quarantine"]], schema=QUARANTINE_SCHEMA
    )
    return Leak(
        tables,
        tuple(Source(**source) for source in inputs["provenance"]),
        pl.DataFrame(inputs["damage"], schema=DAMAGE_SCHEMA),
        quarantine,
    )


def _columns(frame: Any) -> list[str]:
    import narwhals as nw

    return [name for name in nw.from_native(frame).lazy().collect_schema().names() if name != "_row"]
