"""The matches of one article, as one document of the cluster.

A change of an article is noted before it is sent: which alerts its new version fits, and which its earlier
one did. Once the article that the index has is that version, the note is carried out (``settlement.py``),
by its writer or by whoever looks at the alerts first. So a program that is stopped between loses nothing.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from newsindex.backends.opensearch.layout import document_id
from newsindex.dates.minutes import UNDATED

from .conditional_writes import Place, Stored, Write
from .signature_bands import Signature, bands

DELETED: Final = ""
"""The content hash of an article that the index does not have."""
_KEPT_NANOSECONDS: Final = 24 * 3600 * 10**9
"""A note of a change that was not made for so long is dropped."""


@dataclass
class AlertMatch:
    """A match of an alert.

    ``folded`` is the article of whose match it is a copy, and ``writer`` names the writer that noted it.
    """

    sequence: int
    folded: str | None = None
    is_seen: bool = False
    commit: int = 0
    writer: str = ""


@dataclass
class Intent:
    """The note of a change.

    ``fits`` are the alerts that the new version matches, ``fitted`` those that its earlier version did, and
    ``unknown`` those that could not be run. ``order`` is the place of the change among those of its writer,
    and ``version`` its time in nanoseconds.
    """

    content_hash: str
    version: int
    writer: str
    order: int
    fits: list[int] = field(default_factory=list)
    fitted: list[int] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)
    minutes: int = UNDATED
    signature: Signature | None = None


class ArticleMatches:
    """The matches of an article by alert, and the notes of its changes, the oldest first."""

    def __init__(self, article: str, stored: Stored | None = None) -> None:
        """``stored`` is the document, None where there is none."""
        record: dict[str, Any] = {} if stored is None else stored.source["record"]
        self.article = article
        self.key = document_id(article)
        self.place: Place | None = None if stored is None else stored.place
        self.matches = {int(alert): AlertMatch(**values) for alert, values in record.get("matches", ())}
        self.intents = [Intent(**_with_signature(values)) for values in record.get("intents", ())]
        self.minutes = int(record.get("minutes", UNDATED))
        self.signature = _signature(record.get("signature"))

    @classmethod
    def restored(cls, stored: Stored) -> ArticleMatches:
        """The matches in a document."""
        return cls(stored.source["record"]["article"], stored)

    def is_concerned(self, intent: Intent) -> bool:
        """Whether a change may change the matches."""
        return bool(self.matches or self.intents or {*intent.fits} - {*intent.fitted})

    def note(self, intent: Intent) -> None:
        """Notes a change that is about to be made.

        What another change tells, whose note is not carried out yet, is told by this one too: where it comes
        in between, its note is not carried out any more.
        """
        oldest = time.time_ns() - _KEPT_NANOSECONDS
        untold = {alert for one in self.intents for alert in {*one.fits} - {*one.fitted}}
        intent.fitted = [alert for alert in intent.fitted if alert not in untold]
        self.intents = [
            one for one in self.intents if one.content_hash != intent.content_hash and one.version > oldest
        ]
        self.intents.append(intent)

    def made(self, content_hash: str) -> Intent | None:
        """The note of the change that made the content that the index has, None where there is none."""
        return next((one for one in self.intents if one.content_hash == content_hash), None)

    def strike(self, intent: Intent) -> None:
        """Regards a change as carried out, and the earlier ones too."""
        self.intents = self.intents[self.intents.index(intent) + 1 :]
        if intent.content_hash != DELETED:
            self.minutes, self.signature = intent.minutes, intent.signature

    @property
    def last(self) -> int:
        """The highest sequence number of the matches."""
        return max((match.sequence for match in self.matches.values()), default=0)

    @property
    def first(self) -> int:
        """The lowest sequence number of the matches that are neither folded nor acknowledged, else 0."""
        return min((match.sequence for _, match in self.new(self.last)), default=0)

    def new(self, visible: int) -> Iterator[tuple[int, AlertMatch]]:
        """The alerts and their matches that are neither folded nor acknowledged, up to a sequence number."""
        for alert, match in self.matches.items():
            if match.sequence <= visible and not (match.is_seen or match.folded):
                yield alert, match

    def write(self) -> Write:
        """The write that keeps the matches; it deletes a document that holds nothing any more."""
        if not self.matches and not self.intents:
            return Write(self.key, None, self.place)
        return Write(self.key, self._source(), self.place)

    def _source(self) -> dict[str, Any]:
        matches = self.matches.items()
        new = [alert for alert, _ in self.new(self.last)]
        under = {document_id(match.folded) for match in self.matches.values() if match.folded}
        source: dict[str, Any] = {
            "key": self.key,
            "alerts": sorted(self.matches),
            "new": sorted(new),
            "unseen": sorted(alert for alert, match in matches if not match.is_seen),
            "under": sorted(under),
            "last": self.last,
            "is_pending": bool(self.intents),
            "minutes": self.minutes,
            "record": {
                "article": self.article,
                "matches": [[alert, vars(match)] for alert, match in matches],
                "intents": [_written(intent) for intent in self.intents],
                "minutes": self.minutes,
                "signature": self.signature and self.signature.written(),
            },
        }
        if new:
            source["first"] = self.first
        if self.signature is not None and self.matches:
            source["bands"] = bands(self.signature)
            source["signature"] = " ".join(self.signature.written())
        return source


def _signature(written: Any) -> Signature | None:
    return None if written is None else Signature.read(written)


def _written(intent: Intent) -> dict[str, Any]:
    return {**vars(intent), "signature": intent.signature and intent.signature.written()}


def _with_signature(values: dict[str, Any]) -> dict[str, Any]:
    return {**values, "signature": _signature(values["signature"])}
