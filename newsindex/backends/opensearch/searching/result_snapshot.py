"""Result snapshots: a few articles of the cluster as a segment, with the figures of the whole cluster.

On a result snapshot runs what runs on the snapshot of a local index: the formula of the first stage, the
second stage, snippets, explanations, near-duplicates.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from newsindex.article import Article
from newsindex.index_settings import IndexSettings
from newsindex.indexer.article_segment import segment_of
from newsindex.indexer.scanning.scanners import WordScanner, new_scanner
from newsindex.query.evaluation.collection_figures import CollectionFigures
from newsindex.query.evaluation.snapshot import Snapshot


class SnapshotMaker:
    """Makes result snapshots; threads may share it. It knows the words that it has met."""

    def __init__(self, settings: IndexSettings, commit: int) -> None:
        self._settings = settings
        self._commit = commit
        self._scanners: list[WordScanner] = []  # those that no thread uses now

    def make(self, articles: Sequence[Article], figures: CollectionFigures | None) -> Snapshot:
        """Returns the snapshot of some articles; without ``figures`` they are all of its collection."""
        settings = self._settings
        segments = []
        if articles:
            with self._scanner() as scanner:
                segments = [segment_of(articles, settings.zone, scanner)]
        return Snapshot(
            self._commit, segments, settings.ranking, settings.zone, settings.lexicon, False, figures
        )

    @contextmanager
    def _scanner(self) -> Iterator[WordScanner]:
        try:
            scanner = self._scanners.pop()
        except IndexError:
            scanner = new_scanner(self._settings.lexicon.french)
        yield scanner
        scanner.trim()
        self._scanners.append(scanner)
