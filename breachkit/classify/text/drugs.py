"""Names of medicines as terms: the category they let one infer comes from the ATC table of the taxonomy."""

from __future__ import annotations

import re
from collections.abc import Iterator

from breachkit import taxonomy
from breachkit.classify.text.fold import Folder
from breachkit.facts import table

SHORTEST = 4
INSIDE = re.compile(r"[(),+/]")


def _names(label: str) -> list[str]:
    """Cut ``tenofovir + emtricitabine (Truvada)`` into its brand, ``letrozole (Femara)`` in two."""
    head, _, brands = label.partition("(")
    alone = [head] if not re.search(r"[+,]| and ", head) else []
    parts = [*alone, *INSIDE.split(brands)]
    return [part.strip() for part in parts if part.strip() and "withdrawn" not in part and "code" not in part]


def _reveals(code: str) -> Iterator[tuple[str, str, str]]:
    for finding in taxonomy.code_category("atc", code):
        yield finding.category, finding.status, finding.strength


def drug_rows() -> list[dict[str, str]]:
    """Rows of the lexicon for medicines: names of the ATC table, and the further names of ``drugs.csv``."""
    folder = Folder()
    skip = {row["name"] for row in table("classify/text", "drugs").to_dicts() if not row["code"]}
    named: dict[str, str] = {}
    for row in table("taxonomy", "atc").to_dicts():
        if len(row["code"]) == 7:
            for name in _names(row["label"]):
                named.setdefault(folder.fold(name), row["code"])
    for row in table("classify/text", "drugs").to_dicts():
        if row["code"]:
            named[row["name"]] = row["code"]
    return [
        _row(name, *reveals)
        for name, code in sorted(named.items())
        if len(name) >= SHORTEST and name not in skip
        for reveals in _reveals(code)
    ]


def _row(name: str, category: str, status: str, strength: str) -> dict[str, str]:
    return {
        "term": name,
        "category": category,
        "status": status,
        "strength": strength,
        "near": "",
        "far": "",
        "flags": "",
    }
