"""Encodes and decodes cursors of a cluster: the state that is searched, and after which hit a page begins.

A cursor names the point in time of its page, so that any process can go on from it for as long as the
cluster keeps that state.
"""

from __future__ import annotations

import base64
import json
import zlib
from typing import Any, Final, NamedTuple

from newsindex.errors import QueryError
from newsindex.query.ranking.cursor import search_hash
from newsindex.query.ranking.search_options import MAX_LIMIT, SearchOptions

_MAX_LENGTH: Final = 200_000  # characters: a point in time names every shard
_MAX_BYTES: Final = 1_000_000  # of a cursor that is unpacked
_FIELDS: Final = 6
_SORT_VALUES: Final = 3
_MAX_VALUE: Final = 1 << 63


class ClusterCursor(NamedTuple):
    """A decoded cursor.

    ``shown`` counts the hits before the page among the best, which are scored again; the page begins there
    where ``after`` is None, and else after the hit with these sort values in the order of the cluster.
    ``newest`` is the date from which ages count in the order ``recent``.
    """

    point: str
    shown: int
    after: list[Any] | None = None
    newest: int | None = None


def encode_cursor(cursor: ClusterCursor, options: SearchOptions) -> str:
    """Returns the text of a cursor."""
    fields = [options.order, search_hash(options), *cursor]
    packed = zlib.compress(json.dumps(fields, separators=(",", ":")).encode(), 9)
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def decode_cursor(text: str, options: SearchOptions) -> ClusterCursor:
    """Decodes a cursor. Raises QueryError for text that is no cursor, and for a cursor of another search."""
    try:
        order, hashed, *values = _fields(text)
        cursor = _cursor(*values)
    except (ValueError, TypeError, zlib.error, RecursionError):
        raise QueryError(f"{text!r:.40} is no cursor: use the `next` of a result", "no_cursor") from None
    if order != options.order:
        raise QueryError(
            f"the cursor belongs to another search: its order is {order!s:.20}, not {options.order}",
            "other_cursor",
        )
    if hashed != search_hash(options):
        raise QueryError(
            "the cursor belongs to another search: use the `next` of a page with the same query and filters",
            "other_cursor",
        )
    if (cursor.newest is not None) != (options.sort == "recent"):
        raise QueryError(f"{text!r:.40} is no cursor: use the `next` of a result", "no_cursor")
    return cursor


def _fields(text: str) -> list[Any]:
    """The fields of a cursor, which anybody may have written. Raises ValueError, TypeError or zlib.error."""
    if len(text) > _MAX_LENGTH:
        raise ValueError
    packed = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), b"-_", validate=True)
    unpacking = zlib.decompressobj()
    fields = json.loads(unpacking.decompress(packed, _MAX_BYTES))
    if not unpacking.eof:
        raise ValueError
    if not isinstance(fields, list) or len(fields) != _FIELDS:
        raise ValueError
    return fields


def _cursor(point: object, shown: object, after: object, newest: object) -> ClusterCursor:
    """A cursor from its fields. Raises ValueError for what :func:`encode_cursor` cannot have given."""
    if not isinstance(point, str) or not point:
        raise ValueError
    if type(shown) is not int or not 0 <= shown <= MAX_LIMIT:
        raise ValueError
    if newest is not None and (type(newest) is not int or abs(newest) >= _MAX_VALUE):
        raise ValueError
    if after is None:
        return ClusterCursor(point, shown, None, newest)
    if not isinstance(after, list) or not 1 <= len(after) <= _SORT_VALUES or not all(map(_is_value, after)):
        raise ValueError
    if None in after[:-1]:  # only an id may be missing, one that is too long to sort by
        raise ValueError
    return ClusterCursor(point, shown, after, newest)


def _is_value(value: object) -> bool:
    """Whether a value may be one by which the cluster sorts."""
    if value is None or isinstance(value, str):
        return True
    return type(value) in (int, float) and abs(value) <= _MAX_VALUE  # type: ignore[arg-type]
