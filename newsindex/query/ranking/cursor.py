"""Cursors: opaque text that says after which hit the next page begins.

A cursor records the position of the last hit of a page in the order of the search. It holds through commits:
it also records a hash of that article's id, by which the article is found again where segments have changed.
"""

from __future__ import annotations

import base64
import json
from typing import Final, NamedTuple

import numpy as np

from newsindex.errors import QueryError
from newsindex.query.evaluation.snapshot import Snapshot

_MAX_LENGTH: Final = 400  # characters; a cursor of newsindex has about a third of them
_MAX_KEY: Final = float(np.finfo(np.float32).max)
_MAX_INTEGER: Final = 1 << 32  # no number in a cursor is larger, the commit and the hash aside


class SortPosition(NamedTuple):
    """The position of a hit in the order of a search; positions compare as the hits are ordered."""

    key: float  # minus the score, or the time in the direction of the sort
    tie_break: int  # minus the time: of hits with equal keys the newer comes first
    segment: int
    document: int


class Cursor(NamedTuple):
    """A decoded cursor: the position of the last hit before the page, and the hash of that article's id where
    commits have come since, so that its position may be another one now; else None."""

    position: SortPosition
    moved_id_hash: int | None


def encode_cursor(position: SortPosition, snapshot: Snapshot, order: str) -> str:
    """Return the cursor of the page that follows a hit at this position."""
    key = "inf" if position.key == float("inf") else position.key
    id_hash = snapshot.segments[position.segment].id_hash_of(position.document)
    _, tie_break, segment, document = position
    body = json.dumps([snapshot.commit, order, key, tie_break, segment, document, id_hash])
    return base64.urlsafe_b64encode(body.encode()).decode().rstrip("=")


def decode_cursor(cursor: str, snapshot: Snapshot, order: str) -> Cursor:
    """Decode a cursor. Raises QueryError for text that is no cursor, and for a cursor of another order."""
    try:
        commit, cursor_order, position, id_hash = _read(cursor)
    except (ValueError, TypeError):
        raise QueryError(f"{cursor!r:.40} is no cursor: use the `next` of a result") from None
    if cursor_order != order:
        raise QueryError(f"the cursor is of a search by {cursor_order:.20}, not by {order}")
    if commit != snapshot.commit:  # segments may have other numbers now: hits with an equal key count as seen
        return Cursor(position._replace(segment=len(snapshot.segments)), id_hash)
    return Cursor(position, None)


def _read(cursor: str) -> tuple[int, str, SortPosition, int]:
    """Read commit, order, position and hash of the id from a cursor, which anybody may have written.

    Raises ValueError or TypeError for what :func:`encode_cursor` cannot have given.
    """
    if len(cursor) > _MAX_LENGTH:
        raise ValueError
    body = base64.urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4))
    commit, order, key, tie_break, segment, document, id_hash = json.loads(body)
    integers = (commit, tie_break, segment, document, id_hash)
    if not isinstance(order, str) or any(type(number) is not int for number in integers):
        raise ValueError
    if min(commit, segment, document, id_hash) < 0 or id_hash >> 64:
        raise ValueError
    if max(segment, document, abs(tie_break)) > _MAX_INTEGER:
        raise ValueError
    if key != "inf" and not (isinstance(key, int | float) and abs(key) <= _MAX_KEY):
        raise ValueError
    return commit, order, SortPosition(float(key), tie_break, segment, document), id_hash
