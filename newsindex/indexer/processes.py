"""How do several processes index for one writer?"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final
from weakref import WeakSet

from ..errors import NewsIndexError
from .batch import Rows
from .messages import articles_message, build_message, receive, send

MOST: Final = 4
"""More processes than these would each have too little of the memory that indexing may take."""


class IndexingProcess:
    """A process of its own where articles gather and become segments."""

    def __init__(self, lexicon: Mapping[str, Any]) -> None:
        """``lexicon`` is the record of the user's words."""
        home = str(Path(__file__).resolve().parents[2])  # the child finds the same newsindex
        paths = [home, *filter(None, [os.environ.get("PYTHONPATH")])]
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "newsindex.indexer.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        )
        self._is_building = False
        _running.add(self)
        self._say({"lexicon": dict(lexicon)})

    def scan(self, stored: Sequence[bytes], texts: Sequence[str] = ()) -> None:
        """Take packed articles in."""
        self._say(*articles_message(stored))

    def packed(self, number: int) -> bytes:
        """The packed article that was taken in as that number, from 0 on."""
        self._say({"do": "give", "number": number})
        return self._hear()

    def is_full(self) -> bool:
        """Whether no more should be taken in before a segment is built; waits for the process."""
        self._say({"do": "tell"})
        return bool(self._hear())

    def build(self, path: Path, rows: Rows) -> None:
        """Begin to write those that are kept as a segment, and to gather anew."""
        self._say(*build_message(str(path.absolute()), rows))
        self._is_building = True

    def forget(self) -> None:
        """Gather anew."""
        self._say({"do": "forget"})

    def wait(self) -> None:
        """Until the segment is built. Raises OSError, or NewsIndexError where the process failed."""
        if self._is_building:
            self._is_building = False
            self._hear()

    def stop(self) -> None:
        """End the process at once, whatever it does."""
        _running.discard(self)
        self._process.kill()
        self._process.wait()
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdout.close()
        with suppress(OSError):  # what was still to be said has no listener
            self._process.stdin.close()

    def let_go(self) -> None:
        """Hold its pipes no more: it ends when all are gone that do."""
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (self._process.stdin, self._process.stdout):
            assert stream is not None
            if not stream.closed:
                os.dup2(nowhere, stream.fileno())  # to close it would first write what is left in it
        os.close(nowhere)

    def _say(self, head: Mapping[str, Any], payload: bytes = b"") -> None:
        assert self._process.stdin is not None
        try:
            send(self._process.stdin, head, payload)
        except BrokenPipeError:
            self._hear()
            raise

    def _hear(self) -> bytes:
        """What the process answers. Raises what it says went wrong there."""
        assert self._process.stdout is not None
        answer = receive(self._process.stdout)
        if answer is None:
            raise NewsIndexError(
                f"an indexing process ended by itself (status {self._process.wait()}): index again, "
                "with workers=1 if memory is short"
            )
        said, payload = answer
        if "errno" in said:
            raise OSError(said["errno"], said["reason"], said["file"])
        if "error" in said:
            raise NewsIndexError(f"an indexing process failed: index again with workers=1\n{said['error']}")
        return payload


_running: Final = WeakSet[IndexingProcess]()


def _let_go() -> None:
    for process in _running:
        process.let_go()


if hasattr(os, "register_at_fork"):  # there is no fork on Windows
    os.register_at_fork(after_in_child=_let_go)
