"""The maps for contributors name files that exist."""

from __future__ import annotations

import re

import pytest

from tests.conftest import ROOT

_PATH = re.compile(r"`((?:newsindex|tests|benchmarks|kernel|docs|scripts)/[\w./-]*)`")


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "RELEASING.md", "SECURITY.md"])
def test_every_path_of_the_page_exists(name):
    paths = _PATH.findall((ROOT / name).read_text(encoding="utf-8"))
    assert name == "SECURITY.md" or paths
    assert [path for path in paths if not (ROOT / path).exists()] == []
