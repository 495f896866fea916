"""How does a cursor say where the next page begins, to a reader that may come back after a commit?"""

from __future__ import annotations

import base64
import json
from typing import Final, NamedTuple

import numpy as np

from newsindex.errors import QueryError
from newsindex.query.evaluation.snapshot import Snapshot

_LONGEST_CURSOR: Final = 400  # characters; ours are a third of this
_LARGEST_KEY: Final = float(np.finfo(np.float32).max)
_MOST: Final = 1 << 32  # beyond every number of a cursor


class SortPosition(NamedTuple):
    """Where a hit stands in the order: the smaller, the earlier."""

    key: float  # minus the score, or the time
    tie: int  # minus the time: of equal hits the newer comes first
    segment: int
    document: int


def encode_cursor(place: SortPosition, snapshot: Snapshot, order: str) -> str:
    """The cursor of what follows a place."""
    key = "inf" if place.key == float("inf") else place.key
    last = snapshot.segments[place.segment].id_hash_of(place.document)
    body = json.dumps([snapshot.commit, order, key, place.tie, place.segment, place.document, last])
    return base64.urlsafe_b64encode(body.encode()).decode().rstrip("=")


class Cursor(NamedTuple):
    """What a cursor says: the last place before it, and the hash of the id of the article there where commits
    have come since, so that it may have another place now."""

    place: SortPosition
    moved: int | None


def decode_cursor(cursor: str, snapshot: Snapshot, order: str) -> Cursor:
    """What a cursor says. Raises QueryError for what is no cursor, or one of another order."""
    try:
        commit, made_for, place, last = _read(cursor)
    except (ValueError, TypeError):
        raise QueryError(f"{cursor!r:.40} is no cursor: use the `next` of a result") from None
    if made_for != order:
        raise QueryError(f"the cursor is of a search by {made_for:.20}, not by {order}")
    if commit != snapshot.commit:  # segments may be others now: equal hits count as seen
        return Cursor(place._replace(segment=len(snapshot.segments)), last)
    return Cursor(place, None)


def _read(cursor: str) -> tuple[int, str, SortPosition, int]:
    """The commit, the sort, the place and the hash of an id in a cursor, which anybody may have written.

    Raises ValueError or TypeError for what :func:`encode_cursor` cannot have given.
    """
    if len(cursor) > _LONGEST_CURSOR:
        raise ValueError
    body = base64.urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4))
    commit, made_for, key, tie, segment, document, last = json.loads(body)
    whole = (commit, tie, segment, document, last)
    if not isinstance(made_for, str) or any(type(number) is not int for number in whole):
        raise ValueError
    if min(commit, segment, document, last) < 0 or max(segment, document, abs(tie)) > _MOST or last >> 64:
        raise ValueError
    if key != "inf" and not (isinstance(key, int | float) and abs(key) <= _LARGEST_KEY):
        raise ValueError
    return commit, made_for, SortPosition(float(key), tie, segment, document), last
