"""Matches the articles of a commit against the alerts, inside the transaction of the commit.

Only alerts that share a telling word with the incoming articles are run (``telling_keys.py``), and only
against these. What is recorded follows from the versions of an article before and after the commit:

- An article that an alert matches is a new match, unless the alert has a match of it already, or the index
  had an earlier version of it that the alert matches too: that was told, or was there before the alert.
- A match of an article that is changed so that it does not fit any more is forgotten: where it fits again, it
  is told again, unless a copy of it was told with it. So is a match of a deleted article, unless it was
  acknowledged; then it is kept until the article comes back and does not fit.
- A match of a near-identical copy of an article with a match is folded under that; of several, under the one
  that came first. Where a match that was not acknowledged goes, its first copy takes its place; where its
  article is changed so that they are not alike any more, the copy is told as well.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from newsindex.errors import QueryError
from newsindex.forks import cached_property
from newsindex.index_settings import IndexSettings
from newsindex.indexer.commit_change import CommitChange
from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.query.evaluation.term_dictionary import SnapshotDictionary
from newsindex.query.syntax.nodes import QueryNode
from newsindex.storage.alerts.alert_rows import AlertRow, Kind, MatchRow
from newsindex.storage.alerts.alert_tables import AlertTables
from newsindex.storage.manifest import SegmentEntry
from newsindex.storage.segment import Segment, hash_id

from .boolean_matching import BooleanMatcher
from .copies import CopyFinder
from .definition import Definition
from .incoming import Incoming
from .stored_trees import KEY_VERSION, decode_tree
from .telling_keys import CompiledAlert, compile_alert
from .variant_keys import BatchKeys


class CommitMatching:
    """The matches of one commit; ``arrivals`` are those that are told, in order."""

    def __init__(
        self,
        tables: AlertTables,
        settings: IndexSettings,
        commit: int,
        change: CommitChange,
        after: Sequence[SegmentEntry],
    ) -> None:
        self.arrivals: list[MatchRow] = []
        self._tables = tables
        self._settings = settings
        self._commit = commit
        self._change = change
        self._after_entries = after
        self.alerts: dict[int, AlertRow] = {}
        """The alerts that were run, and those of matches that changed, by id."""
        self._trees: dict[int, QueryNode] = {}
        self._unknown: set[int] = set()  # alerts that could not be run

    def run(self) -> None:
        """Records what the commit changes for the alerts."""
        self._renew_keys()
        incoming = Incoming(self._snapshot(self._written_segments), self._after)
        by_document = self._match(incoming)
        self._forget_deleted()
        earlier = incoming.earlier_versions(self._before)
        rows = self._known_rows(incoming)
        if self._forget_unfit(by_document, rows):
            rows = self._known_rows(incoming)  # copies have taken the places of what was forgotten
        old = self._fitting_before(by_document, earlier.places, earlier.documents, rows)
        self._record(incoming, by_document, rows, old)
        self._part_copies(incoming, by_document, rows)

    # Snapshots

    def _snapshot(self, segments: Sequence[Segment], acronyms: bool = False) -> Snapshot:
        settings = self._settings
        return Snapshot(self._commit, segments, settings.ranking, settings.zone, settings.lexicon, acronyms)

    @property
    def _written_segments(self) -> list[Segment]:
        return [Segment(path) for path in self._change.written]

    def _open(self, entries: Sequence[SegmentEntry]) -> list[Segment]:
        folder = self._change.folder
        return [Segment(folder / entry.name, entry.deleted, entry.documents) for entry in entries]

    @cached_property
    def _before(self) -> Snapshot:
        return self._snapshot(self._open(self._change.before))

    @cached_property
    def _after(self) -> Snapshot:
        return self._snapshot(self._open(self._after_entries), self._settings.acronyms)

    # Matching

    def _renew_keys(self) -> None:
        """Makes the keys of alerts anew that another version of newsindex made."""
        for row in self._tables.alerts_with_other_keys(KEY_VERSION):
            store_keys(self._tables, row, self._settings, self._after)

    def _match(self, incoming: Incoming) -> dict[int, list[int]]:
        """The alerts that match each incoming document, by its place; both ascending."""
        if not incoming.count:
            return {}
        matcher = BooleanMatcher(incoming.snapshot)
        batch = BatchKeys(incoming.terms(), matcher, self._after)
        needs_dictionary: dict[int, bool] = {}
        for alert, key in self._tables.alerts_with(batch):
            if key.kind != Kind.VARIANT:
                needs_dictionary.setdefault(alert, False)
            elif not needs_dictionary.get(alert) and batch.holds(key):
                needs_dictionary[alert] = True
        self.alerts |= {row.id: row for row in self._tables.alerts_of(needs_dictionary)}
        found: dict[int, list[int]] = {}
        for alert in sorted(self.alerts):
            try:
                tree = self._tree(self.alerts[alert], needs_dictionary[alert])
                matches = matcher.matches(tree)
            except QueryError:  # Alert.error says so to who lists the alerts
                self._unknown.add(alert)
                continue
            self._trees[alert] = tree
            for place in incoming.living_places(matches):
                found.setdefault(place, []).append(alert)
        return dict(sorted(found.items()))

    def _tree(self, alert: AlertRow, needs_dictionary: bool) -> QueryNode:
        if alert.tree and not needs_dictionary:
            return decode_tree(alert.tree)
        settings = self._settings
        dictionary = SnapshotDictionary(self._after) if needs_dictionary else None
        return Definition.from_body(alert.body).parse(settings.zone, settings.lexicon, dictionary).tree

    def _fitting_before(
        self,
        by_document: dict[int, list[int]],
        earlier: dict[int, tuple[int, int]],
        documents: Sequence[NDArray[np.intp]],
        rows: dict[int, dict[int, MatchRow]],
    ) -> set[tuple[int, int]]:
        """The places and alerts whose earlier version the alert matches, of those without a recorded match.

        ``earlier`` gives the segment of the earlier version of a place, and its place among the ``documents``
        of that segment.
        """
        asked: dict[int, list[int]] = {}  # places by alert
        for place in earlier:
            for alert in by_document.get(place, ()):
                if alert not in rows.get(place, ()):
                    asked.setdefault(alert, []).append(place)
        if not asked:
            return set()
        matcher = BooleanMatcher(self._before, documents)
        fitting: set[tuple[int, int]] = set()
        for alert, places in asked.items():
            try:
                matches = [set(of_segment) for of_segment in matcher.matches(self._trees[alert])]
            except QueryError:  # of a pattern that stands for too many words of the index: told rather twice
                continue
            for place in places:
                segment, number = earlier[place]
                if number in matches[segment]:
                    fitting.add((place, alert))
        return fitting

    # Records

    def _known_rows(self, incoming: Incoming) -> dict[int, dict[int, MatchRow]]:
        """The matches that are recorded of incoming articles, by place, ascending, and alert.

        An article that was deleted and comes back has those that were acknowledged.
        """
        if not self._tables.last_sequence():
            return {}
        places = {incoming.id_hash(place): place for place in incoming.live_places()}
        rows: dict[int, dict[int, MatchRow]] = {}
        for row in self._tables.matches_of_articles(places):
            rows.setdefault(places[row.article], {})[row.alert] = row
        return dict(sorted(rows.items()))

    def _forget_deleted(self) -> None:
        """Forgets the matches of deleted articles that were not acknowledged."""
        if not self._tables.last_sequence():
            return
        for article_id in self._change.deleted:
            if self._after.find(article_id) is None:
                for row in self._tables.matches_of_article(hash_id(article_id)):
                    if row.sequence > self._seen(row.alert):
                        self._forget(row)

    def _forget_unfit(self, by_document: dict[int, list[int]], rows: dict[int, dict[int, MatchRow]]) -> bool:
        """Forgets the matches of articles that are changed so that they do not fit any more.

        Returns whether there were any.
        """
        gone = [
            of_place[alert]
            for place, of_place in rows.items()
            for alert in of_place.keys() - set(by_document.get(place, ())) - self._unknown
        ]
        for row in gone:
            self._forget(self._tables.current_match(row))  # it may have taken the place of one before it
        return bool(gone)

    def _forget(self, row: MatchRow) -> None:
        """Deletes a match; its first copy takes its place, unless it was acknowledged."""
        self._tables.remove_match(row)
        if row.folded or row.sequence <= self._seen(row.alert):
            return
        self._fold_under_first(self._tables.copies_of(row))

    def _seen(self, alert: int) -> int:
        """The sequence number up to which an alert was acknowledged."""
        if alert not in self.alerts:
            self.alerts |= {row.id: row for row in self._tables.alerts_of([alert])}
        return self.alerts[alert].seen

    def _record(
        self,
        incoming: Incoming,
        by_document: dict[int, list[int]],
        rows: dict[int, dict[int, MatchRow]],
        old: set[tuple[int, int]],
    ) -> None:
        """Writes the new matches, in the order of the documents."""
        finder = CopyFinder(self._after, self._tables)
        sequence = self._tables.last_sequence()
        matches: list[MatchRow] = []
        for place, alerts in by_document.items():
            article = incoming.id_hash(place)
            known = rows.get(place, {})
            new = []
            for alert in alerts:
                row = known.get(alert)
                if row is not None and row.folded:  # the change may be that it is no copy any more
                    self._tables.remove_match(row)
                    new.append(alert)
                elif row is None and (place, alert) not in old:
                    new.append(alert)
            if not new:
                continue
            originals = finder.originals(incoming.address(place), new)
            numbers = range(sequence + 1, sequence + 1 + len(new))
            sequence += len(new)
            told = [
                MatchRow(number, alert, article, originals.get(alert, 0), self._commit)
                for number, alert in zip(numbers, new, strict=True)
            ]
            finder.add(article, told)
            matches += told
        self._tables.add_matches(matches, sequence)
        self.arrivals = [row for row in matches if not row.folded]

    def _part_copies(
        self,
        incoming: Incoming,
        by_document: dict[int, list[int]],
        rows: dict[int, dict[int, MatchRow]],
    ) -> None:
        """Parts a match from the copies that its article, which was changed, is not like any more.

        The first of them stands for the others. Where the match was acknowledged, they were told with it.
        """
        finder = CopyFinder(self._after, self._tables)
        for place, of_place in rows.items():
            for alert in by_document.get(place, ()):
                row = of_place.get(alert)
                if row is None or row.folded or row.sequence <= self._seen(alert):
                    continue
                address = incoming.address(place)
                copies = self._tables.copies_of(row)
                self._fold_under_first([copy for copy in copies if not finder.is_copy(address, copy.article)])

    def _fold_under_first(self, matches: Sequence[MatchRow]) -> None:
        for place, match in enumerate(matches):
            self._tables.replace_match(match._replace(folded=matches[0].sequence if place else 0))


def store_keys(tables: AlertTables, alert: AlertRow, settings: IndexSettings, snapshot: Snapshot) -> None:
    """Computes and writes the keys of an alert; one that cannot be parsed has none."""
    try:
        definition = Definition.from_body(alert.body)
        frequency = snapshot.statistics.document_frequency
        compiled = compile_alert(definition, settings.zone, settings.lexicon, frequency)
    except QueryError:
        compiled = CompiledAlert([], "")
    tables.set_keys(alert.id, *compiled, KEY_VERSION)
