"""How does a cursor say where the next page begins, to a reader that may come back after a commit?"""

from __future__ import annotations

import base64
import json
from typing import Final, NamedTuple

import numpy as np

from ..errors import QueryError
from .snapshot import Snapshot

_LONGEST_CURSOR: Final = 400  # characters; ours are a third of this
_LARGEST_KEY: Final = float(np.finfo(np.float32).max)
_MOST: Final = 1 << 32  # beyond every number of a cursor


class Place(NamedTuple):
    """Where a hit stands in the order: the smaller, the earlier."""

    key: float  # minus the score, or the time
    tie: int  # minus the time: of equal hits the newer comes first
    segment: int
    document: int


def encode_cursor(place: Place, snapshot: Snapshot, order: str) -> str:
    """The cursor of what follows a place."""
    key = "inf" if place.key == float("inf") else place.key
    body = json.dumps([snapshot.commit, order, key, place.tie, place.segment, place.document])
    return base64.urlsafe_b64encode(body.encode()).decode().rstrip("=")


def decode_cursor(cursor: str, snapshot: Snapshot, order: str) -> Place:
    """The place that a cursor names. Raises QueryError for what is no cursor, or one of another order."""
    try:
        commit, made_for, place = _read(cursor)
    except (ValueError, TypeError):
        raise QueryError(f"{cursor!r:.40} is no cursor: use the `next` of a result") from None
    if made_for != order:
        raise QueryError(f"the cursor is of a search by {made_for:.20}, not by {order}")
    if commit != snapshot.commit:  # segments may be others now: equal hits count as seen
        place = place._replace(segment=len(snapshot.segments))
    return place


def _read(cursor: str) -> tuple[int, str, Place]:
    """The commit, the sort and the place in a cursor, which anybody may have written.

    Raises ValueError or TypeError for what :func:`encode_cursor` cannot have given.
    """
    if len(cursor) > _LONGEST_CURSOR:
        raise ValueError
    body = base64.urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4))
    commit, made_for, key, tie, segment, document = json.loads(body)
    if not isinstance(made_for, str) or any(
        type(number) is not int for number in (commit, tie, segment, document)
    ):
        raise ValueError
    if min(commit, segment, document) < 0 or max(segment, document, abs(tie)) > _MOST:
        raise ValueError
    if key != "inf" and not (isinstance(key, int | float) and abs(key) <= _LARGEST_KEY):
        raise ValueError
    return commit, made_for, Place(float(key), tie, segment, document)
