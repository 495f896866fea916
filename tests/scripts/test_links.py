"""The check of internal links finds each kind of link that leads nowhere, and none in the repository."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from tests.conftest import ROOT

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "links.py"


@pytest.fixture(scope="module")
def links():
    spec = importlib.util.spec_from_file_location("links", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def folder(tmp_path):
    def write(files):
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path

    return write


def test_every_link_in_the_markdown_files_of_the_repository_leads_somewhere(links):
    assert list(links.markdown_breaches(ROOT)) == []


def test_a_link_of_the_built_manual_to_no_page_or_no_place_is_found(links, folder):
    pages = folder(
        {
            "index.html": '<a href="a/b.html#here">1</a><a href="a/b.html#away">2</a><a href="c.html">3</a>'
            '<img src="missing.png">',
            "a/b.html": '<h2 id="here">Here</h2><a href="../index.html?x=1">4</a><a href="#here">5</a>',
        }
    )
    assert [line.split(": ", 1)[1] for line in links.html_breaches(pages)] == [
        "a/b.html#away leads to no place on that page",
        "c.html leads to no file",
        "missing.png leads to no file",
    ]


def test_a_link_to_another_host_is_not_followed(links, folder):
    pages = folder(
        {
            "index.html": '<a href="https://nowhere.example/x">1</a><a href="mailto:a@nowhere.example">2</a>',
            "README.md": "[1](https://nowhere.example/x) <https://nowhere.example/y>\n",
        }
    )
    assert [*links.html_breaches(pages), *links.markdown_breaches(pages)] == []


def test_a_link_of_a_markdown_file_to_no_file_or_no_heading_is_found(links, folder):
    pages = folder(
        {
            "README.md": "[1](docs/a.md#été-où-) [2](docs/a.md#label) [3](docs/a.md#twice-1)\n"
            "![4](docs/none.png)\n[5](docs/a.md#none) [6][ref]\n\n[ref]: none.md\n",
            "docs/b.md": ":::{note}\n[8](none.md)\n:::\n",
            "docs/a.md": "# Été, où ?\n\n(label)=\n## `Twice`\n\n## Twice\n\n[7](../README.md)\n",
        }
    )
    assert list(links.markdown_breaches(pages)) == [
        "README.md: docs/a.md#label leads to no heading",
        "README.md: docs/none.png leads to no file",
        "README.md: docs/a.md#none leads to no heading",
        "README.md: none.md leads to no file",
        "docs/b.md: none.md leads to no file",
    ]


def test_what_looks_like_a_link_in_code_is_none(links, folder):
    pages = folder({"README.md": "`[1](none.md)`\n\n```markdown\n[2](none.md)\n```\n"})
    assert list(links.markdown_breaches(pages)) == []


def test_a_folder_without_a_manual_is_an_error(links, tmp_path, capsys):
    assert links.main([str(tmp_path)]) == 1
    assert "build it with scripts/docs" in capsys.readouterr().err
