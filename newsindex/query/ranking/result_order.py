"""Orders the matches of one search by the score of the first stage or by date, from any position on."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsindex.forks import cached_property
from newsindex.query.evaluation.evaluator import Evaluator
from newsindex.query.evaluation.matches import Matches
from newsindex.query.evaluation.max_score import TopMatches
from newsindex.query.evaluation.segment_view import SegmentView
from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.query.syntax.parser import ParsedQuery

from .cursor import LATER, SortPosition
from .optional_scorer import OptionalScorer
from .recency_decay import RecencyDecay
from .search_options import SearchOptions
from .sort_keys import date_keys, follow, slice_of_first, smallest


class RankedHit(NamedTuple):
    """The position of a hit in the order, and its score."""

    position: SortPosition
    score: float


class _Candidates(NamedTuple):
    """Documents of one segment that may be among those sought: four arrays of one shape."""

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
    """The order of the matches of a query in the first stage of the ranking, and some matches in a row of it.

    The score of the query's tree is the evaluator's. The score of the first stage adds what the optional
    scorer gives, and is multiplied by the decay where the order blends relevance with recency.
    """

    def __init__(
        self, snapshot: Snapshot, query: ParsedQuery, options: SearchOptions, decay: RecencyDecay | None
    ) -> None:
        self.evaluator = Evaluator(snapshot)
        self._snapshot = snapshot
        self.decay = decay
        self.limit = options.limit + 1
        """The number of matches in a row that are sought."""
        self.after: SortPosition | None = None
        """The position after which matches are sought."""
        self.needs_all_matches = bool(options.facets or options.timeline) and snapshot.compiled is None
        """Whether all matches are collected for facets or a timeline to count; the kernel needs no list."""
        self._tree = query.tree
        self.sort = options.sort
        """The order by its name."""
        self._is_by_score = options.sort in ("relevance", "recent")

    @cached_property
    def optional_scorer(self) -> OptionalScorer:
        """What scores without being required; the kernel makes its own."""
        return OptionalScorer(self._tree, self._snapshot)

    @property
    def is_top_by_relevance(self) -> bool:
        """Whether the matches with the highest scores are sought."""
        return self.sort == "relevance" and self.after is None

    def seek(self, limit: int, after: SortPosition | None) -> None:
        """Sets which matches are sought: the first ``limit`` ones, or the first after a position."""
        self.limit = limit
        self.after = after

    def top_matches(self, view: SegmentView, threshold: float) -> TopMatches:
        """Returns at least those matches of a segment that may have one of the highest scores sought.

        The number of all matches comes with them.

        ``threshold`` is the lowest of the scores for the tree found so far, 0 before they are enough.
        """
        if self.needs_all_matches:
            matches = self.evaluator.matches(view, self._tree)
            return TopMatches(matches, matches.count)
        tolerance = self.optional_scorer.max_score
        return self.evaluator.top_matches(view, self._tree, self.limit, threshold, tolerance)

    def first_hits(self, segment: int, view: SegmentView, matches: Matches) -> list[RankedHit]:
        """Returns the first matches of a segment that are sought, unsorted, and maybe a few more."""
        documents, scores, published = matches.documents, matches.scores, view.segment.published
        part: NDArray[np.intp] | slice
        if self._is_by_score:
            part = self._competitive(scores, self._dates(view, documents))
        elif self.after is None:
            part = slice_of_first(documents, published, self.sort, self.limit)
        else:
            part = slice(None)
        return self.ranked(segment, view, documents[part], scores[part])

    def ranked(
        self, segment: int, view: SegmentView, documents: NDArray[Any], scores: NDArray[np.float32]
    ) -> list[RankedHit]:
        """Returns the first of some matches that are sought, unsorted, and maybe a few more.

        ``scores`` are those for the query's tree; the hits have those of the first stage.
        """
        dates = self._dates(view, documents)
        if self._is_by_score:
            scores = self._first_stage_scores(view, documents, scores, dates)
        keys = -scores if self._is_by_score else date_keys(dates, self.sort)
        candidates = _Candidates(documents, scores, dates, keys)
        if self.after is not None:
            following = follow(keys, dates, segment, documents, self.after)
            candidates = candidates.take(np.flatnonzero(following))
        if len(candidates.keys) > 2 * self.limit:
            first = smallest(candidates.keys, candidates.dates, candidates.documents, self.limit)
            candidates = candidates.take(first)
        documents, scores, dates, keys = candidates
        if not self._is_by_score:  # only now, for the few that are left
            scores = self._first_stage_scores(view, documents, scores, dates)
        rows = zip(keys.tolist(), dates.tolist(), documents.tolist(), scores.tolist(), strict=True)
        return [
            RankedHit(SortPosition(LATER, key, -minute, segment, document), score)
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
        scores = self._first_stage_scores(view, match.documents, match.scores, dates)
        key = -scores if self._is_by_score else date_keys(dates, self.sort)
        return SortPosition(LATER, float(key[0]), -int(dates[0]), segment, document)

    def _dates(self, view: SegmentView, documents: NDArray[Any]) -> NDArray[np.integer[Any]]:
        """The dates of some documents as they count for the order."""
        published: NDArray[np.int32] = view.segment.published[documents]
        return published if self.decay is None else self.decay.effective_dates(published)

    def _first_stage_scores(
        self,
        view: SegmentView,
        documents: NDArray[Any],
        scores: NDArray[np.float32],
        dates: NDArray[np.integer[Any]],
    ) -> NDArray[np.float32]:
        """The first stage's scores of some documents, given their scores for the tree and their dates."""
        if self.optional_scorer and len(documents):
            ascending = np.argsort(documents, kind="stable")
            scores = scores.copy()
            scores[ascending] += self.optional_scorer.scores(view, documents[ascending])
        if self.decay is not None:
            return scores * self.decay.factors(dates)
        return scores

    def _competitive(self, scores: NDArray[np.float32], dates: NDArray[np.integer[Any]]) -> NDArray[np.intp]:
        """The indexes of the matches that may be among those sought, given their scores for the tree."""
        factors = np.float32(1) if self.decay is None else self.decay.factors(dates)
        lowest = scores * factors
        highest = (scores + np.float32(self.optional_scorer.max_score)) * factors
        last_score = np.inf if self.after is None else -self.after.key  # of the page before
        threshold = -np.inf
        following = lowest[highest < last_score]  # certainly none of the pages before
        if len(following) > self.limit:
            threshold = float(np.partition(following, -self.limit)[-self.limit])
        return np.flatnonzero((lowest <= last_score) & (highest >= threshold))
