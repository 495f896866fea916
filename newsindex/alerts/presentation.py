"""Shows the matches of alerts as hits: articles with their marks and their near-identical copies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import Final

from newsindex.errors import QueryError
from newsindex.query.evaluation.snapshot import DocumentAddress, Snapshot
from newsindex.query.evaluation.term_dictionary import SnapshotDictionary
from newsindex.query.ranking.search_options import SearchOptions
from newsindex.query.search import run
from newsindex.query.syntax.nodes import AndMaybeQuery, LabelQuery, QueryNode
from newsindex.query.syntax.parser import ParsedQuery
from newsindex.results import Hit, Match
from newsindex.searcher import Searcher
from newsindex.storage.alerts.alert_rows import AlertRow, MatchRow
from newsindex.storage.stored_articles import restore_article

from .definition import Definition, alert_of

_TOGETHER: Final = 50
"""Hits of one alert that are made at once."""
_NO_COPIES: Final[Mapping[int, Sequence[MatchRow]]] = MappingProxyType({})


def present(
    searcher: Searcher,
    alerts: Mapping[int, AlertRow],
    rows: Sequence[MatchRow],
    copies: Mapping[int, Sequence[MatchRow]] = _NO_COPIES,
) -> list[Match]:
    """The matches of some rows, in their order, without those whose article the searcher does not have.

    ``copies`` are, by sequence number, the rows that are folded under one. Hits are made when they are first
    asked for.
    """
    snapshot = searcher.snapshot
    presenters: dict[int, _AlertHits] = {}
    matches: list[Match] = []
    for row in rows:
        address = _find(snapshot, row.article)
        if address is None:
            continue
        presenter = presenters.get(row.alert)
        if presenter is None:
            presenter = presenters[row.alert] = _AlertHits(searcher, alerts[row.alert])
        place = presenter.add(address, copies.get(row.sequence, ()))
        matches.append(Match(presenter.alert, row.sequence, row.commit, partial(presenter.hit, place)))
    return matches


def _find(snapshot: Snapshot, article: int) -> DocumentAddress | None:
    """Where the article with a hash of its id is."""
    for number, segment in enumerate(snapshot.segments):
        for document in segment.documents_of_hash(article):
            return DocumentAddress(number, document)
    return None


class _AlertHits:
    """Makes the hits of one alert, some at a time."""

    def __init__(self, searcher: Searcher, row: AlertRow) -> None:
        self.alert = alert_of(row, searcher.zone, searcher.lexicon)
        self._searcher = searcher
        self._body = row.body
        self._places: list[tuple[DocumentAddress, Sequence[MatchRow]]] = []
        self._hits: dict[int, Hit] = {}

    def add(self, address: DocumentAddress, copies: Sequence[MatchRow]) -> int:
        """Add an article with its copies; returns its place."""
        self._places.append((address, copies))
        return len(self._places) - 1

    def hit(self, place: int) -> Hit:
        """The hit of the article at a place."""
        if place not in self._hits:
            self._present(place // _TOGETHER * _TOGETHER)
        return self._hits.pop(place)

    def _present(self, first: int) -> None:
        """Make the hits of the articles from a place on."""
        snapshot = self._searcher.snapshot
        places = self._places[first : first + _TOGETHER]
        articles = [
            snapshot.segments[address.segment].text(address.document).rest["id"] for address, _ in places
        ]
        sought = LabelQuery("id", tuple(articles))
        tree = self._tree()
        query = ParsedQuery(sought if tree is None else AndMaybeQuery(sought, tree), ())
        results = run(snapshot, query, SearchOptions(len(places), second_stage=False))
        hits = {hit.article.id: hit for hit in results.hits}
        for place, (article_id, (_, copies)) in enumerate(zip(articles, places, strict=True), first):
            self._hits[place] = self._with_copies(hits[article_id], copies)

    def _tree(self) -> QueryNode | None:
        """The tree of the alert, by which its words are marked; None where it cannot be parsed."""
        searcher = self._searcher
        try:
            definition = Definition.from_body(self._body)
            dictionary = SnapshotDictionary(searcher.snapshot)
            return definition.parse(searcher.zone, searcher.lexicon, dictionary).tree
        except QueryError:
            return None

    def _with_copies(self, hit: Hit, copies: Sequence[MatchRow]) -> Hit:
        snapshot = self._searcher.snapshot
        found = [_find(snapshot, copy.article) for copy in copies]
        duplicates = tuple(
            restore_article(snapshot.segments[address.segment].text(address.document), snapshot.zone)
            for address in found
            if address is not None
        )
        return replace(hit, duplicates=duplicates) if duplicates else hit
