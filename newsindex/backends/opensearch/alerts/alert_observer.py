"""Watches the changes of a writer for the alerts of its index."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from newsindex.alerts.presentation import present
from newsindex.article import Article
from newsindex.backends.opensearch.connection import Connection
from newsindex.backends.opensearch.documents import DocumentEncoder, restore_article
from newsindex.backends.opensearch.index_record import IndexRecord
from newsindex.backends.opensearch.layout import document_id
from newsindex.backends.opensearch.patience import patiently
from newsindex.backends.opensearch.searching.result_snapshot import SnapshotMaker
from newsindex.backends.opensearch.writing.bulk_sender import Change
from newsindex.dates.minutes import UNDATED
from newsindex.errors import ClusterUnavailable
from newsindex.indexer.scanning.scanners import WordScanner
from newsindex.results import Match
from newsindex.storage.alerts.alert_rows import MatchRow
from newsindex.storage.segment import hash_id

from .alert_compiler import AlertCompiler
from .alert_documents import AlertDocuments
from .article_matches import DELETED, ArticleMatches, Intent
from .conditional_writes import MAX_ATTEMPTS, pause_after_conflict, read_documents
from .match_documents import MatchDocuments
from .matched_articles import MatchedOnCluster
from .percolation import matching_alerts
from .settlement import Settlement
from .signature_bands import Signature, signature_of


class AlertObserver:
    """Implements ``newsindex.backends.opensearch.writing.change_observer.ChangeObserver``."""

    def __init__(
        self,
        connection: Connection,
        record: IndexRecord,
        scanner: WordScanner,
        compiler: AlertCompiler,
        settlement: Settlement,
    ) -> None:
        self._connection = connection
        self._zone = record.settings.zone
        self._encoder = DocumentEncoder(scanner, record)
        self._snapshots = SnapshotMaker(record.settings, 0)
        self._compiler = compiler
        self._settlement = settlement
        self._alerts = AlertDocuments(connection)
        self._matches = MatchDocuments(connection)
        self._name = uuid4().hex
        self._noted: dict[str, None] = {}  # the articles whose changes were noted, in order
        self._order = 0

    def before_sending(self, changes: Sequence[Change]) -> None:
        """Notes which alerts some articles match. Raises ClusterUnavailable."""
        patiently(lambda: self._note_matches(changes))

    def _note_matches(self, changes: Sequence[Change]) -> None:
        if not self._alerts.renew(self._compiler, self._zone):
            return
        if not self._order:
            self._settlement.settle_all()  # what a writer that was stopped has left comes first
        written = {change.article_id: change.source for change in changes if change.source is not None}
        found = matching_alerts(self._connection, list(written.values()))
        fits = dict(zip(written, found, strict=True))
        # The earlier versions are read first: what another writer notes of later ones is seen then.
        earlier = self._earlier([article for article, alerts in fits.items() if alerts])
        known = {one.article: one for one in self._matches.of_articles([one.article_id for one in changes])}
        fitted = self._fitted(earlier, fits, known)
        intents = self._intents(changes, fits, fitted, known)
        self._note({one: intent for one, intent in intents.items() if known[one].is_concerned(intent)})

    def _earlier(self, articles: Sequence[str]) -> dict[str, Article]:
        """Those of some articles that the index has, by id."""
        keys = list(map(document_id, articles))
        stored = read_documents(self._connection, self._connection.address.index, keys)
        return {
            article: restore_article(one.source, self._connection.name)
            for article, one in zip(articles, stored, strict=True)
            if one is not None
        }

    def _fitted(
        self,
        earlier: Mapping[str, Article],
        fits: Mapping[str, Sequence[int]],
        known: Mapping[str, ArticleMatches],
    ) -> dict[str, list[int]]:
        """The alerts that earlier versions of articles match, of those where that decides what is told."""
        asked = [article for article in earlier if {*fits[article]} - known[article].matches.keys()]
        if not asked:
            return {}
        sources = self._encoder.encode([earlier[article] for article in asked], [0] * len(asked))
        return dict(zip(asked, matching_alerts(self._connection, sources), strict=True))

    def _intents(
        self,
        changes: Sequence[Change],
        fits: Mapping[str, list[int]],
        fitted: Mapping[str, list[int]],
        known: Mapping[str, ArticleMatches],
    ) -> dict[str, Intent]:
        unknown = self._alerts.unknown() if any(one.matches for one in known.values()) else []
        documents: dict[str, Any] = {
            change.article_id: json.loads(change.source) for change in changes if change.source is not None
        }
        signatures = self._signatures([document for one, document in documents.items() if fits[one]])
        intents: dict[str, Intent] = {}
        for change in changes:
            article = change.article_id
            document = documents.get(article, {})
            self._order += 1
            intents[article] = Intent(
                document.get("content_hash", DELETED),
                change.version,
                self._name,
                self._order,
                fits.get(article, []),
                fitted.get(article, []),
                [alert for alert in unknown if alert in known[article].matches],
                document.get("minutes", UNDATED),
                signatures.get(article),
            )
        return intents

    def _signatures(self, documents: Sequence[Mapping[str, Any]]) -> dict[str, Signature]:
        articles = [restore_article(document, self._connection.name) for document in documents]
        if not articles:
            return {}
        result = self._snapshots.make(articles, None)
        (segment,) = result.snapshot.segments
        return {one.id: signature_of(segment, result.address(one).document) for one in articles}

    def _note(self, intents: Mapping[str, Intent]) -> None:
        """Writes the notes of some changes."""
        left = dict(intents)
        for attempt in range(MAX_ATTEMPTS):
            if not left:
                break
            documents = list(self._matches.of_articles(list(left)))
            for one in documents:
                one.note(left[one.article])
            prevented = self._matches.write(documents)
            left = {one.article: left[one.article] for one in documents if one.key in prevented}
            if left:
                pause_after_conflict(attempt)
        if left:
            raise ClusterUnavailable(
                f"too many programs change the same articles of {self._connection.name} at once: try again"
            )
        self._noted |= dict.fromkeys(intents)

    def after_sending(self) -> None:
        """Has the matches told or forgotten of the changes that were made."""
        if self._noted:
            patiently(lambda: self._settlement.settle(list(self._noted)))

    def matches(self, articles: MatchedOnCluster) -> list[Match]:
        """The matches that the writer brought, in order."""
        if not self._noted:
            return []
        rows = [
            MatchRow(match.sequence, alert, hash_id(one.article), 0, match.commit)
            for one in self._matches.of_articles(list(self._noted))
            for alert, match in one.matches.items()
            if match.writer == self._name and not match.folded
        ]
        alerts = {one.row.id: one.row for one in self._alerts.all()} if rows else {}
        articles.know(self._noted)
        return present(articles, alerts, sorted(row for row in rows if row.alert in alerts))
