"""Changes of the alerts of an index on a cluster, which are made at the end of their block."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from itertools import islice

from newsindex.alerts.definition import Definition
from newsindex.alerts.stored_trees import KEY_VERSION
from newsindex.arguments import shown
from newsindex.backends.opensearch.connection import Connection
from newsindex.backends.opensearch.index_record import IndexRecord
from newsindex.backends.opensearch.layout import document_id
from newsindex.errors import AlertExists, ClusterUnavailable, QueryError
from newsindex.storage.alerts.alert_rows import AlertRow

from .alert_compiler import AlertCompiler, compiled_state
from .alert_documents import StoredAlert
from .alert_layout import alerts_index, create_alert_indexes
from .article_matches import ArticleMatches
from .conditional_writes import MAX_ATTEMPTS, TOGETHER, Write, pause_after_conflict, write_documents
from .kept_alerts import KeptAlerts, delivery_key
from .matched_articles import MatchedOnCluster


class AlertChanges(KeptAlerts):
    """Implements ``newsindex.alerts.alert_store.AlertChanges``; :meth:`keep` makes the changes.

    Each document is changed as a whole; of the changes of several alerts, a program that is stopped may have
    made some. Acknowledgements come first, then additions, so that these are as of one moment.
    """

    def __init__(
        self,
        connection: Connection,
        record: IndexRecord,
        articles: Callable[[], MatchedOnCluster],
        settle: Callable[[], None],
        compiler: AlertCompiler,
    ) -> None:
        super().__init__(connection, record.settings, articles, settle)
        self._record = record
        self._compiler = compiler
        self._has_removed = False
        self._moments: dict[str, str] = {}  # of acknowledgements, by name
        self._deliveries: dict[bytes, int] = {}
        self._last_number = 0

    def last_sequence(self) -> int:
        """Returns the highest sequence number that a match ever had."""
        return self._numbering.read().last

    def insert(self, name: str, definition: Definition, created: str) -> None:
        """Adds an alert, whose name no alert has. Raises QueryError."""
        self._last_number = max(self._last_number + 1, time.time_ns())
        before = self.put.get(name) or self._documents.named(name)
        place = None if before is None else before.place
        row = AlertRow(self._last_number, name, definition.body(), created, 0, "", KEY_VERSION, "")
        compiled = self._compiler.compile(row.body)
        self.put[name] = StoredAlert(row, place, None).compiled(compiled)

    def remove(self, alert: AlertRow) -> None:
        """Removes an alert with its matches."""
        self.put[alert.name] = None
        self.seen.pop(alert.id, None)
        self._has_removed = True

    def acknowledge(self, alert: AlertRow, sequence: int, moment: str) -> None:
        """Counts the matches of an alert up to a sequence number as seen."""
        self._settle()
        reached = min(sequence, self._numbering.read().visible)
        self.seen[alert.id] = max(self.seen.get(alert.id, 0), reached)
        self._moments[alert.name] = moment
        stored = self.put.get(alert.name)
        if stored is not None:
            self.put[alert.name] = stored._replace(row=stored.row._replace(seen_at=moment))

    def row(self, name: str) -> AlertRow | None:
        """Returns the alert with a name, None where there is none."""
        row = super().row(name)
        return row and row._replace(seen_at=self._moments.get(name, row.seen_at))

    def set_delivered(self, target: bytes, sequence: int) -> None:
        """Records that the matches up to a sequence number went out to a target."""
        self._deliveries[target] = max(sequence, self._deliveries.get(target, 0))

    # Keeping

    def keep(self) -> None:
        """Makes the changes. Raises AlertExists, QueryError and ClusterUnavailable."""
        if self.put or self._deliveries:
            create_alert_indexes(self._connection, self._record.settings, self._record.identity)
        for name, reason in self._documents.refused(filter(None, self.put.values())).items():
            message = f"the cluster does not take the query of the alert {shown(name)}: {reason}"
            raise QueryError(message, "alert_refused", name, reason)
        for alert, sequence in self.seen.items():
            self._mark_seen(alert, sequence)
        self._write_alerts()
        for name, moment in self._moments.items():
            self._record_moment(name, moment)
        if self._has_removed:
            self._drop_matches()
        for target, sequence in self._deliveries.items():
            self._write_delivery(target, sequence)

    def _write_alerts(self) -> None:
        state = compiled_state(self.zone)
        writes: list[Write] = []
        for name, alert in self.put.items():
            if alert is not None:
                writes.append(alert.write(state))
            elif (stored := self._documents.named(name)) is not None:
                writes.append(Write(document_id(name), None, stored.place))
        prevented = self._documents.write(writes)
        for name in self.put:
            if document_id(name) in prevented:
                raise AlertExists(
                    f"another program has changed the alert {shown(name)} meanwhile: look at it first"
                )

    def _record_moment(self, name: str, moment: str) -> None:
        if name in self.put:
            return
        for attempt in range(MAX_ATTEMPTS):
            stored = self._documents.named(name)
            if stored is None:
                return
            changed = stored._replace(row=stored.row._replace(seen_at=moment))
            if not self._documents.write([changed.write(stored.state)]):
                return
            pause_after_conflict(attempt)
        raise self._too_many()

    def _mark_seen(self, alert: int, sequence: int) -> None:
        def mark(one: ArticleMatches) -> bool:
            match = one.matches.get(alert)
            if match is None or match.is_seen or match.sequence > sequence:
                return False
            match.is_seen = True
            return True

        self._change_matches({"term": {"unseen": alert}}, mark)

    def _drop_matches(self) -> None:
        """Deletes the matches of alerts that were removed, also by a program that was stopped in between."""
        removed = self._matches.alerts() - {alert.row.id for alert in self._documents.all()}

        def drop(one: ArticleMatches) -> bool:
            gone = one.matches.keys() & removed
            for alert in gone:
                del one.matches[alert]
            return bool(gone)

        for alert in sorted(removed):
            self._change_matches({"term": {"alerts": alert}}, drop)

    def _change_matches(self, query: dict[str, object], change: Callable[[ArticleMatches], bool]) -> None:
        """Changes the matches that a query finds; ``change`` says whether it has changed anything."""
        found = self._matches.found(query)
        while some := list(islice(found, TOGETHER)):
            self._change_some(some, change)

    def _change_some(
        self, documents: Iterable[ArticleMatches], change: Callable[[ArticleMatches], bool]
    ) -> None:
        for attempt in range(MAX_ATTEMPTS):
            changed = [one for one in documents if change(one)]
            prevented = self._matches.write(changed) if changed else set()
            if not prevented:
                return
            pause_after_conflict(attempt)
            articles = [one.article for one in changed if one.key in prevented]
            documents = list(self._matches.of_articles(articles))
        raise self._too_many()

    def _write_delivery(self, target: bytes, sequence: int) -> None:
        index = alerts_index(self._connection.address.index)
        for attempt in range(MAX_ATTEMPTS):
            stored = self.delivery(target)
            reached = 0 if stored is None else int(stored.source["alert"]["sequence"])
            if reached >= sequence:  # two processes may send to one address
                return
            write = Write(
                delivery_key(target),
                {"alert": {"sequence": sequence}},
                None if stored is None else stored.place,
            )
            if not write_documents(self._connection, index, [write]):
                return
            pause_after_conflict(attempt)
        raise self._too_many()

    def _too_many(self) -> ClusterUnavailable:
        return ClusterUnavailable(
            f"too many programs change the alerts of {self._connection.name} at once: try again"
        )
