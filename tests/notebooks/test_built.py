"""The built notebooks: fresh, one code for two languages, no outputs, thin, discreet."""

import ast
import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = ROOT / "notebooks"
NAMES = [
    "01-the-leak",
    "02-what-it-reveals",
    "03-who-can-be-found",
    "04-what-can-be-done-with-it",
    "05-how-grave",
    "06-what-would-have-prevented-it",
    "07-your-own-file",
    "08-for-researchers",
]
FOLDERS = ["fr", "en", "fr-solutions", "en-solutions"]
BUILT = [NOTEBOOKS / "index.ipynb", *(NOTEBOOKS / f / f"{n}.ipynb" for f in FOLDERS for n in NAMES)]
FORBIDDEN = re.compile(r"/work\b|/tmp\b|\.\./shared|reference/|\blocalhost\b|127\.0\.0\.1")


def builder():
    spec = importlib.util.spec_from_file_location("build_notebooks", ROOT / "scripts" / "build_notebooks.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def cells(path, kind=None):
    return [c for c in json.loads(path.read_text("utf-8"))["cells"] if kind in (None, c["cell_type"])]


def shared_code(path):
    """All code but the one cell in which the builder names the language."""
    return [
        (c["id"], "".join(c["source"]))
        for c in cells(path, "code")
        if "language" not in c["metadata"]["tags"]
    ]


def test_the_built_files_are_fresh():
    done = subprocess.run(
        [sys.executable, ROOT / "scripts" / "build_notebooks.py", "--check"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_check_fails_when_a_built_file_is_stale(tmp_path):
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "09-new.py").write_text("# %%\n1 + 1\n", encoding="utf-8")
    module = builder()
    assert len(module.stale(tmp_path)) == 4
    for path, text in module.built(tmp_path):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert module.stale(tmp_path) == []
    (tmp_path / "fr" / "09-new.ipynb").write_text("{}", encoding="utf-8")
    (tmp_path / "fr" / "gone.ipynb").write_text("{}", encoding="utf-8")
    assert [path.name for path in module.stale(tmp_path)] == ["09-new.ipynb", "gone.ipynb"]


@pytest.mark.parametrize(
    ("written", "set_"),
    [
        ("« oui » : 4 %", "«_oui_»_: 4~%"),
        ("491 840 lignes ; § 6", "491~840 lignes~; §_6"),
        ("le 21 avril 2022 à 16 h 15", "le 21_avril_2022 à 16_h 15"),
        ("**affirmée** ? `a ; b` [1 ?](1 ?)", "**affirmée**~? `a ; b` [1~?](1 ?)"),
    ],
)
def test_french_is_typeset_and_code_is_not(written, set_):
    assert builder().typeset(written) == set_.replace("_", "\u00a0").replace("~", "\u202f")


@pytest.mark.parametrize("path", [path for path in BUILT if path.parent.name.startswith("fr")], ids=str)
def test_no_french_line_can_break_before_its_punctuation(path):
    prose = "\n".join("".join(cell["source"]) for cell in cells(path, "markdown"))
    assert not re.search(r" [;!?»%]|« | :\s|\d \d{3}\b", re.sub(r"`[^`]*`", "", prose))


def test_nothing_is_missing():
    assert sorted(NOTEBOOKS.rglob("*.ipynb")) == sorted(BUILT)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("twin", ["", "-solutions"])
def test_french_and_english_code_is_identical(name, twin):
    french, english = (shared_code(NOTEBOOKS / f"{lang}{twin}" / f"{name}.ipynb") for lang in ("fr", "en"))
    assert french == english
    assert len(french) > 5


@pytest.mark.parametrize("name", NAMES)
def test_one_cell_alone_differs_and_names_the_language(name):
    for folder in FOLDERS:
        first = cells(NOTEBOOKS / folder / f"{name}.ipynb")[0]
        assert first["metadata"]["tags"] == ["language"]
        assert f'os.environ["BREACHKIT_LANG"] = "{folder[:2]}"' in "".join(first["source"])


@pytest.mark.parametrize("name", NAMES)
def test_learners_get_questions_and_trainers_get_answers(name):
    tags = {folder: {t for c in cells(NOTEBOOKS / folder / f"{name}.ipynb") for t in c["metadata"]["tags"]}
            for folder in FOLDERS}  # fmt: skip
    for folder in FOLDERS:
        assert ("solution" in tags[folder]) is folder.endswith("solutions")
        assert ("exercise" in tags[folder]) is not folder.endswith("solutions")
    checks = [c for c in cells(NOTEBOOKS / "fr" / f"{name}.ipynb") if "check" in c["metadata"]["tags"]]
    assert 2 <= len(checks) <= 3


@pytest.mark.parametrize("path", BUILT, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_no_output_no_count_and_unique_ids(path):
    for cell in cells(path, "code"):
        assert cell["outputs"] == []
        assert cell["execution_count"] is None
    ids = [cell["id"] for cell in cells(path)]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("path", BUILT, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_no_function_is_longer_than_five_lines(path):
    for cell in cells(path, "code"):
        for node in ast.walk(ast.parse("".join(cell["source"]))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert len(node.body[1:] if ast.get_docstring(node) else node.body) <= 5
                assert node.end_lineno - node.lineno <= 5
            assert not isinstance(node, ast.ClassDef)


@pytest.mark.parametrize("path", BUILT, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_nothing_is_said_that_should_not_be(path):
    text = "\n".join("".join(cell["source"]) for cell in cells(path))
    assert not FORBIDDEN.search(text)
    assert "reveal=True)" not in text
    prose = "\n".join("".join(cell["source"]) for cell in cells(path, "markdown"))
    assert "Dedalus" not in prose  # the decision orders its publication not to name the company any more


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_say_as_much(name):
    words = {}
    for lang in ("fr", "en"):
        prose = "\n".join("".join(c["source"]) for c in cells(NOTEBOOKS / lang / f"{name}.ipynb", "markdown"))
        words[lang] = len(prose.split())
        assert words[lang] > 400
    assert 0.7 < words["en"] / words["fr"] < 1.3


def test_links_between_notebooks_lead_somewhere():
    for path in BUILT:
        text = "\n".join("".join(cell["source"]) for cell in cells(path, "markdown"))
        for target in re.findall(r"\]\(([^)#]+\.ipynb)\)", text):
            assert (path.parent / target).is_file(), f"{path.name} -> {target}"
