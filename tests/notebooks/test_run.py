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
        assert not re.search(r"<script|<link|@import|(src|xlink:href)=[\"']https?:", page)


@pytest.mark.parametrize("seed", [7, 40_001])
@pytest.mark.parametrize("name", NAMES)
def test_the_answers_are_right_for_any_seed(name, seed, monkeypatch):
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
            scope |= {"SIZE": 1_500, "SEED": seed}
    assert verdicts
    assert all(isinstance(one, Feedback) and one.right for one in verdicts)


def test_every_exercise_is_asked_once():
    text = "\n".join((NOTEBOOKS / "sources" / f"{name}.py").read_text("utf-8") for name in NAMES)
    assert [text.count(f'exercise("{name}"') for name in exercises()] == [1] * len(exercises())
