"""The segments of a snapshot as the compiled kernel holds them, and its terms and words."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from newsindex.analyzer import fold
from newsindex.compiled.protocols import (
    ExpansionHandle,
    Kernel,
    Plan,
    SegmentHandle,
    StoredTextsHandle,
    TermHandle,
    WeightedWord,
)
from newsindex.deadline import deadline_error, remaining_seconds
from newsindex.errors import NewsIndexError
from newsindex.forks import cached_property
from newsindex.query.evaluation.bm25f import BM25F, TermWeight
from newsindex.query.evaluation.caches import BoundedCache
from newsindex.query.evaluation.collection_statistics import CollectionFigures, CollectionStatistics
from newsindex.query.evaluation.segment_view import SegmentView
from newsindex.query.syntax.nodes import QueryNode, WordQuery

from .counted_values import LabelValues, Periods

_MAX_TERM_BYTES: Final = 32 << 20
_MAX_WORD_BYTES: Final = 160 << 20  # with their terms
_MAX_PLAN_BYTES: Final = 8 << 20
_MAX_EXPANSION_BYTES: Final = 8 << 20
_MAX_DECAY_BYTES: Final = 16 << 20

Answer = TypeVar("Answer")


class CompiledCollection(CollectionStatistics):
    """A snapshot in the compiled kernel, which counts in all segments by one call; threads may share it.

    Terms, words and filters are kept for the searches to come, up to a number of bytes.
    """

    def __init__(
        self,
        kernel: Kernel,
        views: Sequence[SegmentView],
        ranking: BM25F,
        documents: int,
        figures: CollectionFigures | None = None,
    ) -> None:
        """Hands the segments over.

        ``documents`` is the number of live ones, and ``figures`` are those of a larger collection. Raises
        IndexCorrupt.
        """
        super().__init__(views, ranking, documents, figures)
        self.kernel = kernel
        self.plans = kernel.Plan
        self.views = views
        self.ranking = ranking
        self.documents = documents
        self.filters: BoundedCache[QueryNode, Plan] = BoundedCache(
            max_bytes=_MAX_PLAN_BYTES, large_values=True
        )
        """The plans of filters by label."""
        self.expansions: BoundedCache[tuple[object, ...], ExpansionHandle] = BoundedCache(
            max_bytes=_MAX_EXPANSION_BYTES, measure=sys.getsizeof
        )
        """The documents that have the spellings of exact, wildcard and fuzzy words."""
        self.decay_factors: BoundedCache[tuple[float, int], list[NDArray[np.float32]]] = BoundedCache(
            max_bytes=_MAX_DECAY_BYTES, large_values=True
        )
        """The factors of documents by age (``ranking/recency_decay.py``), by segment."""
        self.label_values: dict[str, LabelValues] = {}
        """The values of the fields by which matches were counted."""
        self.periods: dict[str, Periods] = {}
        """The days, weeks … by which matches were counted."""
        self._terms: BoundedCache[str, TermHandle] = BoundedCache(
            max_bytes=_MAX_TERM_BYTES, measure=sys.getsizeof
        )
        self._words: BoundedCache[tuple[str, str], WeightedWord] = BoundedCache(
            max_bytes=_MAX_WORD_BYTES, measure=lambda word: sys.getsizeof(word[0])
        )
        segments = [self._segment(number) for number in range(len(views))]
        shares = (
            ranking.spelling, ranking.accents, ranking.neighbours, ranking.stop_words, ranking.lead,
        )  # fmt: skip
        self.handle = kernel.Collection(segments, shares)

    @cached_property
    def texts(self) -> StoredTextsHandle:
        """The stored texts. Raises IndexCorrupt."""
        layouts = [view.segment.file.raw().layout for view in self.views]
        try:
            return self.kernel.StoredTexts(self.handle, layouts)
        except self.kernel.DamagedSegment as error:
            raise self._damage(*error.args) from error

    def ask(self, verb: Callable[..., Answer], *arguments: object) -> Answer:
        """Calls a verb of the kernel that takes the seconds that are left as its last argument.

        Raises IndexCorrupt, DeadlineExceeded, and MemoryError.
        """
        try:
            return verb(*arguments, remaining_seconds())
        except self.kernel.DeadlinePassed:
            raise deadline_error() from None
        except self.kernel.DamagedSegment as error:
            raise self._damage(*error.args) from error

    def term(self, text: str) -> TermHandle:
        """The handle of a term, which need not be in any segment."""
        handle = self._terms.get(text)
        if handle is None:
            handle = self._terms[text] = self.ask(self.handle.term, text)
        return handle

    def word(self, term: str, spelling: str) -> WeightedWord:
        """A term and a typed spelling of it, with their idf in the text."""
        key = term, spelling
        word = self._words.get(key)
        if word is None:
            handle = self.ask(self.handle.word, self.term(term), spelling, fold(spelling), fold)
            frequency = handle.spelling_frequency
            if self.figures is not None:
                frequency = self.figures.spelling_frequency(term, spelling)
            weight = self.weight_of(term, frequency)
            word = self._words[key] = handle, *weight
        return word

    def weighted(self, word: WordQuery) -> WeightedWord:
        """A word of a query with its weights."""
        handle, term, spelling = known = self.word(word.term, word.spelling)
        if word.field != "text":
            return handle, *super().term_weight(word)
        return known if word.boost == 1.0 else (handle, term * word.boost, spelling * word.boost)

    def term_weight(self, word: WordQuery) -> TermWeight:
        """The boosted idf of a word of a query, for its term and for its spelling."""
        _, term, spelling = self.weighted(word)
        return TermWeight(term, spelling)

    def document_frequency(self, term: str, field: str = "text") -> int:
        """How many live documents have a term in a field; the field ``text`` is headline and body."""
        if field != "text" or self.figures is not None:
            return super().document_frequency(term, field)
        handle = self._terms.get(term)
        if handle is not None:
            return handle.document_frequency
        return self.ask(self.handle.document_frequency, term)

    def spelling_frequency(self, term: str, spelling: str) -> int:
        """How many live documents have a spelling of a term that is like a typed one."""
        if self.figures is not None:
            return self.figures.spelling_frequency(term, spelling)
        handle, _, _ = self.word(term, spelling)
        return handle.spelling_frequency

    def phrase_frequency(self, terms: Sequence[str]) -> int:
        """How many live documents have some terms side by side."""
        phrase = self.plans.phrase([self.term(term) for term in terms], "text", 1, 1.0)
        return self.ask(self.handle.count, phrase)

    def numbered_terms(self, term: str, limit: int) -> list[str]:
        """The first terms of each segment, ascending, that are a term and a number after it.

        There may be some more that only begin so; there are at most ``limit`` of each segment.
        """
        after = chr(ord("9") + 1)
        return self.ask(self.handle.term_range, f"{term}0", term + after, limit)

    def _segment(self, number: int) -> SegmentHandle:
        view = self.views[number]
        segment, postings = view.segment, view.segment.postings
        content, end, checksums, layout = segment.file.raw()
        codes = postings.code_headline[:-1], postings.code_body[:-1], postings.code_mark[:-1]
        norms = (view.norms.row_starts, view.norms.table("text"), *view.norms.class_norms)
        try:
            return self.kernel.Segment(
                content, end, checksums, layout, segment.documents, segment.deleted, norms, codes,
                self.ranking.k1,
            )  # fmt: skip
        except self.kernel.DamagedSegment as error:
            raise self._damage(number, *error.args[1:]) from error

    def _damage(self, number: int, array: str | None, position: int, reason: str) -> NewsIndexError:
        """The error for a damaged segment; ``position`` is an element of the array, or a byte of the file."""
        file = self.views[number].segment.file
        if array is None or array not in file:
            return file.corrupt_error(reason, position)
        return file.inconsistent_error(array, position, reason)
