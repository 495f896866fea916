"""The README as a package index shows it, away from the files of the repository."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.conftest import ROOT


@pytest.fixture(scope="module")
def description():
    """The long description, as hatch-fancy-pypi-readme makes it: each substitution in its turn."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    settings = project["tool"]["hatch"]["metadata"]["hooks"]["fancy-pypi-readme"]
    readme, end = settings["fragments"]
    text = (ROOT / readme["path"]).read_text(encoding="utf-8") + end["text"]
    for substitution in settings["substitutions"]:
        text, count = re.subn(substitution["pattern"], substitution["replacement"], text)
        assert count, substitution
    return text


def test_it_has_no_relative_link_and_no_picture_of_the_repository(description):
    targets = re.findall(
        r"\]\(\s*([^)]+)\)|^\[[^\]]+\]:\s*(\S+)|(?:src|href)=[\"']?([^\"'\s>]+)", description, re.M
    )
    assert [target for target in targets if not "".join(target).startswith(("https://", "http://"))] == []


def test_it_has_all_else_of_the_readme(description):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    headings = re.findall(r"^#+ .*$", readme, re.M)
    assert headings == re.findall(r"^#+ .*$", description, re.M)
    assert re.findall(r"```.*?```", readme, re.S) == re.findall(r"```.*?```", description, re.S)
    assert readme.split("## Try it")[0].split("\n\n")[1] in description


def test_a_page_is_named_by_a_path_that_exists(description):
    paths = re.findall(r"\(`([\w/.-]+)`\)", description)
    assert paths
    assert [path for path in paths if not (ROOT / path).exists()] == []
