"""Every state of the page is valid HTML, and its style valid CSS, for the Nu Html Checker.

It runs where ``scripts/validate_html`` has fetched the checker, and Java is found.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.conftest import ROOT

from .page_states import STATES, address_of, applications, fill

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
CHECKER = CACHE / "newsindex" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
STATIC = ROOT / "newsindex" / "web" / "static"


def test_every_state_of_the_page_is_valid_in_both_languages(make_index, tmp_path):
    java = shutil.which("java")
    if java is None or not CHECKER.is_file():
        pytest.skip("no Java, or no checker: scripts/validate_html fetches it")
    index, empty = make_index([]), make_index([])
    fill(index)
    clients = {
        name: TestClient(shown, headers={"Accept": "text/html"})
        for name, shown in applications(index, empty).items()
    }
    pages = tmp_path / "pages"
    pages.mkdir()
    for name, state in STATES.items():
        address = f"/{address_of(state, index)}"
        for language in ("fr", "en"):
            answer = clients[state.shown_by].get(address, headers={"Accept-Language": language})
            assert answer.status_code == state.status, name
            (pages / f"{name}, {language}.html").write_text(answer.text)
    options = ["--Werror", "--also-check-css", "--also-check-svg"]
    paths = [pages, STATIC / "page.css", STATIC / "icon.svg"]
    checked = subprocess.run(
        [java, "-jar", CHECKER, *options, *paths], capture_output=True, text=True, check=False
    )
    assert checked.stderr.splitlines() == []
    assert checked.returncode == 0
