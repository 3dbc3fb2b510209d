"""A real JupyterLab in a real browser: run a notebook to its end, turn a switch, see the figure change."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from importlib.util import find_spec

import pytest

from tests.notebooks.test_built import NOTEBOOKS

PANEL = "06-what-would-have-prevented-it"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = {"fetchNews": "false", "checkForUpdates": False}

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600), pytest.mark.filterwarnings("ignore")]


@pytest.fixture
def lab(tmp_path):
    """Serve a copy of the notebooks: a browser saves what it runs."""
    if find_spec("jupyterlab") is None:
        pytest.skip("JupyterLab is not installed (extra `notebooks`)")
    shutil.copytree(NOTEBOOKS, tmp_path / "notebooks")
    settings = tmp_path / "settings" / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True)
    (settings / "notification.jupyterlab-settings").write_text(json.dumps(QUIET))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    where = {"JUPYTERLAB_SETTINGS_DIR": settings.parents[1], "JUPYTER_RUNTIME_DIR": tmp_path / "runtime",
             "JUPYTERLAB_WORKSPACES_DIR": tmp_path / "workspaces"}  # fmt: skip
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyter", "lab", "--no-browser", f"--port={port}", "--allow-root",
         "--IdentityProvider.token=", "--ServerApp.password=",
         f"--ServerApp.root_dir={tmp_path / 'notebooks'}"],
        env=os.environ | {name: str(path) for name, path in where.items()},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    for _ in range(120):
        try:
            urllib.request.urlopen(f"{address}/api", timeout=2).close()
            break
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    else:
        server.kill()
        pytest.fail("JupyterLab did not start within a minute")
    yield address
    server.terminate()
    server.wait(20)


def test_a_switch_moves_the_figure_in_jupyterlab_with_no_outside_request(lab):
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    asked = []
    with playwright.sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{lab}/lab/tree/fr/{PANEL}.ipynb?reset")
        page.locator(".jp-Notebook").first.wait_for(timeout=120_000)
        # Cells run before the kernel is connected are dropped, or a dialog asks for a kernel: the status bar
        # alone tells; the indicator of the toolbar says "idle" from the start.
        page.get_by_text(re.compile(r"Python 3 .*\| Idle")).first.wait_for(timeout=180_000)
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        figure = page.locator("figure.bk-panel").first
        figure.wait_for(timeout=300_000, state="attached")
        figure.scroll_into_view_if_needed()
        before = figure.inner_text()
        box = page.locator(".jupyter-widgets input[type=checkbox]").nth(1)
        box.scroll_into_view_if_needed()
        box.check()
        page.wait_for_function(
            "text => document.querySelector('figure.bk-panel').innerText != text", arg=before
        )
        assert figure.inner_text() != before
        if folder := os.environ.get("BREACHKIT_SCREENSHOTS"):
            figure.scroll_into_view_if_needed()
            page.screenshot(path=f"{folder}/panel.png")
        assert page.locator("[data-mime-type='application/vnd.jupyter.error']").count() == 0
        browser.close()
    outside = [
        url for url in asked if not re.match(rf"({re.escape(lab)}|ws://127\.0\.0\.1|data:|blob:)", url)
    ]
    assert outside == []
