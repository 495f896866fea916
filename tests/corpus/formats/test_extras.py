"""The extra of a format brings every library that the reader of the format imports."""

from __future__ import annotations

import importlib.metadata
import inspect
import subprocess
import sys
import tomllib
from collections import defaultdict

import pytest
from packaging.requirements import Requirement

from newsindex.corpus.formats.registry import FORMATS
from tests.conftest import ROOT

if not (ROOT / "pyproject.toml").is_file():
    pytest.skip("no pyproject.toml beside the tests", allow_module_level=True)

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
IMPORT_WITHOUT = """
import importlib, sys
absent = set(sys.argv[1].split(","))
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in absent:
            raise ModuleNotFoundError(f"{name} is absent", name=name)
sys.meta_path.insert(0, Absent())
for module in sys.argv[2:]:
    importlib.import_module(f"newsindex.corpus.formats.{module}")
"""


def _readers():
    """The modules of the readers that are loaded when they are needed, by extra."""
    modules = defaultdict(set)
    for format in FORMATS:
        values = inspect.getclosurevars(format.reader).nonlocals
        if "extra" in values:
            modules[values["extra"]].add(values["module"])
    return modules


READERS = _readers()


def _distributions(requirements, extras=()):
    """The names of the distributions that some requirements bring, with all that those need."""
    found = set()
    waiting = [(Requirement(line), tuple(extras)) for line in requirements]
    while waiting:
        requirement, of = waiting.pop()
        if requirement.marker and not any(
            requirement.marker.evaluate({"extra": extra}) for extra in ("", *of)
        ):
            continue
        name, wanted = requirement.name.lower().replace("_", "-"), tuple(sorted(requirement.extras))
        if name == "newsindex":
            waiting += [(Requirement(line), ()) for extra in wanted for line in EXTRAS[extra]]
        elif (name, wanted) not in found:
            found.add((name, wanted))
            try:
                lines = importlib.metadata.requires(name) or ()
            except importlib.metadata.PackageNotFoundError:
                continue
            waiting += [(Requirement(line), wanted) for line in lines]
    return {name for name, _ in found}


@pytest.mark.parametrize("extra", sorted(READERS))
def test_an_extra_has_all_that_its_readers_import(extra):
    there = _distributions([*PROJECT["dependencies"], *EXTRAS[extra]])
    optional = _distributions(EXTRAS["files"]) - there
    absent = {
        module
        for module, owners in importlib.metadata.packages_distributions().items()
        if {owner.lower().replace("_", "-") for owner in owners} <= optional
    }
    assert absent
    command = [sys.executable, "-c", IMPORT_WITHOUT, ",".join(sorted(absent)), *sorted(READERS[extra])]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
