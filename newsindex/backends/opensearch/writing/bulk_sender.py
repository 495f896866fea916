"""Sends changes to a cluster in bulk: what it cannot do now is tried again, and each change has its result.

Every change has a version, the time at which it was made; an older one never replaces a newer one. So a
change that may or may not have been made before an answer was lost can be sent again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Final, NamedTuple

from newsindex.errors import ClusterUnavailable

from ..connection import Connection, json_line
from ..index_record import Places, read_places
from ..layout import document_id
from ..patience import PATIENCE, Pauses, patiently
from ..refusals import PassingRefusal, Refusal, passes, short

_THREADS: Final = 2
_MAX_WAITING: Final = 4  # batches, of which as many are being sent as there are threads
_NO_ALIAS: Final = ("index_not_found_exception", "invalid_index_name_exception")
"""The errors where an alias is gone: of an article that is added, and of one that is deleted."""
_NO_MEMORY: Final = "circuit_breaking_exception"
_MAX_BYTES: Final = 8 << 20  # of one request


class Change(NamedTuple):
    """A change of one article; ``source`` is its document as JSON, None to delete it."""

    article_id: str
    version: int
    source: bytes | None

    def operation(self, alias: str) -> bytes:
        """The lines of the bulk request for the change."""
        action = {
            "_index": alias,
            "_id": document_id(self.article_id),
            "version": self.version,
            "version_type": "external_gte",
        }
        if self.source is None:
            return json_line({"delete": action})
        return json_line({"index": action}) + self.source + b"\n"


class _PlacesMoved(Exception):
    """An alias by which articles are written is another one now."""


class BulkSender:
    """Sends batches of changes in some threads, as many at once as there is room for."""

    def __init__(
        self,
        connection: Connection,
        places: Places,
        *,
        on_sent: Callable[[Sequence[Change]], None],
        on_refused: Callable[[Change, str], None],
        on_moved: Callable[[Places], None] = lambda places: None,
        aliases: Sequence[str] | None = None,
        patience: float = PATIENCE,
    ) -> None:
        """``on_sent`` is told the changes of a batch that are kept.

        ``on_refused`` is told each change that the cluster does not take, and its reason, and ``on_moved``
        where articles are written from now on.

        With ``aliases``, the changes go to these alone, and none of them may go away.
        """
        self._connection = connection
        self._places = places
        self._on_sent, self._on_refused, self._on_moved = on_sent, on_refused, on_moved
        self._aliases = aliases
        self._patience = patience
        self._lock = threading.Lock()
        self._executor = ThreadPoolExecutor(_THREADS, "newsindex-bulk")
        self._running: list[Future[None]] = []
        self._is_closed = threading.Event()

    def submit(self, changes: Sequence[Change]) -> None:
        """Sends changes, no two of one article, as soon as there is room; waits until then.

        Raises what went wrong with earlier ones.
        """
        while len(self._running) >= _MAX_WAITING:
            self._running.pop(0).result()
        self._running.append(self._executor.submit(self._send, changes))

    def wait(self) -> None:
        """Returns when all changes are kept or refused. Raises ClusterUnavailable."""
        while self._running:
            self._running.pop(0).result()

    def close(self) -> None:
        """Gives up the batches that are not being sent yet, and tries none again."""
        self._is_closed.set()
        self._executor.shutdown(cancel_futures=True)

    def _send(self, changes: Sequence[Change]) -> None:
        for batch in _batches(changes):
            self._send_everywhere(batch)

    def _send_everywhere(self, changes: Sequence[Change]) -> None:
        """Makes changes in every index where they belong, one after the other, however often these move."""
        while True:
            places = self._places
            left = list(changes)
            taken: list[Change] = []
            try:
                for alias in self._aliases or places.aliases:
                    taken = []
                    self._send_to(alias, left, taken)
                    left = taken
            except _PlacesMoved:
                self._move(places)
            except (ClusterUnavailable, Refusal):
                self._on_sent(taken)  # these are kept, and the error says how many are
                raise
            else:
                self._on_sent(left)
                return

    def _move(self, old: Places) -> None:
        """Finds out where articles are written now."""
        with self._lock:
            if self._places == old:
                self._places = patiently(lambda: read_places(self._connection), self._patience)
                self._on_moved(self._places)

    def _send_to(self, alias: str, changes: Sequence[Change], taken: list[Change]) -> None:
        """Makes changes by way of one alias; adds those that it takes to ``taken``."""
        pauses = Pauses(self._patience, self._is_closed)
        left = list(changes)
        size = len(left)
        while left:
            some, rest = left[:size], left[size:]
            try:
                results = self._connection.bulk(b"".join(change.operation(alias) for change in some))
            except ClusterUnavailable as error:
                left = self._wait(pauses, error, some) + rest
                continue
            except Refusal as refusal:
                if refusal.status != 413:
                    raise
                if len(some) == 1:
                    self._on_refused(some[0], "it is larger than the cluster takes")
                    left = rest
                else:
                    size = len(some) // 2
                continue
            again = self._sort_out(some, results, taken)
            if again:
                again = self._wait(pauses, self._busy_error(results), again, len(again) < len(some))
            else:
                pauses.reset()
            left = again + rest

    def _wait(
        self,
        pauses: Pauses,
        error: ClusterUnavailable,
        changes: Sequence[Change],
        has_progress: bool = False,
    ) -> list[Change]:
        """Pauses before changes are sent again, and returns them.

        Once patience is over, the error is raised, but for one large article, which is refused.
        """
        try:
            pauses.wait(error, has_progress=has_progress)
        except PassingRefusal as refusal:
            if refusal.kind != _NO_MEMORY or len(changes) > 1 or len(changes[0].source or b"") <= _MAX_BYTES:
                raise
            self._on_refused(changes[0], "the cluster has not enough memory for an article of its size")
            pauses.reset()
            return []
        return list(changes)

    def _sort_out(
        self, changes: Sequence[Change], results: Sequence[dict[str, Any]], taken: list[Change]
    ) -> list[Change]:
        """Sorts the results of changes; returns those that must be sent again.

        Raises _PlacesMoved, and a Refusal where the cluster forbids changes, whichever article they are of.
        """
        again = []
        forbidden: dict[str, Any] | None = None
        for change, result in zip(changes, results, strict=True):
            status, error = result["status"], result.get("error") or {}
            if status < 300 or status == 409 or (status == 404 and not error):
                taken.append(change)  # 409: a newer change has come first; 404: there was nothing to delete
            elif error.get("type") in _NO_ALIAS:
                if self._aliases is None:
                    raise _PlacesMoved
                raise self._connection.refusal(404, error)
            elif passes(status, error.get("type")) or "write (api)" in str(error.get("reason")):
                again.append(change)  # the latter for as long as a rebuild begins
            elif status in (401, 403):
                forbidden = result
            else:
                self._on_refused(change, _reason(error))
        if forbidden is not None:
            raise self._connection.refusal(forbidden["status"], forbidden.get("error"))
        return again

    def _busy_error(self, results: Sequence[dict[str, Any]]) -> ClusterUnavailable:
        error = next((result["error"] for result in results if result.get("error")), None)
        busy = self._connection.refusal(429, error)
        assert isinstance(busy, ClusterUnavailable)
        return busy


def _reason(error: dict[str, Any]) -> str:
    cause = error.get("caused_by") or {}
    said = ": ".join(str(part) for part in (error.get("reason"), cause.get("reason")) if part)
    return short(said)


def _batches(changes: Sequence[Change]) -> Iterable[list[Change]]:
    """Changes in batches of bounded size."""
    batch: list[Change] = []
    size = 0
    for change in changes:
        added = len(change.source or b"")
        if batch and size + added > _MAX_BYTES:
            yield batch
            batch, size = [], 0
        batch.append(change)
        size += added
    if batch:
        yield batch
