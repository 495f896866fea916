"""What the browser tests share: the sample articles behind a server, under a prefix, and Chromium to look.

Without playwright or Chromium these tests are skipped. What they saw is in ``build/screenshots``.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount

import newsindex
from newsindex.web import create_app
from tests.conftest import ROOT

SCREENSHOTS = ROOT / "build" / "screenshots"
PREFIX = "/presse"


@pytest.fixture(scope="session")
def sample(tmp_path_factory):
    """The sample articles in an index."""
    corpus = ROOT / "sample_corpus"
    if not corpus.is_dir():
        pytest.skip("no sample corpus beside the tests")
    with newsindex.create(tmp_path_factory.mktemp("web") / "sample.newsindex") as index:
        index.add(newsindex.read(corpus))
        yield index


def serving(index, **options) -> AbstractContextManager[str]:
    """The address of a server of an index, which runs for a block."""
    return serving_application(create_app(index, **options))


@contextmanager
def serving_application(application) -> Iterator[str]:
    """The address of a server of an application, under a prefix, which runs for the block."""
    application = Starlette(routes=[Mount(PREFIX, application)])
    server = uvicorn.Server(uvicorn.Config(application, port=0, ws="none", log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            thread.join(0.01)
            assert thread.is_alive(), "the server did not start"
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}{PREFIX}/"
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def served(sample) -> Iterator[str]:
    """The address of a server of the sample articles, which runs while the tests of a module do."""
    with serving(sample) as address:
        yield address


@pytest.fixture(scope="module")
def chromium():
    """Chromium, for one module: playwright's event loop would be in the way of others."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("no Chromium: apt-get install chromium, or set CHROMIUM to its path")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium, served):
    """A function that opens an address for a new reader; an error of the script fails the test."""
    contexts, errors = [], []

    def open_page(address="", *, width=1280, height=860, **options):
        options = {"locale": "fr-FR", "reduced_motion": "reduce"} | options
        context = chromium.new_context(viewport={"width": width, "height": height}, **options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("request", lambda request: request.url.startswith(served) or errors.append(request.url))
        page.on("console", lambda message: "Security Policy" in message.text and errors.append(message.text))
        page.goto(served + address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def keep():
    """A function that keeps a screenshot of a page."""

    def take(page, name):
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SCREENSHOTS / f"{name}.png")

    return take
