"""``python -m benchmarks.cold ENGINE FOLDER`` measures one search from a cold start of the process."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from newsindex.compiled.loading import SWITCH

from .peers import peer
from .peers.java import lucene_command

_WORDS = ("interpol", "maroc")
_TIMES = 5


def cold(name: str, folder: Path) -> float:
    """The median of some times in seconds from the start of a fresh process to its end.

    For newsindex the process is its command, for Lucene its program.
    """
    command = [sys.executable, "-m", "benchmarks.cold", name, str(folder)]
    environment = dict(os.environ)
    if name.startswith("newsindex"):
        command = [sys.executable, "-m", "newsindex", "search", *_WORDS, "--at", str(folder / "i")]
    if name == "lucene":
        command = [*lucene_command(), "once", str(folder), " ".join(_WORDS)]
    if name == "newsindex_arrays":
        environment[SWITCH] = "0"
    taken = []
    for _ in range(_TIMES):
        started = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, env=environment)
        taken.append(time.perf_counter() - started)
    return median(taken)


def main() -> None:
    """Answers one question."""
    name, folder = sys.argv[1:]
    engine = peer(name)
    engine.open(Path(folder))
    kinds = engine.kinds()
    kinds.get("end to end", kinds["any"])(list(_WORDS))


if __name__ == "__main__":
    main()
