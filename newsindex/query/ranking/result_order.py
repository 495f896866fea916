"""In which order do the matches of a query come, and which of a segment's come first?"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsindex.dates.minutes import UNDATED
from newsindex.query.evaluation.evaluator import Evaluator
from newsindex.query.evaluation.matches import Matches
from newsindex.query.evaluation.max_score import Best
from newsindex.query.evaluation.snapshot import SegmentView, Snapshot
from newsindex.query.syntax.parser import ParsedQuery

from .cursor import SortPosition, decode_cursor
from .optional_scorer import OptionalScorer
from .recency_decay import RecencyDecay
from .search_options import SearchOptions


class ResultOrder:
    """The order of the page that a search asks for."""

    def __init__(self, snapshot: Snapshot, query: ParsedQuery, page: SearchOptions) -> None:
        self.executor = Evaluator(snapshot)
        self.extras = OptionalScorer(query.tree, snapshot)
        self.freshness = RecencyDecay(snapshot, page.half_life) if page.sort == "recent" else None
        self._tree = query.tree
        self._by_score = page.sort in ("relevance", "recent")
        self._sort = page.sort
        self.wanted = page.limit + 1
        """How many of the first matches there must be, to fill the page and tell whether more follow."""
        self._after: SortPosition | None = None
        if page.after:
            cursor = decode_cursor(page.after, snapshot, page.order)
            self._after = self._moved(snapshot, cursor.moved) or cursor.place
        self.by_best = page.sort == "relevance" and page.after is None
        """Whether the matches with the best scores are the first, and nothing else matters."""
        self.counts_all = bool(page.facets or page.timeline)
        """Whether all matches are needed, to be counted."""

    def _moved(self, snapshot: Snapshot, id_hash: int | None) -> SortPosition | None:
        """Where the article of a cursor stands now, after commits; None where it is gone, or none came."""
        if id_hash is None:
            return None
        for number, view in enumerate(snapshot.views):
            for document in view.segment.documents_of_hash(id_hash):
                return self.place_of(number, view, self.executor.matches(view, self._tree), document)
        return None

    def best(self, view: SegmentView, least: float) -> Best:
        """At least those matches of a segment that may be on the page, where the best scores come first and
        the best so far are all ``least`` or better."""
        if self.counts_all:
            matches = self.executor.matches(view, self._tree)
            return Best(matches, matches.count)
        return self.executor.best(view, self._tree, self.wanted, least, self.extras.most)

    def first(self, number: int, view: SegmentView, matches: Matches) -> list[tuple[SortPosition, float]]:
        """The first matches of a segment in the order of the page, after a place, and their scores; maybe a
        few more."""
        return self.placed(number, view, *self._candidates(matches, view.segment.published))

    def placed(
        self, number: int, view: SegmentView, documents: NDArray[Any], scores: NDArray[np.float32]
    ) -> list[tuple[SortPosition, float]]:
        """The first of some matches, given their scores for the query's tree; maybe a few more."""
        published = view.segment.published
        if self._by_score:
            scores = self._whole_scores(view, documents, scores)
        keys = -scores if self._by_score else _time_keys(published[documents], self._sort)
        if self._after is not None:
            kept = np.flatnonzero(_follows(keys, published[documents], number, documents, self._after))
            documents, scores, keys = documents[kept], scores[kept], keys[kept]
        if len(keys) > 2 * self.wanted:
            kept = _least(keys, published, documents, self.wanted)
            documents, scores, keys = documents[kept], scores[kept], keys[kept]
        if not self._by_score:
            scores = self._whole_scores(view, documents, scores)
        when = published[documents].tolist()
        rows = zip(keys.tolist(), when, documents.tolist(), scores.tolist(), strict=True)
        return [(SortPosition(key, -when, number, document), score) for key, when, document, score in rows]

    def place_of(
        self, number: int, view: SegmentView, matches: Matches, document: int
    ) -> SortPosition | None:
        """Where a document stands in the order from the first page on, None where it is no match."""
        one = matches.kept(np.flatnonzero(matches.documents == document))
        if not one.count:
            return None
        published = view.segment.published[one.documents]
        scores = self._whole_scores(view, one.documents, one.scores)
        key = -scores if self._by_score else _time_keys(published, self._sort)
        return SortPosition(float(key[0]), -int(published[0]), number, document)

    def _whole_scores(
        self, view: SegmentView, documents: NDArray[Any], scores: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """The scores of some documents with all that counts, given those of the query's tree."""
        if self.extras and len(documents):
            ascending = np.argsort(documents, kind="stable")
            scores = scores.copy()
            scores[ascending] += self.extras.scores(view, documents[ascending])
        if self.freshness is not None:
            scores = scores * self.freshness.factors(view.segment.published[documents])
        return scores

    def _candidates(
        self, matches: Matches, published: NDArray[np.int32]
    ) -> tuple[NDArray[Any], NDArray[np.float32]]:
        """Matches among which the first of the page are, and their scores for the query's tree."""
        documents, scores = matches.documents, matches.scores
        if self._by_score:
            part: Any = self._near(scores, published[documents])
        elif self._after is None:
            part = _end(documents, published, self._sort, self.wanted)
        else:
            part = slice(None)
        return documents[part], scores[part]

    def _near(self, scores: NDArray[np.float32], published: NDArray[np.int32]) -> NDArray[np.intp]:
        """Which matches may be among the first, or among the first after a place."""
        factors = np.float32(1) if self.freshness is None else self.freshness.factors(published)
        low, high = scores * factors, (scores + np.float32(self.extras.most)) * factors
        last = np.inf if self._after is None else -self._after.key
        least = -np.inf
        follow = low[high < last]
        if len(follow) > self.wanted:
            least = float(np.partition(follow, -self.wanted)[-self.wanted])
        return np.flatnonzero((low <= last) & (high >= least))


def _least(
    keys: NDArray[np.floating[Any]], published: NDArray[np.int32], documents: NDArray[Any], wanted: int
) -> NDArray[np.intp]:
    """The places of the least keys; of equal ones the newer documents come first."""
    kept = np.flatnonzero(keys <= np.partition(keys, wanted - 1)[wanted - 1])
    if len(kept) > wanted:
        ties = (documents[kept], -published[documents[kept]].astype(np.int64), keys[kept])
        kept = kept[np.lexsort(ties)[:wanted]]
    return kept


def _end(documents: NDArray[Any], published: NDArray[np.int32], sort: str, wanted: int) -> slice:
    """Where the first ``wanted`` of some documents in the order by date are, and all of the same date as the
    last of these: documents are in that order already."""
    if len(documents) <= wanted:
        return slice(None)
    if sort == "newest":
        oldest = np.searchsorted(published, published[documents[-wanted]])
        return slice(int(np.searchsorted(documents, oldest)), None)
    dated = int(np.searchsorted(documents, np.searchsorted(published, UNDATED, "right")))
    if len(documents) - dated < wanted:
        return slice(None)
    newest = np.searchsorted(published, published[documents[dated + wanted - 1]], "right")
    return slice(dated, int(np.searchsorted(documents, newest)))


def _time_keys(published: NDArray[Any], sort: str) -> NDArray[np.float64]:
    """What an order by date goes by, ascending; articles without a date come last."""
    undated = published == UNDATED
    return np.where(undated, np.inf, published if sort == "oldest" else -published.astype(np.int64))


def _follows(
    keys: NDArray[np.floating[Any]],
    published: NDArray[np.int32],
    number: int,
    documents: NDArray[Any],
    after: SortPosition,
) -> NDArray[np.bool_]:
    if number == after.segment:
        last = documents > after.document
    else:
        last = np.full(len(keys), number > after.segment)
    tie = -published.astype(np.int64)
    later = (tie > after.tie) | ((tie == after.tie) & last)
    follows: NDArray[np.bool_] = (keys > after.key) | ((keys == after.key) & later)
    return follows
