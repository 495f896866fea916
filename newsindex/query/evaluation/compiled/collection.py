"""The segments of a snapshot as the compiled kernel holds them, and its terms and words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from newsindex.compiled.protocols import (
    Kernel,
    Plan,
    SegmentHandle,
    Spellings,
    StoredTextsHandle,
    TermHandle,
    WeightedWord,
    WordHandle,
)
from newsindex.deadline import check_deadline, deadline_error, remaining_seconds
from newsindex.errors import NewsIndexError
from newsindex.forks import cached_property
from newsindex.query.evaluation.bm25f import BM25F
from newsindex.query.evaluation.caches import BoundedCache
from newsindex.query.evaluation.collection_statistics import CollectionStatistics
from newsindex.query.evaluation.segment_view import SegmentView
from newsindex.query.syntax.nodes import QueryNode, WordQuery

_MAX_TERM_BYTES: Final = 16 << 20
_MAX_WORD_BYTES: Final = 16 << 20
_MAX_PLAN_BYTES: Final = 8 << 20

Answer = TypeVar("Answer")


class CompiledCollection:
    """A snapshot in the compiled kernel; threads may share it.

    Terms, words and filters are kept for the searches to come, up to a number of bytes.
    """

    def __init__(
        self,
        kernel: Kernel,
        views: Sequence[SegmentView],
        statistics: CollectionStatistics,
        ranking: BM25F,
    ) -> None:
        """Hands the segments over. Raises IndexCorrupt."""
        self.kernel = kernel
        self.plans = kernel.Plan
        self.views = views
        self.statistics = statistics
        self.ranking = ranking
        self.filters: BoundedCache[QueryNode, Plan] = BoundedCache(
            max_bytes=_MAX_PLAN_BYTES, large_values=True
        )
        """The plans of filters by label."""
        self._terms: BoundedCache[str, TermHandle] = BoundedCache(
            max_bytes=_MAX_TERM_BYTES, large_values=True
        )
        self._words: BoundedCache[tuple[str, str], WordHandle] = BoundedCache(
            max_bytes=_MAX_WORD_BYTES, large_values=True
        )
        self.handle = kernel.Collection([self._segment(number) for number in range(len(views))])

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
            numbers = [view.term_number(text) for view in self.views]
            handle = self._terms[text] = self.ask(self.handle.term, numbers)
        return handle

    def phrase_frequency(self, terms: Sequence[str]) -> int:
        """How many live documents have some terms side by side."""
        phrase = self.plans.phrase([self.term(term) for term in terms], "text", 1, 1.0)
        _, total = self.ask(self.handle.rank, phrase, [], [], 0.0, 0)
        return total

    def word(self, node: WordQuery) -> WeightedWord:
        """A word of a query in the text with its weights."""
        weight = self.statistics.term_weight(node)
        key = node.term, node.spelling
        handle = self._words.get(key)
        if handle is None:
            handle = self._words[key] = self._word(node, bool(weight.spelling))
        if not weight.spelling:
            return handle, weight.term, None
        added = self.ranking.spelling * weight.spelling, self.ranking.accents * weight.spelling
        return handle, weight.term, added

    def _word(self, node: WordQuery, by_spelling: bool) -> WordHandle:
        term = self.term(node.term)
        spellings: list[tuple[Spellings, Spellings] | None] = [None] * len(self.views)
        if by_spelling:
            for number, view in enumerate(self.views):
                check_deadline()
                term_number = view.term_number(node.term)
                if term_number is not None:
                    spellings[number] = view.spellings.similar(term_number, node.spelling)
        return self.ask(self.handle.word, term, spellings)

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
