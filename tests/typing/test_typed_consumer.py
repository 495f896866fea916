"""A program that is checked strictly sees the types of the package, which py.typed publishes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from tests.conftest import ROOT


def test_a_program_with_strict_types_is_accepted_and_its_mistakes_are_found(tmp_path):
    # Outside the checkout the package is found on the path of the interpreter, as an installed one, where
    # only py.typed makes its types count. An ignored error that is none is an error itself.
    program = shutil.copy(ROOT / "tests" / "typing" / "consumer.py", tmp_path)
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file", os.devnull]
    cache = ROOT / ".mypy_cache" / "consumer"
    done = subprocess.run(
        [*command, "--cache-dir", str(cache), program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
