"""scripts/demo shows newsindex at work in a clone, and ends with what to type next."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "demo"

if os.name == "nt":
    pytest.skip("the scripts are for a POSIX shell", allow_module_level=True)


@pytest.mark.parametrize("venv", [".venv", ".venv-3.13"])
def test_the_demo_ends_with_what_to_type_next(tmp_path, venv):
    programs = {"scripts/venv": "exit 0\n", f"{venv}/bin/newsindex": 'echo "newsindex $*"\n'}
    for name, text in programs.items():
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(f"#!/bin/sh\n{text}")
        (tmp_path / name).chmod(0o755)
    shutil.copy(SCRIPT, tmp_path / "scripts" / "demo")
    done = subprocess.run(
        [tmp_path / "scripts" / "demo"],
        env={**os.environ, "NEWSINDEX_VENV": "" if venv == ".venv" else venv},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "newsindex demo\n"
    assert f"activate its environment first: source {venv}/bin/activate\n" in done.stderr
    assert done.stderr.endswith("scripts/venv files web\n")
