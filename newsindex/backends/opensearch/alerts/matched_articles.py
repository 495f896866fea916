"""The articles of matches, read from the cluster when they are shown."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from newsindex.alerts.definition import Definition
from newsindex.analyzer import Lexicon
from newsindex.backends.opensearch.connection import Connection
from newsindex.backends.opensearch.documents import restore_article
from newsindex.backends.opensearch.layout import document_id
from newsindex.index_settings import IndexSettings
from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.query.syntax.parser import ParsedQuery
from newsindex.storage.segment import hash_id

from .conditional_writes import TOGETHER, read_documents

if TYPE_CHECKING:
    from newsindex.backends.opensearch.searching.cluster_search import ClusterSearch


class MatchedOnCluster:
    """Implements ``newsindex.alerts.hit_source.MatchedArticles`` for some articles."""

    def __init__(
        self, connection: Connection, settings: IndexSettings, search: Callable[[], ClusterSearch]
    ) -> None:
        """``search`` gives the state of the index that is shown."""
        self._connection = connection
        self._search = search
        self.zone: ZoneInfo = settings.zone
        self.lexicon: Lexicon = settings.lexicon
        self._ids: dict[int, str] = {}

    def know(self, articles: Iterable[str]) -> None:
        """Takes account of the ids of some articles."""
        self._ids |= {hash_id(article): article for article in articles}

    def present(self, articles: Sequence[int]) -> Collection[int]:
        """Returns those of some articles that are in the index."""
        hashes = list(dict.fromkeys(articles))
        found: set[int] = set()
        for first in range(0, len(hashes), TOGETHER):
            some = hashes[first : first + TOGETHER]
            ids = [document_id(self._ids[one]) for one in some]
            path = f"/{self._connection.address.index}/_mget"
            answer = self._connection.request("POST", path, {"ids": ids}, {"_source": False})
            for one, document in zip(some, answer["docs"], strict=True):
                if "error" in document:
                    raise self._connection.document_refusal(document["error"])
                if document["found"]:
                    found.add(one)
        return found

    def parse(self, definition: Definition) -> ParsedQuery:
        """Returns the tree of an alert, with the other ways in which the articles write its words."""
        parsed = self._search().parse(definition.query, definition.operator)
        return definition.within_filters(parsed, self.zone)

    def snapshot_of(self, articles: Sequence[int]) -> Snapshot:
        """Returns a snapshot of some articles, of those that are in the index."""
        keys = [document_id(self._ids[one]) for one in dict.fromkeys(articles)]
        found = [
            restore_article(stored.source, self._connection.name)
            for stored in read_documents(self._connection, self._connection.address.index, keys)
            if stored is not None
        ]
        return self._search().snapshot_of(found)
