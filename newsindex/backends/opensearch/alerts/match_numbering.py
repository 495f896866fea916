"""The sequence numbers of matches, which grow in the order in which matches can be seen.

A writer takes a block of numbers before it writes matches with them, and gives the block back afterwards.
Until then no later number can be seen either. So whoever acknowledges all matches up to one that was shown
acknowledges none that was not there yet. A block of a program that was stopped ends by itself.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, NamedTuple
from uuid import uuid4

from newsindex.backends.opensearch.connection import Connection
from newsindex.errors import ClusterUnavailable

from .alert_layout import SEQUENCE_ID, alerts_index
from .conditional_writes import (
    MAX_ATTEMPTS,
    Stored,
    Write,
    pause_after_conflict,
    read_documents,
    write_documents,
)

_BLOCK_SECONDS: Final = 15.0
"""A block that was not given back for so long is taken for one of a program that was stopped."""


class Numbers(NamedTuple):
    """The last number that was given out, and the last one up to which all matches can be seen."""

    last: int
    visible: int


class MatchNumbering:
    """Gives out sequence numbers; any number of programs may take some."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._index = alerts_index(connection.address.index)

    def read(self) -> Numbers:
        """The numbers as of this moment."""
        state = self._state()[0]
        visible = min((block["first"] - 1 for block in state["open"]), default=state["last"])
        return Numbers(state["last"], visible)

    @contextmanager
    def block(self, size: int) -> Iterator[int]:
        """Takes so many numbers for the block of code, in which the matches are written; gives the first."""
        name = uuid4().hex

        def take(state: dict[str, Any]) -> int:
            for block in state["open"]:
                if block["name"] == name:  # an answer was lost
                    return int(block["first"])
            first = state["last"] + 1
            state["open"].append({"name": name, "first": first, "until": time.time() + _BLOCK_SECONDS})
            state["last"] += size
            return int(first)

        def give_back(state: dict[str, Any]) -> int:
            state["open"] = [block for block in state["open"] if block["name"] != name]
            return 0

        first = self._change(take)
        try:
            yield first
        finally:
            self._change(give_back)

    def _change(self, change: Any) -> int:
        for attempt in range(MAX_ATTEMPTS):
            state, stored = self._state()
            result = int(change(state))
            place = None if stored is None else stored.place
            if not write_documents(
                self._connection, self._index, [Write(SEQUENCE_ID, {"alert": state}, place)]
            ):
                return result
            pause_after_conflict(attempt)
        raise ClusterUnavailable(
            f"too many programs number matches of {self._connection.name} at once: try again"
        )

    def _state(self) -> tuple[dict[str, Any], Stored | None]:
        """The numbering without the blocks that have ended by themselves, and its document."""
        (stored,) = read_documents(self._connection, self._index, [SEQUENCE_ID])
        if stored is None:
            return {"last": 0, "open": []}, None
        state = stored.source["alert"]
        now = time.time()
        return {
            "last": state["last"],
            "open": [block for block in state["open"] if block["until"] > now],
        }, stored
