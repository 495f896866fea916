"""Gives the alerts of an index on a cluster to be read, changed and matched."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from newsindex.backends.opensearch.connection import Connection
from newsindex.backends.opensearch.index_record import IndexRecord
from newsindex.backends.opensearch.refusals import Denial
from newsindex.backends.opensearch.searching.result_snapshot import SnapshotMaker
from newsindex.indexer.scanning.scanners import WordScanner

from .alert_changes import AlertChanges
from .alert_compiler import AlertCompiler
from .alert_layout import check_owner
from .alert_observer import AlertObserver
from .kept_alerts import KeptAlerts
from .matched_articles import MatchedOnCluster
from .settlement import Settlement

if TYPE_CHECKING:
    from newsindex.backends.opensearch.searching.cluster_search import ClusterSearch


class ClusterAlertAccess:
    """Implements ``newsindex.alerts.alert_store.AlertAccess``; threads may share it.

    No writer is waited for: any number of programs may change the alerts and the articles at once.
    """

    def __init__(
        self,
        connection: Connection,
        record: Callable[[], IndexRecord],
        search: Callable[[], ClusterSearch],
        commit: Callable[[], int],
    ) -> None:
        """``record`` gives the record of the index, and ``search`` the state that is shown.

        ``commit`` gives the number of changes of the index. Each raises NewsIndexError where the index is
        closed.
        """
        self._connection = connection
        self._record = record
        self._search = search
        self._commit = commit
        self._is_owner_checked = False

    @contextmanager
    def read(self) -> Iterator[KeptAlerts]:
        """The alerts as the last change left them."""
        record = self._checked_record()
        yield KeptAlerts(self._connection, record.settings, self.articles, self._settle)

    @contextmanager
    def change(self, timeout: float) -> Iterator[AlertChanges]:
        """The alerts for a block of changes, which are made at its end."""
        record = self._checked_record()
        changes = AlertChanges(self._connection, record, self.articles, self._settle, self._compiler(record))
        yield changes
        changes.keep()

    def observer(self, record: IndexRecord, scanner: WordScanner) -> AlertObserver:
        """An observer of a writer of the index; ``scanner`` is that of the writer."""
        self._checked_record()
        return AlertObserver(
            self._connection, record, scanner, self._compiler(record), self._settlement(record)
        )

    def articles(self) -> MatchedOnCluster:
        """The articles of matches."""
        return MatchedOnCluster(self._connection, self._record().settings, self._search)

    def _checked_record(self) -> IndexRecord:
        record = self._record()
        if not self._is_owner_checked:
            self._is_owner_checked = check_owner(self._connection, record.identity)
        return record

    def _compiler(self, record: IndexRecord) -> AlertCompiler:
        return AlertCompiler(record.settings, lambda query, operator: self._search().parse(query, operator))

    def _settlement(self, record: IndexRecord) -> Settlement:
        return Settlement(self._connection, SnapshotMaker(record.settings, 0), self._commit)

    def _settle(self) -> None:
        """Has matches told whose writer was stopped; who may only read leaves that to others."""
        if not self._is_owner_checked:
            return
        with suppress(Denial):
            self._settlement(self._record()).settle_all()
