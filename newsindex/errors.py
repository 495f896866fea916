"""The errors that newsindex raises on purpose, drawn as a tree.

::

    NewsIndexError
    ├── IndexNotFound      no index in that folder
    ├── IndexExists        an index is already in that folder
    ├── IndexLocked        another writer holds the index
    ├── IndexCorrupt       bytes on disk are not what was written
    ├── IndexTooOld        written in an older format than this version reads
    ├── IndexTooNew        written in a newer format than this version knows
    ├── AnalyzerMismatch   written with another analysis of French
    ├── ClusterUnavailable  a cluster does not answer, or answers in part
    ├── AccessDenied       a cluster does not know the user, or the user lacks a right
    ├── AlertExists        an alert has that name already
    ├── AlertNotFound      no alert has that name
    ├── NotificationError  a digest of alerts did not go out
    ├── ExtraNotInstalled  a library of an extra is missing
    ├── QueryError         a query beyond the limits, or a bad search setting
    │   └── CursorExpired  a cursor of a page that the index has forgotten
    ├── DeadlineExceeded   a search that took longer than its caller allowed
    └── CorpusError        a file or record that cannot become an article

An argument of the wrong Python type is a mistake of the calling program, and raises TypeError.
"""

from __future__ import annotations


class NewsIndexError(Exception):
    """Root of every error that newsindex raises on purpose."""


class IndexNotFound(NewsIndexError):
    """There is no index in the folder that was named."""


class IndexExists(NewsIndexError):
    """There is an index in the folder already."""


class IndexLocked(NewsIndexError):
    """Another writer holds the index; the message names it."""


class IndexCorrupt(NewsIndexError):
    """Bytes on disk are not what was written; the message names the file."""


class IndexTooOld(NewsIndexError):
    """The index is in an older format than this version of newsindex reads."""


class IndexTooNew(NewsIndexError):
    """The index is in a newer format than this version of newsindex knows."""


class AnalyzerMismatch(NewsIndexError):
    """The index was written with another analysis than the one searching it."""


class ClusterUnavailable(NewsIndexError):
    """The cluster of an index does not answer, cannot do the request now, or answers in part only."""


class AccessDenied(NewsIndexError):
    """The cluster of an index does not know the user, or the user lacks a right, which the message names."""


class AlertExists(NewsIndexError):
    """The index has an alert of that name already."""


class AlertNotFound(NewsIndexError):
    """The index has no alert of that name."""


class NotificationError(NewsIndexError):
    """A digest of alerts did not go out; what it tells is kept until it does."""


class ExtraNotInstalled(NewsIndexError):
    """A library is missing that an extra of newsindex brings; the message names both."""


class QueryError(NewsIndexError):
    """A query is beyond a limit, or a search setting makes no sense.

    ``kind`` names what is wrong and ``values`` are the names, words and numbers in the message, so that a
    page can say the same in another language. Where no reader of a page can cause it, ``kind`` is empty.
    """

    def __init__(self, message: str, kind: str = "", *values: object) -> None:
        super().__init__(message)
        self.kind = kind
        self.values = values


class CursorExpired(QueryError):
    """The cursor of a page whose state of the index is not kept any more: search again from the first."""


class DeadlineExceeded(NewsIndexError):
    """A search took longer than its ``timeout``, or than the server allows."""


class CorpusError(NewsIndexError):
    """A file or record cannot become an article.

    ``file`` is the path as given (``-`` for standard input), ``line`` counts from 1, and ``record``
    names the record within the file, as in "record 3", "row 12" or "entry 2". Each is None where it
    has no meaning. ``reason`` says what is wrong, without the place.
    """

    def __init__(
        self, reason: str, file: str | None = None, line: int | None = None, *, record: str | None = None
    ) -> None:
        self.reason = reason
        self.file = file
        self.line = line
        self.record = record
        place = file or ""
        if line is not None:
            place = f"{place}:{line}" if place else f"line {line}"
        super().__init__(": ".join([*filter(None, (place, record)), reason]))
