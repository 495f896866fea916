"""Encodes and decodes cursors, the opaque text that says after which hit the next page begins.

A cursor records the position of the last hit of a page in the order of the search. It holds through commits:
it also records a hash of that article's id, by which the article is found again where segments have changed,
and the date from which ages count. It belongs to one search: it records the order, and a hash of the query
and its filters.
"""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Final, NamedTuple

import numpy as np

from newsindex.errors import QueryError
from newsindex.query.evaluation.snapshot import Snapshot

from .search_options import SearchOptions

_MAX_LENGTH: Final = 400  # characters; a cursor of newsindex has about half of them
_MAX_KEY: Final = float(np.finfo(np.float32).max)
_MAX_INTEGER: Final = 1 << 32  # no number in a cursor is larger, the commit and the hash of the id aside
_FIELDS: Final = 10
_FIELDS_OF_EARLIER_VERSIONS: Final = (7, 9)  # the last of which recorded no part of the order
BEST: Final = 0
"""The part of the matches that the second stage of the ranking sorts anew."""
LATER: Final = 1
"""The part of the matches after those, and of all matches where there is no second stage."""


class SortPosition(NamedTuple):
    """The position of a hit in the order of a search; positions compare as the hits are ordered."""

    part: int  # BEST or LATER
    key: float  # minus the score, or the time in the direction of the sort
    tie_break: int  # minus the time: of hits with equal keys the newer comes first
    segment: int
    document: int


class Cursor(NamedTuple):
    """A decoded cursor.

    ``position`` is that of the last hit before the page. ``moved_id_hash`` is the hash of that article's id
    where commits have come since, so that its position may be another one now; else None. ``newest`` is the
    date from which ages count in the order ``recent``, in minutes; None in other orders.
    """

    position: SortPosition
    moved_id_hash: int | None
    newest: int | None


def encode_cursor(
    position: SortPosition, snapshot: Snapshot, options: SearchOptions, newest: int | None
) -> str:
    """Returns the cursor of the page that follows a hit at this position."""
    part, key, tie_break, segment, document = position
    id_hash = snapshot.segments[segment].id_hash_of(document)
    body = json.dumps(
        [
            snapshot.commit, options.order, search_hash(options), newest,
            part, "inf" if key == float("inf") else key, tie_break, segment, document, id_hash,
        ]
    )  # fmt: skip
    return base64.urlsafe_b64encode(body.encode()).decode().rstrip("=")


def decode_cursor(text: str, snapshot: Snapshot, options: SearchOptions) -> Cursor:
    """Decodes a cursor. Raises QueryError for text that is no cursor, and for a cursor of another search."""
    try:
        fields = _fields(text)
        if len(fields) in _FIELDS_OF_EARLIER_VERSIONS:
            raise QueryError(
                "the cursor is of an earlier version of newsindex: begin again at the first page",
                "cursor_expired",
            )
        commit, order, hashed, *numbers = fields
        cursor = _cursor(*numbers)
        if type(commit) is not int or commit < 0 or not isinstance(order, str):
            raise ValueError
    except (ValueError, TypeError):
        raise QueryError(f"{text!r:.40} is no cursor: use the `next` of a result", "no_cursor") from None
    if order != options.order:
        raise QueryError(
            f"the cursor belongs to another search: its order is {order:.20}, not {options.order}",
            "other_cursor",
        )
    if hashed != search_hash(options):
        raise QueryError(
            "the cursor belongs to another search: use the `next` of a page with the same query and filters",
            "other_cursor",
        )
    if (cursor.newest is not None) != (options.sort == "recent"):
        raise QueryError(f"{text!r:.40} is no cursor: use the `next` of a result", "no_cursor")
    if commit == snapshot.commit:
        return cursor._replace(moved_id_hash=None)
    # Segments may have other numbers now, so hits with an equal key count as seen.
    return cursor._replace(position=cursor.position._replace(segment=len(snapshot.segments)))


def search_hash(options: SearchOptions) -> str:
    """A hash of the query and the filters of a search."""
    return hashlib.blake2b(ascii(options.scope).encode(), digest_size=8).hexdigest()


def _fields(text: str) -> list[object]:
    """The fields of a cursor, which anybody may have written. Raises ValueError or TypeError."""
    if len(text) > _MAX_LENGTH:
        raise ValueError
    fields = json.loads(base64.urlsafe_b64decode(text.encode() + b"=" * (-len(text) % 4)))
    if not isinstance(fields, list) or len(fields) not in (_FIELDS, *_FIELDS_OF_EARLIER_VERSIONS):
        raise ValueError
    return fields


def _cursor(
    newest: object,
    part: object,
    key: object,
    tie_break: object,
    segment: object,
    document: object,
    id_hash: object,
) -> Cursor:
    """A cursor from its fields. Raises ValueError for what :func:`encode_cursor` cannot have given."""
    if key == "inf":
        key = float("inf")
    elif not isinstance(key, int | float) or not abs(key) <= _MAX_KEY:
        raise ValueError
    position = SortPosition(
        _integer(part, maximum=LATER), float(key), _integer(tie_break, -_MAX_INTEGER),
        _integer(segment), _integer(document),
    )  # fmt: skip
    newest = None if newest is None else _integer(newest, -_MAX_INTEGER)
    return Cursor(position, _integer(id_hash, maximum=(1 << 64) - 1), newest)


def _integer(value: object, minimum: int = 0, maximum: int = _MAX_INTEGER) -> int:
    """The value, where it is an integer within bounds. Raises ValueError."""
    if type(value) is not int or not minimum <= value <= maximum:
        raise ValueError
    return value
