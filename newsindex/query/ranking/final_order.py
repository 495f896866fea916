"""Orders the hits of one search in two stages, from where a cursor begins.

The order is that of the first stage (result_order.py), of which the best matches, at most MAX_RERANKED, are
sorted anew by the score of the second stage (second_stage.py). They stay before all other matches, and since
the second stage lowers no score, scores never rise along the order. It is one order, whatever the size of a
page: which matches are the best is decided over all segments, on every page alike.

The second stage applies to the orders by score, ``relevance`` and ``recent``: there it multiplies the score
that has already decayed.
"""

from __future__ import annotations

from collections.abc import Sequence

from newsindex.forks import cached_property
from newsindex.query.evaluation.evaluator import Evaluator
from newsindex.query.evaluation.matches import Matches
from newsindex.query.evaluation.segment_view import SegmentView
from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.query.syntax.parser import ParsedQuery

from .cursor import BEST, LATER, Cursor, SortPosition, decode_cursor, encode_cursor
from .kernel_ranking import rank_by_kernel
from .recency_decay import RecencyDecay, newest_publication
from .result_order import RankedHit, ResultOrder
from .search_options import SearchOptions
from .second_stage import MAX_RERANKED, SecondStage
from .top_hits import CollectedHits, collect


class FinalOrder:
    """The order of the hits of a search, and the page of it that its options ask for."""

    def __init__(
        self, snapshot: Snapshot, query: ParsedQuery, options: SearchOptions, newest: int | None = None
    ) -> None:
        """``newest`` is the date, in minutes, from which ages count in the order ``recent``.

        Without it, it is that of the cursor, or of the newest article of the snapshot.
        """
        self._snapshot = snapshot
        self._query = query
        self._options = options
        cursor = decode_cursor(options.after, snapshot, options) if options.after else None
        decay = None
        if options.sort == "recent":  # ages count from the same date on every page
            newest = cursor.newest if cursor is not None else newest
            decay = RecencyDecay(
                options.half_life, newest_publication(snapshot) if newest is None else newest
            )
        self.first_stage = ResultOrder(snapshot, query, options, decay)
        self._has_second_stage = bool(
            options.second_stage and options.limit and options.sort in ("relevance", "recent")
        )
        self._last_best: SortPosition | None = None  # the position in the first stage of the last of the best
        self._after = None if cursor is None else self._current_position(cursor)

    @cached_property
    def second_stage(self) -> SecondStage | None:
        """The second stage, None where the order has none."""
        return (SecondStage(self._query.tree, self._snapshot) or None) if self._has_second_stage else None

    @property
    def evaluator(self) -> Evaluator:
        """The evaluator of the query's tree."""
        return self.first_stage.evaluator

    def following_hits(self) -> CollectedHits:
        """Returns the hits of the page, and if there are, one or more after it."""
        limit, after = self._options.limit + 1, self._after
        compiled = self._snapshot.compiled
        order = self.first_stage
        if compiled is not None and after is None and order.is_top_by_relevance:
            reranked = MAX_RERANKED if self._has_second_stage else 0
            ranked = rank_by_kernel(compiled, self._query.tree, order, limit, reranked)
            return CollectedHits(*ranked, [])
        if self.second_stage is None or (after is not None and after.part == LATER):
            return self._collect(limit, after)
        if after is None:
            collected = self._collect(max(limit, MAX_RERANKED), None)
            return collected._replace(hits=self._reranked(self.second_stage, collected.hits))
        collected = self._collect(MAX_RERANKED + limit, None)
        hits = self._reranked(self.second_stage, collected.hits)
        return collected._replace(hits=[hit for hit in hits if hit.position > after])

    def cursor_after(self, position: SortPosition) -> str:
        """Returns the cursor of the page that follows a position."""
        decay = self.first_stage.decay
        newest = None if decay is None else decay.newest
        return encode_cursor(position, self._snapshot, self._options, newest)

    def position_of(
        self, segment: int, view: SegmentView, matches: Matches, document: int
    ) -> SortPosition | None:
        """Returns the position of a document in the order from the first page on, None where it is no match.

        ``matches`` are all matches of its segment.
        """
        position = self.first_stage.position_of(segment, view, matches, document)
        if position is None or self.second_stage is None:
            return position
        if self._last_best is None:  # the page is not the first
            self._last_best = self._collect(MAX_RERANKED, None).hits[-1].position
        if position > self._last_best:
            return position
        return self._rescored(self.second_stage, [RankedHit(position, -position.key)])[0].position

    def _collect(self, limit: int, after: SortPosition | None) -> CollectedHits:
        """The first ``limit`` hits of the first stage after a position."""
        self.first_stage.seek(limit, after)
        return collect(self._snapshot, self._query, self.first_stage)

    def _reranked(self, second_stage: SecondStage, hits: list[RankedHit]) -> list[RankedHit]:
        """The first hits of the first stage, in the final order."""
        best = hits[:MAX_RERANKED]
        if not best:
            return hits
        self._last_best = best[-1].position
        return self._rescored(second_stage, best) + hits[MAX_RERANKED:]

    def _rescored(self, second_stage: SecondStage, best: Sequence[RankedHit]) -> list[RankedHit]:
        """Some of the best hits with their final scores, in their order."""
        positions = [
            SortPosition(BEST, -score, position.tie_break, position.segment, position.document)
            for score, (position, _) in zip(second_stage.scores(best), best, strict=True)
        ]
        return [RankedHit(position, -position.key) for position in sorted(positions)]

    def _current_position(self, cursor: Cursor) -> SortPosition:
        """The position where the article of a cursor stands now, after commits.

        It is the position where it stood then, if it is gone or no match now.
        """
        if cursor.moved_id_hash is None:
            return cursor.position
        for segment, view in enumerate(self._snapshot.views):
            for document in view.segment.documents_of_hash(cursor.moved_id_hash):
                matches = self.evaluator.matches(view, self._query.tree)
                return self.position_of(segment, view, matches, document) or cursor.position
        return cursor.position
