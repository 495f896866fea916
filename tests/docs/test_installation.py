"""No text installs the distribution of another project, which has the name newsindex on the package index."""

from __future__ import annotations

import re

import pytest

from tests.conftest import ROOT

_BY_NAME = re.compile(
    r"""pip3? \s install \s [^\n`]*? (?<![\w./-])   # the name stands alone, and is not the end of a path
        newsindex (?>(?:-kernel)? (?:\[[\w,]*\])?) (?![\w/.-])
        (?! \s*@ )                                  # a direct reference names a file""",
    re.X,
)
_FOLDERS = ("newsindex", "docs", "examples", "benchmarks", "scripts", "kernel/src", ".ci", ".github")
_ENDINGS = (".py", ".md", ".html", ".rs", ".toml", ".yml", "")


def _texts():
    paths = [ROOT / "kernel" / "README.md", ROOT / "pyproject.toml", *ROOT.glob("*.md")]
    paths += [path for folder in _FOLDERS for path in (ROOT / folder).rglob("*")]
    return [path for path in paths if path.is_file() and path.suffix in _ENDINGS]


def test_no_text_installs_newsindex_by_its_name_from_the_package_index():
    texts = {path: path.read_text(encoding="utf-8") for path in _texts()}
    assert len(texts) > 300
    found = {path.relative_to(ROOT): _BY_NAME.findall(text) for path, text in texts.items()}
    assert {path: lines for path, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    ("line", "is_by_name"),
    [
        ("pip install newsindex", True),
        ('pip install "newsindex[files,web]"', True),
        ("run `pip install --upgrade newsindex[kernel]`", True),
        ("pip install newsindex-kernel", True),
        ('pip install "PATH/TO/newsindex[files,web]"', False),
        ('pip install "newsindex[files,web] @ file:///srv/newsindex-0.1.0-py3-none-any.whl"', False),
        ("pip install dist/newsindex-*.whl", False),
        ("pip install PATH/TO/newsindex/kernel", False),
        ("pip install tzdata", False),
    ],
)
def test_what_counts_as_installing_by_name(line, is_by_name):
    assert bool(_BY_NAME.search(line)) is is_by_name
