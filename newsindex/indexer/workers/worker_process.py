"""A worker process as its parent sees it: a segment builder at the other end of two pipes."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from queue import Queue
from typing import Any, Final
from weakref import WeakSet

from newsindex.errors import NewsIndexError
from newsindex.indexer.building.segment_builder import BatchColumns, Block
from newsindex.optional import python_executable

from .worker_messages import build_message, receive, scan_message, send

_MAX_QUEUED_MESSAGES: Final = 2  # that wait to be sent
_PROGRAM: Final = (
    "import sys; sys.path[:] = sys.argv[1:]; from newsindex.indexer.workers.worker_main import main; main()"
)


def worker_command() -> list[str] | None:
    """The command that starts a worker process; None where the running program is no plain Python.

    The child searches modules where its parent does, in the same order, so that it finds the same newsindex
    and the same libraries, as the processes of multiprocessing do.
    """
    executable = python_executable()
    if executable is None:
        return None
    root = str(Path(__file__).resolve().parents[3])  # of the newsindex package
    paths = [os.path.abspath(path) for path in sys.path if isinstance(path, str)]
    if root not in paths:  # the parent loaded newsindex in another way
        paths.append(root)
    return [executable, "-P", "-c", _PROGRAM, *paths]


class WorkerProcess:
    """Implements SegmentBuilder by a worker process; one thread of the parent uses it."""

    def __init__(self, lexicon: Mapping[str, Any], learns_acronyms: bool = True) -> None:
        """Starts the process.

        ``lexicon`` is the record of the user's words, and ``learns_acronyms`` says whether definitions of
        acronyms are looked for.

        Raises OSError where the system starts none, or the program cannot start another Python.
        """
        command = worker_command()
        if command is None:
            raise FileNotFoundError(errno.ENOENT, "no Python interpreter to start", sys.executable)
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._requests = self._process.stdin
        self._answers = os.fdopen(os.dup(self._process.stdout.fileno()), "rb")
        self._process.stdout.close()
        self._queue: Queue[tuple[Mapping[str, Any], bytes] | None] = Queue(_MAX_QUEUED_MESSAGES)
        self._is_gone = False
        self._is_building = self._is_full_asked = False
        self._sender = threading.Thread(target=self._send_queued, daemon=True)
        self._sender.start()
        _running.add(self)
        self._send({"lexicon": dict(lexicon), "acronyms": learns_acronyms})

    def _send_queued(self) -> None:
        """Sends queued messages, in a thread of its own, so that indexing does not wait for a pipe."""
        while (message := self._queue.get()) is not None:
            if not self._is_gone:
                try:
                    send(self._requests, *message)
                except (OSError, ValueError):  # the process is gone, or its pipe was closed
                    self._is_gone = True

    @property
    def has_room(self) -> bool:
        """Whether another message can be queued without waiting."""
        return not self._queue.full()

    def scan(self, block: Block) -> None:
        """Sends the articles of a block to be scanned."""
        self._send(*scan_message(block.packed))

    def packed_text(self, number: int) -> bytes:
        """The packed article that was scanned as the given number, counted from 0."""
        self._answer_is_full()
        self._send({"do": "packed_text", "number": number})
        return self._receive()

    def is_full(self) -> bool:
        """Whether a segment should be built, as it was when this was asked the time before.

        The answer to the present question is read later, so that nobody waits for it.
        """
        was_full = self._answer_is_full()
        self._send({"do": "is_full"})
        self._is_full_asked = True
        return was_full

    def _answer_is_full(self) -> bool:
        """Reads the answer to the last :meth:`is_full`, if it was not read yet."""
        if not self._is_full_asked:
            return False
        self._is_full_asked = False
        return bool(self._receive())

    def build(self, path: Path, batch: BatchColumns) -> None:
        """Has the process write the articles that are kept as a segment, and starts again with no article."""
        self._send(*build_message(str(path.absolute()), batch))
        self._is_building = True

    def clear(self) -> None:
        """Has the process drop the scanned articles."""
        self._send({"do": "clear"})

    def wait(self) -> None:
        """Returns when the segment is written.

        Raises OSError, and NewsIndexError where the process failed.
        """
        self._answer_is_full()
        if self._is_building:
            self._is_building = False
            self._receive()

    def stop(self) -> None:
        """Kills the process, whatever it is doing."""
        _running.discard(self)
        self._process.kill()
        self._process.wait()
        self._queue.put(None)
        self._sender.join()
        self._answers.close()
        self._requests.close()

    def release_pipes(self) -> None:
        """Closes the pipes, in a forked child: the process ends when no process holds them any more."""
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (self._requests, self._answers):
            if not stream.closed:
                os.dup2(nowhere, stream.fileno())
        os.close(nowhere)

    def _send(self, head: Mapping[str, Any], payload: bytes = b"") -> None:
        """Queues a message; raises NewsIndexError where the process is gone."""
        if self._is_gone:
            self._receive()
        self._queue.put((head, payload))

    def _receive(self) -> bytes:
        """The payload of the next answer; raises the error that it reports."""
        answer = receive(self._answers)
        if answer is None:
            raise NewsIndexError(
                f"an indexing process ended by itself (status {self._process.wait()}): index again, "
                "with workers=1 if memory is short"
            )
        head, payload = answer
        if "errno" in head:
            raise OSError(head["errno"], head["reason"], head["file"])
        if "error" in head:
            raise NewsIndexError(f"an indexing process failed: index again with workers=1\n{head['error']}")
        return payload


_running: Final = WeakSet[WorkerProcess]()


def _release_all_pipes() -> None:
    for process in _running:
        process.release_pipes()


if hasattr(os, "register_at_fork"):  # there is no fork on Windows
    os.register_at_fork(after_in_child=_release_all_pipes)
