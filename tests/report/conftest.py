"""One small assessment, and its page in two languages, for the whole room."""

import pytest

from breachkit.report import assess
from breachkit.synth import synthesize


@pytest.fixture(scope="session")
def leak_folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("leak")
    synthesize(patients=400, seed=7, out=folder, format="csv")
    path = folder / "patients.csv"
    with path.open("ab") as file:  # a short line, a long one, an empty one
        cells = path.read_bytes().splitlines()[0].count(b";") + 1
        file.write(b"cut;short\r\n\r\n" + b";".join([b"x"] * (cells + 1)) + b"\r\n")
    return path


@pytest.fixture(scope="session")
def work(tmp_path_factory):
    return tmp_path_factory.mktemp("work") / "case"


@pytest.fixture(scope="session")
def result(leak_folder, work):
    return assess(leak_folder, "dedalus-2021", work=work)


@pytest.fixture(scope="session")
def pages(result, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    return {lang: result.report(folder / f"{lang}.html", lang=lang) for lang in ("fr", "en")}
