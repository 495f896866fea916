"""Statistics of the whole collection: document frequencies, idf and the weights of query words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from newsindex.query.syntax.nodes import QueryNode, WordQuery

from .bm25f import BM25F, TermWeight, idf
from .caches import BoundedCache
from .segment_view import SegmentView


class CollectionFigures(Protocol):
    """The figures of a whole collection, which take the place of those of the segments in every score."""

    @property
    def documents(self) -> int:
        """The number of articles."""

    @property
    def average_lengths(self) -> tuple[float, float]:
        """The average lengths of headlines and of bodies in words, over the articles that have the field."""

    def document_frequency(self, term: str, field: str) -> int:
        """How many articles have a term in a field; the field ``text`` is headline and body."""

    def spelling_frequency(self, term: str, spelling: str) -> int:
        """How many articles have a spelling of a term that differs from this one in accents at most."""

    def expansion_frequency(self, node: QueryNode) -> int:
        """How many articles have any of the spellings that a node stands for, in its field.

        The node is an exact, a wildcard or a fuzzy word.
        """


class CollectionStatistics:
    """The statistics over the live documents of all segments of a snapshot, cached by term."""

    def __init__(
        self,
        views: Sequence[SegmentView],
        ranking: BM25F,
        documents: int,
        figures: CollectionFigures | None = None,
    ) -> None:
        """``documents`` is the number of live documents; ``figures`` are those of a larger collection."""
        self.figures = figures
        """The figures of the collection of which the segments are a part, None where they are all of it."""
        self._views = views
        self._ranking = ranking
        self._documents = documents
        self._document_frequencies: BoundedCache[tuple[str, str], int] = BoundedCache()
        self._term_weights: BoundedCache[tuple[str, str, str], TermWeight] = BoundedCache()

    def document_frequency(self, term: str, field: str = "text") -> int:
        """How many live documents have a term in a field; the field ``text`` is headline and body."""
        frequency = self._document_frequencies.get((term, field))
        if frequency is None:
            frequency = self._document_frequencies[term, field] = self._count(term, field)
        return frequency

    def idf(self, term: str, field: str = "text") -> float:
        """The inverse document frequency of a term in a field."""
        return idf(self._documents, self.document_frequency(term, field))

    def term_weight(self, word: WordQuery) -> TermWeight:
        """The boosted idf of a word of a query, for its term and for its spelling."""
        key = word.term, word.field, word.spelling
        weight = self._term_weights.get(key)
        if weight is None:
            weight = self.weight_of(word.term, self.spelling_frequency(word.term, word.spelling), word.field)
            self._term_weights[key] = weight
        return weight if word.boost == 1.0 else weight.times(word.boost)

    def weight_of(self, term: str, spelling_frequency: int, field: str = "text") -> TermWeight:
        """The idf of a term in a field, and of the spellings of it that so many live documents have."""
        has_spellings = self._ranking.spelling or self._ranking.accents
        frequency = min(spelling_frequency, self.document_frequency(term)) if has_spellings else 0
        by_spelling = idf(self._documents, frequency) if frequency else 0.0
        return TermWeight(self.idf(term, field), by_spelling)

    def expansion_frequency(self, node: QueryNode, within: int) -> int:
        """How many live documents have any of the spellings that an exact, a wildcard or a fuzzy word means.

        Without figures of a larger collection, it is ``within``, the number of those in the segments.
        """
        return within if self.figures is None else self.figures.expansion_frequency(node)

    def _count(self, term: str, field: str) -> int:
        """How many live documents have a term in a field."""
        if self.figures is not None:
            return self.figures.document_frequency(term, field)
        return sum(view.document_frequency(term, field) for view in self._views)

    def spelling_frequency(self, term: str, spelling: str) -> int:
        """How many live documents have a spelling of a term that is like a typed one.

        The numbers of these spellings are summed.
        """
        if self.figures is not None:
            return self.figures.spelling_frequency(term, spelling)
        numbers = [(view, view.term_number(term)) for view in self._views]
        return sum(
            view.spellings.document_frequency(number, spelling)
            for view, number in numbers
            if number is not None
        )
