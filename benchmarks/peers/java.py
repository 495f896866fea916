"""Finds a Java of 21 or newer, and builds the program of the Lucene peer with it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Final

from ..jdk import find_jdk
from . import PeerUnavailable

_OLDEST: Final = 21
_PROGRAM: Final = Path(__file__).resolve().parent / "lucene"


def java_home() -> Path:
    """The folder of a JDK that Lucene runs on. Raises PeerUnavailable."""
    home = find_jdk(_OLDEST)
    if home is None:
        raise PeerUnavailable(f"Lucene needs a JDK of {_OLDEST} or newer: set JAVA_HOME to one")
    return home


def lucene_command() -> list[str]:
    """The command that runs the Lucene peer, which is built if it has changed. Raises PeerUnavailable."""
    home = java_home()
    built = _PROGRAM / "target" / "lib" / "lucene-peer-1.jar"
    sources = [_PROGRAM / "pom.xml", *_PROGRAM.rglob("*.java")]
    if not built.exists() or built.stat().st_mtime < max(source.stat().st_mtime for source in sources):
        _build(home)
    return [
        str(home / "bin" / "java"),
        "--add-modules",
        "jdk.incubator.vector",
        "--enable-native-access=ALL-UNNAMED",
        "-Xmx2g",
        "-cp",
        str(built.parent / "*"),
        "benchmarks.LucenePeer",
    ]


def _build(home: Path) -> None:
    if shutil.which("mvn") is None:
        raise PeerUnavailable("Lucene needs Maven, which was not found: apt-get install maven")
    environment = {**os.environ, "JAVA_HOME": str(home)}
    command = ["mvn", "--quiet", "--batch-mode", "clean", "package"]
    run = subprocess.run(command, cwd=_PROGRAM, env=environment, capture_output=True, text=True, check=False)
    if run.returncode:
        raise PeerUnavailable(f"Maven could not build the Lucene peer: {run.stdout.strip()[:500]}")
