"""Shows the matches of alerts as hits: articles with their marks and their near-identical copies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import Final

from newsindex.errors import NewsIndexError, QueryError
from newsindex.query.evaluation.snapshot import DocumentAddress, Snapshot
from newsindex.query.ranking.search_options import SearchOptions
from newsindex.query.search import run
from newsindex.query.syntax.nodes import AndMaybeQuery, LabelQuery, QueryNode
from newsindex.query.syntax.parser import ParsedQuery
from newsindex.results import Hit, Match
from newsindex.storage.alerts.alert_rows import AlertRow, MatchRow
from newsindex.storage.stored_articles import restore_article

from .definition import Definition, alert_of
from .hit_source import MatchedArticles

_TOGETHER: Final = 50
"""Hits of one alert that are made at once."""
_NO_COPIES: Final[Mapping[int, Sequence[MatchRow]]] = MappingProxyType({})


def present(
    articles: MatchedArticles,
    alerts: Mapping[int, AlertRow],
    rows: Sequence[MatchRow],
    copies: Mapping[int, Sequence[MatchRow]] = _NO_COPIES,
) -> list[Match]:
    """The matches of some rows, in their order, without those whose article is not in the index.

    ``copies`` are, by sequence number, the rows that are folded under one. Hits are made when they are first
    asked for, of what ``articles`` holds then.
    """
    known = articles.present([row.article for row in rows])
    presenters: dict[int, _AlertHits] = {}
    matches: list[Match] = []
    for row in rows:
        if row.article not in known:
            continue
        presenter = presenters.get(row.alert)
        if presenter is None:
            presenter = presenters[row.alert] = _AlertHits(alerts[row.alert], articles)
        place = presenter.add(row.article, copies.get(row.sequence, ()))
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

    def __init__(self, row: AlertRow, source: MatchedArticles) -> None:
        self.alert = alert_of(row, source.zone, source.lexicon)
        self._source = source
        self._body = row.body
        self._places: list[tuple[int, Sequence[MatchRow]]] = []  # the hash of each article's id, and copies
        self._hits: dict[int, Hit] = {}

    def add(self, article: int, copies: Sequence[MatchRow]) -> int:
        """Adds the article with a hash of its id, and its copies; returns its place."""
        self._places.append((article, copies))
        return len(self._places) - 1

    def hit(self, place: int) -> Hit:
        """The hit of the article at a place. Raises NewsIndexError where it was deleted since."""
        if place not in self._hits:
            self._present(place // _TOGETHER * _TOGETHER)
        hit = self._hits.pop(place, None)
        if hit is None:
            raise NewsIndexError("the article of this match has been deleted since it matched")
        return hit

    def _present(self, first: int) -> None:
        """Makes the hits of the articles from a place on."""
        tree = self._tree()
        chosen = self._places[first : first + _TOGETHER]
        sought_hashes = [one for article, copies in chosen for one in (article, *_articles_of(copies))]
        snapshot = self._source.snapshot_of(sought_hashes)
        articles: dict[int, str] = {}  # the ids by place
        for place, (article, _) in enumerate(chosen, first):
            address = _find(snapshot, article)
            if address is not None:
                articles[place] = snapshot.segments[address.segment].text(address.document).rest["id"]
        sought = LabelQuery("id", tuple(articles.values()))
        query = ParsedQuery(sought if tree is None else AndMaybeQuery(sought, tree), ())
        results = run(snapshot, query, SearchOptions(len(articles), second_stage=False))
        hits = {hit.article.id: hit for hit in results.hits}
        for place, article_id in articles.items():
            self._hits[place] = _with_copies(hits[article_id], self._places[place][1], snapshot)

    def _tree(self) -> QueryNode | None:
        """The tree of the alert, by which its words are marked; None where it cannot be parsed."""
        try:
            return self._source.parse(Definition.from_body(self._body)).tree
        except QueryError:
            return None


def _articles_of(rows: Sequence[MatchRow]) -> list[int]:
    return [row.article for row in rows]


def _with_copies(hit: Hit, copies: Sequence[MatchRow], snapshot: Snapshot) -> Hit:
    found = [_find(snapshot, copy.article) for copy in copies]
    duplicates = tuple(
        restore_article(snapshot.segments[address.segment].text(address.document), snapshot.zone)
        for address in found
        if address is not None
    )
    return replace(hit, duplicates=duplicates) if duplicates else hit
