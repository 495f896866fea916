"""Finds one page of a search on the cluster: its articles in order, and what is known of all matches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from newsindex.article import Article
from newsindex.backends.opensearch.documents import restore_article
from newsindex.backends.opensearch.searching.pinned_index import MAX_PAGE, Answer, PinnedIndex
from newsindex.backends.opensearch.searching.querying.clauses import Clause
from newsindex.backends.opensearch.searching.querying.optional_clauses import with_optional
from newsindex.backends.opensearch.searching.querying.query_compiler import QueryCompiler
from newsindex.backends.opensearch.searching.querying.result_order import decayed, sort_of
from newsindex.backends.opensearch.searching.result_snapshot import ResultSnapshot, SnapshotMaker
from newsindex.dates.minutes import minutes_since_epoch
from newsindex.query.evaluation.collection_statistics import CollectionFigures
from newsindex.query.ranking.recency_decay import RecencyDecay
from newsindex.query.ranking.search_options import SearchOptions
from newsindex.query.syntax.nodes import QueryNode
from newsindex.query.syntax.parser import ParsedQuery

from .best_matches import Candidate, Ranked, best_of, order_of, rank
from .cluster_cursor import ClusterCursor, decode_cursor
from .further_copies import further_copies
from .match_counts import counting


class Found(NamedTuple):
    """Some candidates of a search in a row, and the answer of the cluster that they came with."""

    candidates: list[Candidate]
    answer: Answer


class ClusterPage(NamedTuple):
    """The articles of a page in their order, and the answer of the cluster that they come from.

    ``found`` is a snapshot that holds them, ``next`` the cursor of the next page, and ``duplicates`` are the
    articles hidden behind each, by its place on the page.
    """

    ranked: Sequence[Ranked]
    found: ResultSnapshot
    next: ClusterCursor | None
    answer: Answer
    duplicates: Mapping[int, Sequence[Article]] = {}


class SearchOnCluster:
    """One search on the cluster."""

    def __init__(
        self,
        pinned: PinnedIndex,
        compiler: QueryCompiler,
        figures: CollectionFigures,
        snapshots: SnapshotMaker,
        query: ParsedQuery,
        options: SearchOptions,
        newest: NewestPublication,
    ) -> None:
        self.options = options
        self.query = query
        self.cursor = decode_cursor(options.after, options) if options.after else None
        self.pinned = pinned if self.cursor is None else pinned.continued(self.cursor.point)
        self._figures = figures
        self._snapshots = snapshots
        self.best = best_of(query.tree)
        """How many candidates are scored again."""
        self.by_score = options.sort in ("relevance", "recent")
        self.newest: int | None = None
        """The date, in minutes, from which ages count in the order ``recent``."""
        if options.sort == "recent":
            self.newest = self.cursor.newest if self.cursor is not None else newest.minutes()
        self._compiler = compiler
        self._compiled = self._compile(compiler, query.tree)

    def _compile(self, compiler: QueryCompiler, tree: QueryNode) -> Clause:
        if not self.by_score:
            return {"bool": {"filter": [compiler.matching(tree)]}}
        scored = with_optional(compiler, tree)
        if self.newest is None:
            return scored
        return decayed(scored, RecencyDecay(self.options.half_life, self.newest))

    def page(self) -> ClusterPage:
        """Returns the page that the options ask for."""
        limit, cursor = self.options.limit, self.cursor
        if not limit:
            return ClusterPage((), self._snapshots.make((), None), None, self.find(0, None).answer)
        if not self.by_score or (cursor is not None and cursor.after is not None):
            candidates, answer = self.find(limit + 1, None if cursor is None else cursor.after)
            ranked, found = self._rank_later(candidates[:limit])
            return ClusterPage(ranked, found, self._cursor(len(ranked), candidates), answer)
        shown = 0 if cursor is None else cursor.shown
        end = shown + limit
        candidates, answer = self.find(max(self.best, end) + 1, None)
        ranked, found = self.rank(candidates[: max(self.best, end)])
        following = None
        if end < len(candidates):
            following = self._cursor(end, candidates) if end >= self.best else self._cursor_in_best(end)
        return ClusterPage(ranked[shown:end], found, following, answer)

    def _cursor(self, end: int, candidates: Sequence[Candidate]) -> ClusterCursor | None:
        """The cursor after so many candidates in the order of the cluster, None where these are all."""
        if not 0 < end < len(candidates):
            return None
        return ClusterCursor(self.pinned.point, 0, candidates[end - 1].sort, self.newest)

    def _cursor_in_best(self, shown: int) -> ClusterCursor:
        return ClusterCursor(self.pinned.point, shown, None, self.newest)

    def find(self, count: int, after: list[Any] | None) -> Found:
        """Returns the first candidates in the order of the cluster, or the first after one of them."""
        candidates: list[Candidate] = []
        first: Answer | None = None
        while first is None or (len(candidates) < count and after is not None):
            answer = self._ask(min(count - len(candidates), MAX_PAGE), after, counted=first is None)
            first = first or answer
            candidates += [
                Candidate(restore_article(hit["_source"], self.pinned.place), hit["sort"])
                for hit in answer.hits
            ]
            after = answer.hits[-1]["sort"] if len(answer.hits) == MAX_PAGE else None
        return Found(candidates, first)

    def _ask(self, size: int, after: list[Any] | None, *, counted: bool) -> Answer:
        body: dict[str, Any] = {
            "query": self._compiled, "size": size, "track_total_hits": counted, "_source": ["article"],
            "sort": sort_of(self.options.sort),
        }  # fmt: skip
        if after is not None:
            body["search_after"] = after
        if counted and (aggregations := counting(self.options.facets, self.options.timeline)):
            body["aggs"] = aggregations
        return self.pinned.search(body, globally=self.by_score and size > 0)

    def rank(self, candidates: Sequence[Candidate]) -> tuple[list[Ranked], ResultSnapshot]:
        """Returns the first candidates of the search in the final order, and the snapshot of all of them."""
        if not self.by_score:
            return self._rank_later(candidates)
        best = self.snapshot_of([candidate.article for candidate in candidates[: self.best]])
        ranked = rank(order_of(best, self.query, self.options, self.newest), best)
        if len(candidates) <= self.best:
            return ranked, best
        later, found = self._rank_later(candidates)
        return ranked + later[self.best :], found

    def _rank_later(self, candidates: Sequence[Candidate]) -> tuple[list[Ranked], ResultSnapshot]:
        """Candidates in the order of the cluster, with the scores of the first stage."""
        found = self.snapshot_of([candidate.article for candidate in candidates])
        options = replace(self.options, second_stage=False)
        scored = {
            one.article.id: one for one in rank(order_of(found, self.query, options, self.newest), found)
        }
        return [scored[candidate.article.id] for candidate in candidates], found

    def further_copies(self, articles: Sequence[Article], known: Sequence[Article]) -> list[Article]:
        """Returns matches that share most words with one of some articles, without those that are known."""
        query = self._compiler.matching(self.query.tree)
        return further_copies(self.pinned, self._snapshots.french, query, articles, known)

    def snapshot_of(self, articles: Sequence[Article]) -> ResultSnapshot:
        """Returns the result snapshot of some articles."""
        return self._snapshots.make(articles, self._figures)


class NewestPublication:
    """The date from which ages count: that of the newest article that is not dated in the future."""

    def __init__(self, pinned: PinnedIndex, zone: ZoneInfo) -> None:
        self._pinned = pinned
        self._zone = zone
        self._known: tuple[int, int] | None = None  # the minute of the last question, and its answer

    def minutes(self) -> int:
        """Returns the date in minutes since 1970, in the local time of the index; now where none is."""
        now = minutes_since_epoch(datetime.now(self._zone), self._zone)
        body: Mapping[str, Any] = {
            "query": {"bool": {"filter": [{"range": {"minutes": {"lte": now}}}]}},
            "size": 1, "sort": [{"minutes": "desc"}], "_source": False, "track_total_hits": False,
        }  # fmt: skip
        known = self._known
        if known is None or known[0] != now:
            hits = self._pinned.search(body).hits
            known = self._known = now, int(hits[0]["sort"][0]) if hits else now
        return known[1]
