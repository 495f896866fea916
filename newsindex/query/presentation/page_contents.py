"""Reads what the hits of one page show, all of it at the first look at any of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from newsindex.article import Article
from newsindex.query.evaluation.snapshot import DocumentAddress, Snapshot
from newsindex.query.ranking.ranked_page import RankedPage
from newsindex.query.syntax.nodes import QueryNode
from newsindex.storage.stored_articles import restore_article
from newsindex.storage.text_store import unpack_text

from .highlights import HighlightTerms, highlight_terms
from .shown_documents import ShownDocument, show_documents


class _Request(NamedTuple):
    """What is read, and of what; it is let go once that is done, and with it the segments."""

    snapshot: Snapshot
    tree: QueryNode
    documents: Sequence[DocumentAddress]
    duplicates: Sequence[Sequence[DocumentAddress]]
    highlight: bool


class _Hit(NamedTuple):
    """What was read of one hit."""

    shown: ShownDocument
    duplicates: Sequence[bytes]  # their stored texts


class PageContents:
    """The articles, the marked headlines and the snippets of one page; threads may share it.

    Threads that look at an unread page at once may each read it, and get the contents of the one that was
    the first to end. An article is made of its stored text when it is asked for.
    """

    def __init__(self, snapshot: Snapshot, tree: QueryNode, page: RankedPage, *, highlight: bool) -> None:
        documents = [DocumentAddress(hit.position.segment, hit.position.document) for hit in page.hits]
        duplicates = [page.duplicates.get(address, ()) for address in documents]
        self._request: _Request | None = _Request(snapshot, tree, documents, duplicates, highlight)
        self._zone: Final = snapshot.zone
        self._read: dict[str, Sequence[_Hit]] = {}

    def value(self, place: int, name: str) -> object:
        """Returns the attribute of a hit by its name. Raises IndexCorrupt and DeadlineExceeded."""
        hit = self.read()[place]
        if name == "article":
            return self._article(hit.shown.packed_text)
        if name == "duplicates":
            return tuple([self._article(packed) for packed in hit.duplicates])
        return getattr(hit.shown, name)

    def read(self) -> Sequence[_Hit]:
        """Reads the page, unless it has been read. Raises IndexCorrupt and DeadlineExceeded."""
        request = self._request  # taken before what was read is looked for: see below
        hits = self._read.get("hits")
        if hits is None:
            assert request is not None
            hits = self._read.setdefault("hits", _read(request))  # the first thread's
            self._request = None
        return hits

    def _article(self, packed: bytes) -> Article:
        return restore_article(unpack_text(packed), self._zone)


def _read(request: _Request) -> Sequence[_Hit]:
    snapshot = request.snapshot
    sought = highlight_terms(request.tree, snapshot) if request.highlight else HighlightTerms()
    shown = show_documents(snapshot, sought, request.documents)
    return [
        _Hit(
            document, [snapshot.segments[address.segment].packed_text(address.document) for address in hidden]
        )
        for document, hidden in zip(shown, request.duplicates, strict=True)
    ]
