"""The French notebooks run to the end; the trainers' answers are right for any seed."""

import json
import re

import pytest

pytest.importorskip("nbclient", reason="running notebooks needs the extra `notebooks`")
import nbformat
from nbclient import NotebookClient

from breachkit.teaching import Feedback, exercises
from tests.notebooks.test_built import NAMES, NOTEBOOKS

FRENCH = [NOTEBOOKS / "index.ipynb", *(NOTEBOOKS / "fr" / f"{name}.ipynb" for name in NAMES)]


def minutes(notebook, pages):
    """Minutes to read: 200 words, 20 lines of code or 400 words of tables in one; half a one per figure.

    An exercise takes two.
    """
    prose = sum(len(cell.source.split()) for cell in notebook.cells if cell.cell_type == "markdown")
    code = sum(len(cell.source.split("\n")) for cell in notebook.cells if cell.cell_type == "code")
    shown = re.sub(r"<(svg|style|details).*?</\1>|<[^>]+>", " ", "\n".join(pages), flags=re.DOTALL)
    tasks = sum("check" in cell.metadata.tags for cell in notebook.cells)
    figures = "".join(pages).count("<figure")
    return prose / 200 + code / 20 + len(shown.split()) / 400 + figures / 2 + 2 * tasks


@pytest.mark.timeout(240)
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("path", FRENCH, ids=lambda p: p.stem)
def test_the_french_set_runs_alone_in_a_kernel(path):
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(notebook, timeout=200, resources={"metadata": {"path": str(path.parent)}})
    client.execute()
    shown = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    assert not any(output.output_type == "error" for output in shown)
    pages = [output["data"]["text/html"] for output in shown if "text/html" in output.get("data", {})]
    for page in pages:
        if "<svg" in page:
            assert 'aria-label="' in page
            assert "<details>" in page and "<table>" in page
        assert not re.search(r"<script|<link|@import|(src|xlink:href)=[\"']https?:", page)
    assert path.stem == "index" or 10 <= minutes(notebook, pages) <= 20


@pytest.mark.parametrize(("seed", "size"), [(7, 1_500), (40_001, 1_500), (123, 4_000)])
@pytest.mark.parametrize("name", NAMES)
def test_the_answers_are_right_for_any_seed_and_size(name, seed, size, monkeypatch):
    monkeypatch.setenv("BREACHKIT_LANG", "fr")
    cells = json.loads((NOTEBOOKS / "fr-solutions" / f"{name}.ipynb").read_text("utf-8"))["cells"]
    scope, verdicts = {}, []
    for cell in cells:
        source, tags = "".join(cell["source"]), set(cell["metadata"]["tags"])
        if cell["cell_type"] != "code" or not tags & {"parameters", "setup", "solution", "check"}:
            continue
        if "check" in tags:
            verdicts.append(eval(source, scope))
        else:
            exec(source, scope)
        if "parameters" in tags:
            scope |= {"SIZE": size, "SEED": seed}
    assert verdicts
    assert all(isinstance(one, Feedback) and one.right for one in verdicts)


def test_every_exercise_is_asked_once():
    text = "\n".join((NOTEBOOKS / "sources" / f"{name}.py").read_text("utf-8") for name in NAMES)
    assert [text.count(f'exercise("{name}"') for name in exercises()] == [1] * len(exercises())
