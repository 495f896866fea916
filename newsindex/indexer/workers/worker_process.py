"""How do several processes index for one writer?"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from queue import Queue
from typing import Any, Final
from weakref import WeakSet

from newsindex.errors import NewsIndexError
from newsindex.indexer.building.batch import Rows

from .worker_messages import articles_message, build_message, receive, send

_AHEAD: Final = 2  # messages that may wait until a process hears them
MOST: Final = 4
"""More processes than these would each have too little of the memory that indexing may take."""


class IndexingProcess:
    """A process of its own where articles gather and become segments."""

    def __init__(self, lexicon: Mapping[str, Any]) -> None:
        """``lexicon`` is the record of the user's words."""
        home = str(Path(__file__).resolve().parents[3])  # the child finds the same newsindex
        paths = [home, *filter(None, [os.environ.get("PYTHONPATH")])]
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "newsindex.indexer.workers.worker_main"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._ear = self._process.stdin
        self._answers = os.fdopen(os.dup(self._process.stdout.fileno()), "rb")
        self._process.stdout.close()
        self._to_say: Queue[tuple[Mapping[str, Any], bytes] | None] = Queue(_AHEAD)
        self._is_deaf = False
        self._is_building = self._was_asked = False
        self._talk = threading.Thread(target=self._speak, daemon=True)
        self._talk.start()
        _running.add(self)
        self._say({"lexicon": dict(lexicon)})

    def _speak(self) -> None:
        """Say what is to be said, beside the thread that has more to do than to wait for a pipe."""
        while (message := self._to_say.get()) is not None:
            if not self._is_deaf:
                try:
                    send(self._ear, *message)
                except (OSError, ValueError):  # it is gone, or its pipe was closed
                    self._is_deaf = True

    @property
    def has_room(self) -> bool:
        """Whether more can be said without waiting."""
        return not self._to_say.full()

    def scan(self, stored: Sequence[bytes], texts: Sequence[str] = ()) -> None:
        """Take packed articles in."""
        self._say(*articles_message(stored))

    def packed(self, number: int) -> bytes:
        """The packed article that was taken in as that number, from 0 on."""
        self._answer_to_last()
        self._say({"do": "give", "number": number})
        return self._hear()

    def is_full(self) -> bool:
        """Whether no more should be taken in before a segment is built, as of when this was asked last."""
        was_full = self._answer_to_last()
        self._say({"do": "tell"})
        self._was_asked = True
        return was_full

    def _answer_to_last(self) -> bool:
        if not self._was_asked:
            return False
        self._was_asked = False
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
        self._answer_to_last()
        if self._is_building:
            self._is_building = False
            self._hear()

    def stop(self) -> None:
        """End the process at once, whatever it does."""
        _running.discard(self)
        self._process.kill()
        self._process.wait()
        self._to_say.put(None)
        self._talk.join()
        self._answers.close()
        self._ear.close()

    def let_go(self) -> None:
        """Hold its pipes no more: it ends when all are gone that do."""
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (self._ear, self._answers):
            if not stream.closed:
                os.dup2(nowhere, stream.fileno())
        os.close(nowhere)

    def _say(self, head: Mapping[str, Any], payload: bytes = b"") -> None:
        if self._is_deaf:
            self._hear()
        self._to_say.put((head, payload))

    def _hear(self) -> bytes:
        """What the process answers. Raises what it says went wrong there."""
        answer = receive(self._answers)
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
