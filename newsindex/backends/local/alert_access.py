"""The alerts of an index in a folder: rows of its catalogue, which change in its transactions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from newsindex.alerts.hit_source import HitSource
from newsindex.analyzer import Lexicon
from newsindex.query.snapshot_searcher import SnapshotSearcher
from newsindex.results import Match
from newsindex.storage.alerts.alert_rows import AlertRow, MatchRow
from newsindex.storage.alerts.alert_tables import AlertTables

if TYPE_CHECKING:
    from newsindex.alerts.definition import Definition  # the parser is only loaded where there is an alert


class LocalAlerts:
    """Implements ``newsindex.alerts.alert_store.AlertChanges`` over the tables of a catalogue."""

    def __init__(self, tables: AlertTables, searcher: Callable[[], SnapshotSearcher]) -> None:
        """``searcher`` gives the searcher of the commit that is shown with the tables."""
        self._tables = tables
        self._searcher = searcher

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the index."""
        return self._searcher().zone

    @property
    def lexicon(self) -> Lexicon:
        """The user's own words."""
        return self._searcher().lexicon

    def rows(self) -> list[AlertRow]:
        """Returns all alerts, by name."""
        return self._tables.alerts()

    def row(self, name: str) -> AlertRow | None:
        """Returns the alert with a name, None where there is none."""
        return self._tables.alert(name)

    def new(self, alerts: Sequence[AlertRow], limit: int | None) -> list[Match]:
        """Returns the first matches of some alerts that were not acknowledged, in order."""
        from newsindex.alerts.presentation import present  # the search is only loaded where there is an alert

        searcher = self._searcher()
        found = [self._tables.matches_of_alert(one.id, one.seen, searcher.commit) for one in alerts]
        rows = sorted(row for of_alert in found for row in of_alert)
        copies: dict[int, list[MatchRow]] = {}
        for row in rows:
            if row.folded:
                copies.setdefault(row.folded, []).append(row)
        told = [row for row in rows if not row.folded][:limit]
        return present(HitSource(searcher), {alert.id: alert for alert in alerts}, told, copies)

    def latest(self, alert: AlertRow, limit: int) -> list[Match]:
        """Returns the last matches of an alert that are not folded, the latest first."""
        from newsindex.alerts.presentation import present  # the search is only loaded where there is an alert

        searcher = self._searcher()
        rows = self._tables.latest_of_alert(alert.id, limit, searcher.commit)
        return present(HitSource(searcher), {alert.id: alert}, rows)

    def counts(self) -> dict[int, int]:
        """Returns how many matches are new, by the id of the alert."""
        return self._tables.new_counts(self._searcher().commit)

    def state(self) -> str:
        """Returns a text that changes with every change of an alert and with every match that comes."""
        return self._tables.state()

    def delivered(self, target: bytes) -> int:
        """Returns the sequence number up to which matches went out to a target."""
        return self._tables.delivered(target)

    # Changes

    def last_sequence(self) -> int:
        """Returns the highest sequence number that a match ever had."""
        return self._tables.last_sequence()

    def insert(self, name: str, definition: Definition, created: str) -> None:
        """Adds an alert, whose name no alert has. Raises QueryError."""
        # The parser is only loaded where there is an alert.
        from newsindex.alerts.stored_trees import KEY_VERSION
        from newsindex.alerts.telling_keys import compile_alert

        frequency = self._searcher().snapshot.statistics.document_frequency
        compiled = compile_alert(definition, self.zone, self.lexicon, frequency)
        alert = self._tables.insert(name, definition.body(), created)
        self._tables.set_keys(alert, *compiled, KEY_VERSION)

    def remove(self, alert: AlertRow) -> None:
        """Removes an alert with its matches."""
        self._tables.remove(alert.id)

    def acknowledge(self, alert: AlertRow, sequence: int, moment: str) -> None:
        """Counts the matches of an alert up to a sequence number as seen."""
        self._tables.acknowledge(alert.id, sequence, moment)

    def set_delivered(self, target: bytes, sequence: int) -> None:
        """Records that the matches up to a sequence number went out to a target."""
        self._tables.set_delivered(target, sequence)


class LocalAlertAccess:
    """Implements ``newsindex.alerts.alert_store.AlertAccess``."""

    def __init__(
        self,
        read_tables: Callable[[], AbstractContextManager[AlertTables]],
        last_searcher: Callable[[], SnapshotSearcher],
        open_tables: Callable[[float], AbstractContextManager[AlertTables]],
    ) -> None:
        """``read_tables`` gives the tables as the last commit left them.

        ``last_searcher`` gives a searcher of that commit, and ``open_tables`` the tables for a change, which
        is committed at the end of the block.
        """
        self._read_tables = read_tables
        self._last_searcher = last_searcher
        self._open_tables = open_tables

    @contextmanager
    def read(self) -> Iterator[LocalAlerts]:
        """The alerts as the last commit left them."""
        with self._read_tables() as tables:
            yield LocalAlerts(tables, cache(self._last_searcher))

    @contextmanager
    def change(self, timeout: float) -> Iterator[LocalAlerts]:
        """The alerts for a block of changes with one commit at its end."""
        searcher = self._last_searcher()
        with self._open_tables(timeout) as tables:
            yield LocalAlerts(tables, lambda: searcher)
