"""The alerts of an index on a cluster and what is new for them, with changes that are not made yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from heapq import nlargest, nsmallest
from itertools import islice
from zoneinfo import ZoneInfo

from newsindex.alerts.presentation import present
from newsindex.analyzer import Lexicon
from newsindex.backends.opensearch.connection import Connection
from newsindex.index_settings import IndexSettings
from newsindex.results import Match
from newsindex.storage.alerts.alert_rows import AlertRow, MatchRow
from newsindex.storage.segment import hash_id

from .alert_documents import AlertDocuments, StoredAlert
from .alert_layout import alerts_index
from .article_matches import ArticleMatches
from .conditional_writes import TOGETHER, Stored, read_documents
from .match_documents import MatchDocuments
from .match_numbering import MatchNumbering
from .matched_articles import MatchedOnCluster


class KeptAlerts:
    """Implements ``newsindex.alerts.alert_store.StoredAlerts``."""

    def __init__(
        self,
        connection: Connection,
        settings: IndexSettings,
        articles: Callable[[], MatchedOnCluster],
        settle: Callable[[], None],
    ) -> None:
        """``articles`` gives the articles of matches.

        ``settle`` has the matches told of changes that were made, and whose writer may have been stopped.
        """
        self.zone: ZoneInfo = settings.zone
        self.lexicon: Lexicon = settings.lexicon
        self._connection = connection
        self._articles = articles
        self._settle = settle
        self._documents = AlertDocuments(connection)
        self._matches = MatchDocuments(connection)
        self._numbering = MatchNumbering(connection)
        self.put: dict[str, StoredAlert | None] = {}
        """The alerts that are about to be written, by name, None for those to be removed."""
        self.seen: dict[int, int] = {}
        """By alert, the sequence number up to which matches are about to be acknowledged."""

    # Alerts

    def stored(self, name: str) -> StoredAlert | None:
        """The alert with a name and the place of its document."""
        return self.put[name] if name in self.put else self._documents.named(name)

    def rows(self) -> list[AlertRow]:
        """Returns all alerts, by name."""
        alerts = {one.row.name: one.row for one in self._documents.all()}
        for name, alert in self.put.items():
            alerts.pop(name, None)
            if alert is not None:
                alerts[name] = alert.row
        return [row for _, row in sorted(alerts.items())]

    def row(self, name: str) -> AlertRow | None:
        """Returns the alert with a name, None where there is none."""
        stored = self.stored(name)
        return None if stored is None else stored.row

    def state(self) -> str:
        """Returns a text that changes with every change of an alert and with every match that comes."""
        self._settle()
        return self._documents.state()

    # What is new

    def new(self, alerts: Sequence[AlertRow], limit: int | None) -> list[Match]:
        """Returns the first matches of some alerts that were not acknowledged, in order."""
        self._settle()
        rows = {alert.id: alert for alert in alerts}
        told = self._first_new(rows.keys(), limit)
        copies = self._copies(told) if told else {}
        articles = self._articles()
        articles.know(one.article for _, _, one in told)
        articles.know(article for of_match in copies.values() for article, _ in of_match)
        return present(
            articles,
            rows,
            [_row(one, alert) for _, alert, one in told],
            {sequence: [row for _, row in of_match] for sequence, of_match in copies.items()},
        )

    def _first_new(self, alerts: Iterable[int], limit: int | None) -> list[tuple[int, int, ArticleMatches]]:
        """The first new matches of some alerts: the number, the alert, the matches of the article."""
        wanted = {*alerts}
        if not wanted:
            return []
        visible = self._numbering.read().visible
        documents = self._matches.found({"terms": {"new": sorted(wanted)}}, [{"first": "asc"}])
        found: list[tuple[int, int, ArticleMatches]] = []
        while some := list(islice(documents, TOGETHER)):
            found += [
                (match.sequence, alert, one)
                for one in some
                for alert, match in one.new(visible)
                if alert in wanted and match.sequence > self.seen.get(alert, 0)
            ]
            if limit is not None:
                found = nsmallest(limit, found, key=lambda match: match[:2])
                if len(found) == limit and (not found or found[-1][0] < some[-1].first):
                    break
        return sorted(found, key=lambda match: match[:2])

    def _copies(
        self, told: Sequence[tuple[int, int, ArticleMatches]]
    ) -> dict[int, list[tuple[str, MatchRow]]]:
        """By the sequence number of a match, the articles and the rows of the copies folded under it."""
        sequences = {(one.article, alert): sequence for sequence, alert, one in told}
        keys = list(dict.fromkeys(one.key for _, _, one in told))
        copies: dict[int, list[tuple[str, MatchRow]]] = {}
        for first in range(0, len(keys), TOGETHER):
            for one in self._matches.under(keys[first : first + TOGETHER]):
                for alert, match in one.matches.items():
                    sequence = sequences.get((match.folded or "", alert))
                    if sequence is not None and not match.is_seen:
                        copies.setdefault(sequence, []).append((one.article, _row(one, alert)))
        for of_match in copies.values():
            of_match.sort(key=lambda copy: copy[1])
        return copies

    def latest(self, alert: AlertRow, limit: int) -> list[Match]:
        """Returns the last matches of an alert that are not folded, the latest first."""
        self._settle()
        visible = self._numbering.read().visible
        documents = self._matches.found({"term": {"alerts": alert.id}}, [{"last": "desc"}])
        found: list[tuple[int, ArticleMatches]] = []
        while limit and (some := list(islice(documents, TOGETHER))):
            for one in some:
                match = one.matches[alert.id]
                if match.sequence <= visible and not match.folded:
                    found.append((match.sequence, one))
            found = nlargest(limit, found, key=lambda match: match[0])
            if len(found) == limit and found[-1][0] > some[-1].last:
                break
        articles = self._articles()
        articles.know(one.article for _, one in found)
        return present(articles, {alert.id: alert}, [_row(one, alert.id) for _, one in found])

    def counts(self) -> dict[int, int]:
        """Returns how many matches are new, by the id of the alert."""
        self._settle()
        counts = self._matches.counts(self._numbering.read().visible)
        for alert in self.seen:
            counts[alert] = len(self._first_new([alert], None))
        return counts

    # Deliveries

    def delivered(self, target: bytes) -> int:
        """Returns the sequence number up to which matches went out to a target."""
        stored = self.delivery(target)
        return 0 if stored is None else int(stored.source["alert"]["sequence"])

    def delivery(self, target: bytes) -> Stored | None:
        """The document of what went out to a target."""
        index = alerts_index(self._connection.address.index)
        (stored,) = read_documents(self._connection, index, [delivery_key(target)])
        return stored


def delivery_key(target: bytes) -> str:
    """The key of the document of a target; the name of an alert has no slash."""
    return f"/delivered/{target.hex()}"


def _row(one: ArticleMatches, alert: int) -> MatchRow:
    match = one.matches[alert]
    return MatchRow(match.sequence, alert, hash_id(one.article), 0, match.commit)
