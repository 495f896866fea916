"""Watches the commit of a writer for the alerts of its index."""

from __future__ import annotations

from collections.abc import Sequence

from newsindex.index_settings import IndexSettings
from newsindex.indexer.commit_change import CommitChange
from newsindex.results import Match
from newsindex.storage.alerts.alert_rows import AlertRow, MatchRow
from newsindex.storage.catalogue import CATALOGUE_FILE, Transaction
from newsindex.storage.manifest import SegmentEntry
from newsindex.storage.system_errors import translate_database_errors

from .hit_source import HitSource


class AlertObserver:
    """Has the alerts matched before a commit, and shows afterwards what they matched."""

    def __init__(self, transaction: Transaction, settings: IndexSettings) -> None:
        self.arrivals: list[MatchRow] = []
        """The matches that the commit brought, in order."""
        self._transaction = transaction
        self._settings = settings
        self._alerts: dict[int, AlertRow] = {}

    def before_commit(self, change: CommitChange, after: Sequence[SegmentEntry]) -> None:
        """Matches what the commit changes, and records it in its transaction."""
        tables = self._transaction.alerts
        with translate_database_errors(change.folder / CATALOGUE_FILE):
            if tables.is_empty:
                return
            from .commit_matching import CommitMatching  # most indexes have no alert

            commit = self._transaction.manifest.commit + 1
            matching = CommitMatching(tables, self._settings, commit, change, after)
            matching.run()
            self.arrivals, self._alerts = matching.arrivals, matching.alerts

    def matches(self, source: HitSource) -> list[Match]:
        """The matches that the commit brought; the searcher of ``source`` shows it, and later ones may."""
        from .presentation import present  # the same

        return present(source, self._alerts, self.arrivals)
