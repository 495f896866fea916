"""The compiled kernel is used where it fits, and left out where it is unwanted, missing or another one."""

from __future__ import annotations

import json
import sys
import tomllib
from types import ModuleType

import pytest
from click.testing import CliRunner
from packaging.requirements import Requirement

import newsindex
from newsindex import Article
from newsindex.cli.main import main
from newsindex.compiled import compiled_kernel
from newsindex.compiled.loading import INTERFACE
from tests.conftest import ROOT


@pytest.fixture
def unloaded(monkeypatch):
    """Forgets which kernel was found, before the test and after it."""
    monkeypatch.delenv("NEWSINDEX_KERNEL", raising=False)
    compiled_kernel.cache_clear()
    yield
    compiled_kernel.cache_clear()


def a_kernel(interface):
    module = ModuleType("newsindex_kernel")
    module.__version__ = "9.8.7"
    module.INTERFACE = interface
    return module


def test_a_kernel_that_fits_gives_its_version(unloaded, monkeypatch):
    monkeypatch.setitem(sys.modules, "newsindex_kernel", a_kernel(INTERFACE))
    assert newsindex.kernel() == "9.8.7"


def test_a_kernel_that_is_not_installed_is_left_out_in_silence(unloaded, monkeypatch):
    def fail(name):
        raise ModuleNotFoundError(name=name)

    monkeypatch.setattr("importlib.import_module", fail)
    assert newsindex.kernel() is None


def test_the_environment_leaves_the_kernel_out(unloaded, monkeypatch):
    monkeypatch.setitem(sys.modules, "newsindex_kernel", a_kernel(INTERFACE))
    monkeypatch.setenv("NEWSINDEX_KERNEL", "0")
    assert newsindex.kernel() is None


@pytest.mark.parametrize("interface", [INTERFACE + 1, None])
def test_a_kernel_of_another_interface_is_refused_by_name_in_one_warning(unloaded, monkeypatch, interface):
    monkeypatch.setitem(sys.modules, "newsindex_kernel", a_kernel(interface))
    with pytest.warns(
        RuntimeWarning, match=r"9\.8\.7 has the interface .*: install the kernel that"
    ) as warned:
        assert [newsindex.kernel() for _ in range(2)] == [None, None]
    assert len(warned) == 1


def test_a_kernel_that_cannot_be_loaded_is_named_in_one_warning(unloaded, monkeypatch):
    def fail(name):
        raise ImportError("its library is missing")

    monkeypatch.setattr("importlib.import_module", fail)
    with pytest.warns(RuntimeWarning, match="newsindex-kernel cannot be loaded") as warned:
        assert newsindex.kernel() is None
    assert len(warned) == 1


def test_indexing_and_searches_work_with_a_kernel_that_is_refused(unloaded, monkeypatch, make_index):
    monkeypatch.setitem(sys.modules, "newsindex_kernel", a_kernel(INTERFACE + 1))
    with pytest.warns(RuntimeWarning, match="newsindex-kernel"):
        index = make_index([Article("Un titre", "Un corps.", id="a")])
    assert index.search("titre").total == 1


@pytest.mark.parametrize(("version", "shown"), [("1.2.3", "(with kernel 1.2.3)"), (None, "(without kernel)")])
def test_the_version_of_the_command_names_the_kernel(monkeypatch, version, shown):
    monkeypatch.setattr(newsindex, "kernel", lambda: version)
    result = CliRunner().invoke(main, ["--version"])
    assert result.output == f"newsindex, version {newsindex.__version__} {shown}\n"


@pytest.mark.parametrize("version", ["1.2.3", None])
def test_the_statistics_name_the_kernel(monkeypatch, make_index, version):
    index = make_index([Article("Un titre", "Un corps.", id="a")])
    monkeypatch.setattr(newsindex, "kernel", lambda: version)
    arguments = ["stats", "--at", str(index.path)]
    assert json.loads(CliRunner().invoke(main, [*arguments, "--json"]).output)["kernel"] == version
    last = CliRunner().invoke(main, arguments).output.splitlines()[-1]
    assert last.split() == ["kernel", version or "none"]


def test_both_sides_state_the_same_interface():
    border = (ROOT / "kernel" / "src" / "python" / "mod.rs").read_text(encoding="utf-8")
    assert f"const INTERFACE: u32 = {INTERFACE};" in border


def test_the_extra_takes_the_kernel_of_this_checkout():
    version = tomllib.loads((ROOT / "kernel" / "Cargo.toml").read_text(encoding="utf-8"))["package"][
        "version"
    ]
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (requirement,) = map(Requirement, extras["optional-dependencies"]["kernel"])
    assert requirement.name == "newsindex-kernel"
    assert version in requirement.specifier
