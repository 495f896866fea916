"""Finds the match under which the match of a near-identical article is folded."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache, partial
from typing import Final

from newsindex.dates.minutes import MINUTES_PER_DAY
from newsindex.query.evaluation.snapshot import DocumentAddress, Snapshot
from newsindex.query.similarity.near_duplicates import DuplicateGroups
from newsindex.storage.alerts.alert_rows import MatchRow
from newsindex.storage.alerts.alert_tables import AlertTables

_DAYS: Final = 31
"""Copies are looked for among articles that were published so many days before or after one."""


class CopyFinder:
    """Finds the earlier matches of near-identical articles, among those recorded and those of one commit."""

    def __init__(self, snapshot: Snapshot, tables: AlertTables) -> None:
        self._snapshot = snapshot
        self._tables = tables
        self._groups = DuplicateGroups(snapshot, lambda _: None)
        self._has_recorded = tables.last_sequence() > 0
        self._added: dict[int, Sequence[MatchRow]] = {}  # by article

    def add(self, article: int, rows: Sequence[MatchRow]) -> None:
        """Takes account of the matches of an article that are not recorded yet."""
        self._added[article] = rows

    def originals(self, address: DocumentAddress, alerts: Collection[int]) -> dict[int, int]:
        """By alert, the sequence number of the match of which a match of an article is a copy.

        Of several such matches the first one counts.
        """
        if not (self._has_recorded or self._added):
            return {}
        segments = self._snapshot.segments
        others = {
            segments[other.segment].id_hash_of(other.document): other
            for other in self._groups.candidates(address, _DAYS * MINUTES_PER_DAY)
        }
        rows = [row for article in others for row in self._added.get(article, ())]
        if self._has_recorded:
            rows += self._tables.matches_of_articles(others)
        are_alike = cache(partial(self._groups.are_near_duplicates, address))  # texts, whatever the alert
        wanted = set(alerts)
        found: dict[int, int] = {}
        for row in sorted(rows):  # by sequence number
            if row.alert in wanted and row.alert not in found and are_alike(others[row.article]):
                found[row.alert] = row.folded or row.sequence
        return found

    def is_copy(self, address: DocumentAddress, article: int) -> bool:
        """Whether the article with a hash of its id, where there is one, is a near-identical copy."""
        for number, segment in enumerate(self._snapshot.segments):
            for document in segment.documents_of_hash(article):
                return self._groups.are_near_duplicates(address, DocumentAddress(number, document))
        return True
