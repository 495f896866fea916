"""Orders the hits of one search by final score or by date, from where a cursor begins."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsindex.query.evaluation.evaluator import Evaluator
from newsindex.query.evaluation.matches import Matches
from newsindex.query.evaluation.max_score import TopMatches
from newsindex.query.evaluation.segment_view import SegmentView
from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.query.syntax.parser import ParsedQuery

from .cursor import Cursor, SortPosition, decode_cursor, encode_cursor
from .optional_scorer import OptionalScorer
from .recency_decay import RecencyDecay, newest_publication
from .search_options import SearchOptions
from .sort_keys import date_keys, follow, slice_of_first, smallest


class RankedHit(NamedTuple):
    """The position of a hit in the order, and its score."""

    position: SortPosition
    score: float


class _Candidates(NamedTuple):
    """Documents of one segment that may be on the page: four arrays of one shape."""

    documents: NDArray[Any]
    scores: NDArray[np.float32]
    dates: NDArray[np.integer[Any]]
    keys: NDArray[np.floating[Any]]

    def take(self, indexes: NDArray[np.intp]) -> _Candidates:
        """The candidates at some indexes."""
        return _Candidates(
            self.documents[indexes], self.scores[indexes], self.dates[indexes], self.keys[indexes]
        )


class ResultOrder:
    """The order of the matches of a query, and the part of it that makes one page.

    The score of the query's tree is the evaluator's. The final score of a document adds what the optional
    scorer gives, and is multiplied by the decay where the order blends relevance with recency.
    """

    def __init__(self, snapshot: Snapshot, query: ParsedQuery, options: SearchOptions) -> None:
        self.evaluator = Evaluator(snapshot)
        self.optional_scorer = OptionalScorer(query.tree, snapshot)
        self.limit = options.limit + 1
        """The number of first matches that fill the page and tell whether more follow."""
        self.is_top_by_relevance = options.sort == "relevance" and options.after is None
        """Whether the page is made of the matches with the highest scores."""
        self.needs_all_matches = bool(options.facets or options.timeline)
        """Whether all matches are counted by facets or a timeline."""
        self._snapshot = snapshot
        self._tree = query.tree
        self._sort = options.sort
        self._options = options
        self._is_by_score = options.sort in ("relevance", "recent")
        cursor = decode_cursor(options.after, snapshot, options) if options.after else None
        self.decay: RecencyDecay | None = None
        if options.sort == "recent":  # ages count from the same date on every page
            newest = None if cursor is None else cursor.newest
            newest = newest_publication(snapshot) if newest is None else newest
            self.decay = RecencyDecay(options.half_life, newest)
        self._after = None if cursor is None else self._current_position(cursor)

    def cursor_after(self, position: SortPosition) -> str:
        """Returns the cursor of the page that follows a position."""
        newest = None if self.decay is None else self.decay.newest
        return encode_cursor(position, self._snapshot, self._options, newest)

    def _current_position(self, cursor: Cursor) -> SortPosition:
        """The position where the article of a cursor stands now, after commits; where it stood then, if it is
        gone or no match now."""
        if cursor.moved_id_hash is None:
            return cursor.position
        for segment, view in enumerate(self._snapshot.views):
            for document in view.segment.documents_of_hash(cursor.moved_id_hash):
                matches = self.evaluator.matches(view, self._tree)
                return self.position_of(segment, view, matches, document) or cursor.position
        return cursor.position

    def top_matches(self, view: SegmentView, threshold: float) -> TopMatches:
        """Returns at least those matches of a segment that may be on a page of the highest scores, and the
        number of all matches.

        ``threshold`` is the lowest of the scores for the tree that make the page so far, 0 before it is full.
        """
        if self.needs_all_matches:
            matches = self.evaluator.matches(view, self._tree)
            return TopMatches(matches, matches.count)
        tolerance = self.optional_scorer.max_score
        return self.evaluator.top_matches(view, self._tree, self.limit, threshold, tolerance)

    def first_hits(self, segment: int, view: SegmentView, matches: Matches) -> list[RankedHit]:
        """Returns the first matches of a segment on the page, unsorted, and maybe a few more."""
        documents, scores, published = matches.documents, matches.scores, view.segment.published
        part: NDArray[np.intp] | slice
        if self._is_by_score:
            part = self._competitive(scores, self._dates(view, documents))
        elif self._after is None:
            part = slice_of_first(documents, published, self._sort, self.limit)
        else:
            part = slice(None)
        return self.ranked(segment, view, documents[part], scores[part])

    def ranked(
        self, segment: int, view: SegmentView, documents: NDArray[Any], scores: NDArray[np.float32]
    ) -> list[RankedHit]:
        """Returns the first of some matches on the page, unsorted, and maybe a few more.

        ``scores`` are those for the query's tree; the hits have their final scores.
        """
        dates = self._dates(view, documents)
        if self._is_by_score:
            scores = self._final_scores(view, documents, scores, dates)
        keys = -scores if self._is_by_score else date_keys(dates, self._sort)
        candidates = _Candidates(documents, scores, dates, keys)
        if self._after is not None:
            following = follow(keys, dates, segment, documents, self._after)
            candidates = candidates.take(np.flatnonzero(following))
        if len(candidates.keys) > 2 * self.limit:
            first = smallest(candidates.keys, candidates.dates, candidates.documents, self.limit)
            candidates = candidates.take(first)
        documents, scores, dates, keys = candidates
        if not self._is_by_score:  # only now, for the few that are left
            scores = self._final_scores(view, documents, scores, dates)
        rows = zip(keys.tolist(), dates.tolist(), documents.tolist(), scores.tolist(), strict=True)
        return [
            RankedHit(SortPosition(key, -minute, segment, document), score)
            for key, minute, document, score in rows
        ]

    def position_of(
        self, segment: int, view: SegmentView, matches: Matches, document: int
    ) -> SortPosition | None:
        """Returns the position of a document in the order from the first page on, None where it is no match.

        ``matches`` are all matches of its segment.
        """
        match = matches.select(np.flatnonzero(matches.documents == document))
        if not match.count:
            return None
        dates = self._dates(view, match.documents)
        scores = self._final_scores(view, match.documents, match.scores, dates)
        key = -scores if self._is_by_score else date_keys(dates, self._sort)
        return SortPosition(float(key[0]), -int(dates[0]), segment, document)

    def _dates(self, view: SegmentView, documents: NDArray[Any]) -> NDArray[np.integer[Any]]:
        """The dates of some documents as they count for the order."""
        published: NDArray[np.int32] = view.segment.published[documents]
        return published if self.decay is None else self.decay.effective_dates(published)

    def _final_scores(
        self,
        view: SegmentView,
        documents: NDArray[Any],
        scores: NDArray[np.float32],
        dates: NDArray[np.integer[Any]],
    ) -> NDArray[np.float32]:
        """The final scores of some documents, given their scores for the query's tree and their dates."""
        if self.optional_scorer and len(documents):
            ascending = np.argsort(documents, kind="stable")
            scores = scores.copy()
            scores[ascending] += self.optional_scorer.scores(view, documents[ascending])
        if self.decay is not None:
            return scores * self.decay.factors(dates)
        return scores

    def _competitive(self, scores: NDArray[np.float32], dates: NDArray[np.integer[Any]]) -> NDArray[np.intp]:
        """The indexes of the matches that may be on the page, given their scores for the tree."""
        factors = np.float32(1) if self.decay is None else self.decay.factors(dates)
        lowest = scores * factors
        highest = (scores + np.float32(self.optional_scorer.max_score)) * factors
        last_score = np.inf if self._after is None else -self._after.key  # of the page before
        threshold = -np.inf
        following = lowest[lowest < last_score]
        if len(following) > self.limit:
            threshold = float(np.partition(following, -self.limit)[-self.limit])
        return np.flatnonzero((lowest <= last_score) & (highest >= threshold))
