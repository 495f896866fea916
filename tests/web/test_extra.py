"""Without the extra, the package says what to install."""

from __future__ import annotations

import importlib
import sys

import pytest


def test_without_the_extra_the_import_names_it(monkeypatch):
    for name in [name for name in sys.modules if name.startswith("newsindex.web")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "starlette.applications", None)
    with pytest.raises(ModuleNotFoundError, match="install newsindex with its extra `web`") as caught:
        importlib.import_module("newsindex.web")
    assert caught.value.name == "starlette.applications"
