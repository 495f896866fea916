"""Every example in the docstrings of the public interface runs, and shows what it prints."""

from __future__ import annotations

import doctest
import importlib
import sys

import pytest

import newsindex
from tests.conftest import ROOT
from tests.docs.blocks import page_blocks

SAMPLE_PAGE = ROOT / "docs" / "reference" / "python" / "index.md"
PUBLIC = [getattr(newsindex, name) for name in newsindex.__all__]
MODULES = sorted(
    {"newsindex.aio", "newsindex.clusters"}
    | {cls.__module__ for value in PUBLIC if callable(value) for cls in getattr(value, "__mro__", [value])}
)
EXAMPLES = [
    example
    for name in MODULES
    if name.startswith("newsindex")
    for example in doctest.DocTestFinder().find(importlib.import_module(name))
    if example.examples
]


@pytest.fixture
def names(tmp_path, monkeypatch):
    """The names that the examples use: the package, and the index that the reference describes."""
    if not SAMPLE_PAGE.is_file():
        pytest.skip("no manual beside the tests")
    monkeypatch.chdir(tmp_path)
    (block,) = [block for block in page_blocks(SAMPLE_PAGE) if block.language == "python"]
    names = {}
    exec(block.code, names)
    yield {"newsindex": newsindex, "index": names["index"]}
    names["index"].close()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_an_example_shows_what_it_prints(example, names):
    example.globs = dict(names)
    failures = []
    doctest.DocTestRunner().run(example, out=failures.append)
    assert not failures, "".join(failures)


def test_the_main_calls_have_examples():
    with_examples = {example.name.rpartition(".")[2] for example in EXAMPLES}
    main = {"create", "open", "add", "delete", "writer", "search", "similar", "timeline", "suggest", "read"}
    assert main <= with_examples, main - with_examples


def test_a_wrong_example_is_found(names):
    parsed = doctest.DocTestParser().get_doctest(">>> len(index)\n4\n", dict(names), "wrong", None, None)
    failures = []
    doctest.DocTestRunner().run(parsed, out=failures.append)
    assert "Got:\n    3" in "".join(failures)


def test_the_modules_of_the_public_interface_are_searched():
    assert {"newsindex.article", "newsindex.index.opening", "newsindex.searching.article_searcher"} <= set(
        MODULES
    ) & set(sys.modules)
