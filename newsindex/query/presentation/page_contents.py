"""Reads what the hits of one page show, all of it at the first look at any of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from newsindex.article import Article
from newsindex.query.evaluation.snapshot import DocumentAddress, Snapshot
from newsindex.query.ranking.ranked_page import RankedPage
from newsindex.query.ranking.result_order import RankedHit
from newsindex.query.syntax.nodes import QueryNode
from newsindex.results import Snippet
from newsindex.storage.stored_articles import restore_article
from newsindex.storage.text_store import unpack_text

from .highlights import HighlightTerms, highlight_terms
from .shown_documents import ShownDocument, show_documents, snippets_of


class _Request(NamedTuple):
    """What is read, and of what; it is let go once that is done, and with it the segments."""

    snapshot: Snapshot
    tree: QueryNode
    hits: Sequence[RankedHit]
    duplicates: Mapping[DocumentAddress, Sequence[DocumentAddress]]
    highlight: bool


class _Page(NamedTuple):
    """What was read of the hits, by their places."""

    shown: Sequence[ShownDocument]
    duplicates: Sequence[Sequence[bytes]]  # their stored texts; empty where no hit has any


class PageContents:
    """The articles, the marked headlines and the snippets of one page; threads may share it.

    Threads that look at an unread page at once may each read it, and get the contents of the one that was
    the first to end. An article is made of its stored text when it is asked for.
    """

    def __init__(self, snapshot: Snapshot, tree: QueryNode, page: RankedPage, *, highlight: bool) -> None:
        self._request: _Request | None = _Request(snapshot, tree, page.hits, page.duplicates, highlight)
        self._zone: Final = snapshot.zone
        self._page: dict[str, _Page] = {}

    def texts(self, place: int) -> tuple[Snippet, Snippet]:
        """Returns the headline and the snippet of a hit. Raises IndexCorrupt and DeadlineExceeded."""
        return snippets_of(self.read().shown[place])

    def article(self, place: int) -> Article:
        """Returns the article of a hit. Raises IndexCorrupt and DeadlineExceeded."""
        return self._article(self.read().shown[place][0])

    def duplicates(self, place: int) -> tuple[Article, ...]:
        """Returns the articles behind a hit. Raises IndexCorrupt and DeadlineExceeded."""
        hidden = self.read().duplicates
        return tuple(map(self._article, hidden[place])) if hidden else ()

    def read(self) -> _Page:
        """Reads the page, unless it has been read. Raises IndexCorrupt and DeadlineExceeded."""
        request = self._request  # looked up before the page, which is there once the request is gone
        page = self._page.get("read")
        if page is None:
            assert request is not None
            page = self._page.setdefault("read", _read(request))  # of several threads the first one's
            self._request = None
        return page

    def _article(self, packed: bytes) -> Article:
        return restore_article(unpack_text(packed), self._zone)


def _read(request: _Request) -> _Page:
    snapshot = request.snapshot
    sought = highlight_terms(request.tree, snapshot) if request.highlight else HighlightTerms()
    documents = [hit.position[-2:] for hit in request.hits]
    duplicates = request.duplicates
    hidden = [duplicates.get(DocumentAddress(*document), ()) for document in documents] if duplicates else ()
    return _Page(
        show_documents(snapshot, sought, documents),
        [
            [snapshot.segments[segment].packed_text(document) for segment, document in addresses]
            for addresses in hidden
        ],
    )
