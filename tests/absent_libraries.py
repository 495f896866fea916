"""Runs programs in a Python in which the libraries of some extras cannot be imported."""

from __future__ import annotations

import importlib.metadata
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
from packaging.requirements import Requirement

from tests.conftest import ROOT

_HIDE: Final = """
import sys
absent = set(sys.argv.pop(1).split(","))
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in absent:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Absent())
"""


def run_without(
    extras: Iterable[str], program: str, *arguments: str, keep: Iterable[str] = (), folder: Path = ROOT
) -> str:
    """Returns what a program prints in a Python without the libraries that only ``extras`` bring.

    The libraries of newsindex itself and those of the extras ``keep`` can be imported.
    """
    absent = modules_of(extras, keep)
    assert absent
    done = subprocess.run(
        [sys.executable, "-c", _HIDE + program, ",".join(sorted(absent)), *arguments],
        cwd=folder, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def modules_of(extras: Iterable[str], keep: Iterable[str] = ()) -> set[str]:
    """The modules that come with some extras, and not with newsindex itself or the extras ``keep``."""
    kept = [*_project()["dependencies"], *_lines_of(keep)]
    optional = _distributions(_lines_of(extras)) - _distributions(kept)
    return {
        module
        for module, owners in importlib.metadata.packages_distributions().items()
        if {_normalized(owner) for owner in owners} <= optional
    }


@cache
def _project() -> Mapping[str, Any]:
    path = ROOT / "pyproject.toml"
    if not path.is_file():
        pytest.skip("no pyproject.toml beside the tests")
    project: Mapping[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))["project"]
    return project


def _lines_of(extras: Iterable[str]) -> list[str]:
    return [line for extra in extras for line in _project()["optional-dependencies"][extra]]


def _normalized(name: str) -> str:
    return name.lower().replace("_", "-")


def _distributions(requirements: Sequence[str]) -> set[str]:
    """The names of the distributions that some requirements bring, with all that those need."""
    found = set()
    waiting: list[tuple[Requirement, tuple[str, ...]]] = [(Requirement(line), ()) for line in requirements]
    while waiting:
        requirement, of = waiting.pop()
        if requirement.marker and not any(
            requirement.marker.evaluate({"extra": extra}) for extra in ("", *of)
        ):
            continue
        name, wanted = _normalized(requirement.name), tuple(sorted(requirement.extras))
        if name == "newsindex":
            waiting += [(Requirement(line), ()) for line in _lines_of(wanted)]
        elif (name, wanted) not in found:
            found.add((name, wanted))
            try:
                lines = importlib.metadata.requires(name) or ()
            except importlib.metadata.PackageNotFoundError:
                continue
            waiting += [(Requirement(line), wanted) for line in lines]
    return {name for name, _ in found}
