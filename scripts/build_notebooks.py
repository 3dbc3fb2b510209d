"""Build the notebooks from their one source: ``notebooks/sources/*.py`` (jupytext, percent format).

A markdown cell tagged ``fr`` or ``en`` goes into that language only; a code cell goes into both, unchanged.
A cell tagged ``exercise`` is the learner's, one tagged ``solution`` is the trainer's: it goes into the twin
in ``notebooks/<lang>-solutions``. One cell is not shared: the builder puts a first code cell, tagged
``language``, that makes results, figures and hints speak the language of the text. French prose is written
with plain spaces and typeset here: no line breaks before a colon or inside a date. Nothing has outputs; cell
ids are the place in the source, so that the same source gives the same bytes.

``python scripts/build_notebooks.py`` writes; ``--check`` writes nothing and fails when a built file is stale.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import jupytext
import nbformat
from nbformat.v4 import new_code_cell, new_notebook

from breachkit.locale.typography import typeset

NOTEBOOKS = Path(__file__).resolve().parent.parent / "notebooks"
LANGUAGES = ("fr", "en")
INDEX = "index"
ROLES = {"exercise", "solution"}
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
SPEAKS = 'import os\n\nos.environ["BREACHKIT_LANG"] = "{lang}"'


def sources(root: Path = NOTEBOOKS) -> list[Path]:
    """Give the sources in the order of the walk."""
    return sorted((root / "sources").glob("*.py"))


def build(source: Path, lang: str, *, solution: bool = False) -> str:
    """Give the text of one built notebook."""
    cells = [] if source.stem == INDEX else [_language(source.stem, lang)]
    left_out = "exercise" if solution else "solution"
    for place, cell in enumerate(jupytext.read(source, fmt="py:percent").cells):
        tags = set(cell.metadata.get("tags", ()))
        spoken = tags & set(LANGUAGES)
        if (spoken and lang not in spoken) or left_out in tags:
            continue
        if cell.cell_type == "markdown" and lang == "fr":
            cell.source = typeset(cell.source)
        cell.id = f"{source.stem}-{place:02d}"
        cell.metadata = nbformat.from_dict({"tags": sorted(tags - set(LANGUAGES))})
        cells.append(cell)
    metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}, "breachkit": {"lang": lang}}
    return nbformat.writes(new_notebook(cells=cells, metadata=metadata)) + "\n"


def _language(stem: str, lang: str) -> nbformat.NotebookNode:
    cell = new_code_cell(
        SPEAKS.format(lang=lang), metadata={"jupyter": {"source_hidden": True}, "tags": ["language"]}
    )
    cell.id = f"{stem}-language"
    return cell


def built(root: Path = NOTEBOOKS) -> Iterator[tuple[Path, str]]:
    """Give every path to build and its text."""
    for source in sources(root):
        if source.stem == INDEX:
            yield root / f"{INDEX}.ipynb", build(source, "fr")
            continue
        for lang in LANGUAGES:
            yield root / lang / f"{source.stem}.ipynb", build(source, lang)
            yield root / f"{lang}-solutions" / f"{source.stem}.ipynb", build(source, lang, solution=True)


def stale(root: Path = NOTEBOOKS) -> list[Path]:
    """Give the built files that are missing, differ from their source, or have none any more."""
    wanted = dict(built(root))
    there = {path for path in root.rglob("*.ipynb") if ".ipynb_checkpoints" not in path.parts}
    differ = {path for path, text in wanted.items() if path not in there or path.read_text("utf-8") != text}
    return sorted(differ | (there - set(wanted)))


def main() -> int:
    """Build, or check."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a built file is stale")
    if parser.parse_args().check:
        old = stale()
        for path in old:
            print(f"stale: {path.relative_to(NOTEBOOKS.parent)} (run `make notebooks`)", file=sys.stderr)
        return 1 if old else 0
    for path, text in built():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
