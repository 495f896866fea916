"""Result snapshots: a few articles of the cluster as a segment, with the figures of the whole cluster.

On a result snapshot runs what runs on the snapshot of a local index: the formula of the first stage, the
second stage, snippets, explanations, near-duplicates.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from newsindex.article import Article
from newsindex.dates.minutes import minutes_since_epoch
from newsindex.index_settings import IndexSettings
from newsindex.indexer.article_segment import segment_of
from newsindex.indexer.scanning.scanners import WordScanner, new_scanner
from newsindex.query.evaluation.collection_statistics import CollectionFigures
from newsindex.query.evaluation.snapshot import DocumentAddress, Snapshot


class ResultSnapshot:
    """A snapshot of one segment, and its articles by document."""

    def __init__(self, snapshot: Snapshot, articles: Sequence[Article]) -> None:
        """``articles`` are in the order of the documents."""
        self.snapshot = snapshot
        self.articles = articles
        self._documents = {article.id: document for document, article in enumerate(articles)}

    def __len__(self) -> int:
        return len(self.articles)

    def address(self, article: Article) -> DocumentAddress:
        """The document of an article that is in the snapshot."""
        return DocumentAddress(0, self._documents[article.id])


class SnapshotMaker:
    """Makes result snapshots; threads may share it. It knows the words that it has met."""

    def __init__(self, settings: IndexSettings, commit: int) -> None:
        self._settings = settings
        self.french = settings.lexicon.french
        """The analysis of the index."""
        self.commit = commit
        """The number of the state of the index."""
        self._scanners: list[WordScanner] = []  # those that no thread uses now

    def make(self, articles: Sequence[Article], figures: CollectionFigures | None) -> ResultSnapshot:
        """Returns the snapshot of some articles; without ``figures`` they are all of its collection."""
        settings = self._settings
        ordered = sorted(
            articles,
            key=lambda article: (minutes_since_epoch(article.published, settings.zone), article.id),
        )
        segments = []
        if ordered:
            with self._scanner() as scanner:
                segments = [segment_of(ordered, settings.zone, scanner)]
        snapshot = Snapshot(
            self.commit, segments, settings.ranking, settings.zone, settings.lexicon, False, figures
        )
        return ResultSnapshot(snapshot, ordered)

    @contextmanager
    def _scanner(self) -> Iterator[WordScanner]:
        try:
            scanner = self._scanners.pop()
        except IndexError:
            scanner = new_scanner(self._settings.lexicon.french)
        yield scanner
        scanner.trim()
        self._scanners.append(scanner)
