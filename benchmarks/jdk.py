"""Finds the JDKs of this machine."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_MACHINES: Final = Path("/usr/lib/jvm")
_VERSION: Final = re.compile(r'^JAVA_VERSION="(\d+)', re.MULTILINE)


def find_jdk(oldest: int, newest: int | None = None) -> Path | None:
    """The folder of a JDK of one of these major versions, None where there is none.

    It is that of JAVA_HOME or of the command java, else the newest in /usr/lib/jvm.
    """
    for home in _homes():
        version = _version(home)
        if oldest <= version <= (newest or version) and (home / "bin" / "javac").exists():
            return home
    return None


def _homes() -> Iterator[Path]:
    if os.environ.get("JAVA_HOME"):
        yield Path(os.environ["JAVA_HOME"])
    command = shutil.which("java")
    if command:
        yield Path(command).resolve().parent.parent
    if _MACHINES.is_dir():
        yield from sorted(_MACHINES.iterdir(), key=_version, reverse=True)


def _version(home: Path) -> int:
    """The version that a JDK states of itself, 0 where it states none."""
    release = home / "release"
    found = _VERSION.search(release.read_text()) if release.is_file() else None
    return int(found[1]) if found else 0
