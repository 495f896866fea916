"""How many articles of the cluster have a word, a phrase or a label; several are counted in one request."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final, TypeAlias

from newsindex.analyzer import fold
from newsindex.backends.opensearch.searching.pinned_index import PinnedIndex
from newsindex.backends.opensearch.searching.querying.clauses import Clause, counted_wildcard, numbered, term
from newsindex.backends.opensearch.searching.querying.query_compiler import QueryCompiler
from newsindex.errors import QueryError
from newsindex.query.evaluation.caches import BoundedCache
from newsindex.query.evaluation.term_expansion import MAX_EXPANSION, is_multi_term
from newsindex.query.syntax.nodes import (
    EveryQuery,
    FuzzyQuery,
    LabelQuery,
    PhraseQuery,
    QueryNode,
    WildcardQuery,
    WordQuery,
)
from newsindex.query.syntax.visitor import all_leaves

_MAX_KEPT: Final = 100_000  # counts


@dataclass(frozen=True, slots=True)
class Form:
    """A word without its accents, in any article."""

    folded: str


@dataclass(frozen=True, slots=True)
class Numbered:
    """The stems that are a stem and a number after it."""

    stem: str


Counted: TypeAlias = QueryNode | Form | Numbered
"""What is counted: the articles that a node matches, or that have a form."""

EVERY_ARTICLE: Final = EveryQuery()


class TermCounts:
    """The counts of one state of an index, which are asked for once; threads may share it."""

    def __init__(
        self,
        pinned: PinnedIndex,
        compiler: QueryCompiler,
        near_forms: Callable[[FuzzyQuery], object],
    ) -> None:
        """``near_forms`` raises QueryError for a fuzzy word that stands for too many words."""
        self._near_forms = near_forms
        self._pinned = pinned
        self._compiler = compiler
        self._counts: BoundedCache[Any, int] = BoundedCache(_MAX_KEPT)

    def known(self, counted: Counted) -> int | None:
        """Returns a count, None where it has not been asked for."""
        return self._counts.get(counted)

    def of(self, counted: Counted) -> int:
        """Returns a count, which is asked for where it is not known."""
        count = self._counts.get(counted)
        return self.fetch([counted])[counted] if count is None else count

    def fetch(self, counted: Iterable[Counted]) -> dict[Any, int]:
        """Asks for the counts that are not known, in one request, and returns all.

        Raises QueryError for a pattern that stands for too many words.
        """
        counts: dict[Any, int] = {}
        unknown: list[Counted] = []
        for one in dict.fromkeys(counted):
            count = self._counts.get(one)
            if count is None:
                unknown.append(one)
            else:
                counts[one] = count
        for one in unknown:
            if isinstance(one, FuzzyQuery):
                self._near_forms(one)  # raises QueryError where they are too many
        answers = self._pinned.count([self._query(one) for one in unknown]) if unknown else []
        for one, answer in zip(unknown, answers, strict=True):
            if isinstance(answer, QueryError):
                raise _too_many_words(one, answer)
            counts[one] = self._counts[one] = answer
        return counts

    def _query(self, counted: Counted) -> Clause:
        if isinstance(counted, Form):
            return term("forms", counted.folded)
        if isinstance(counted, Numbered):
            return numbered(counted.stem)
        if isinstance(counted, WildcardQuery) and counted.field == "text":
            return counted_wildcard(counted)
        return self._compiler.matching(counted)


def word_of(stem: str, field: str = "text") -> WordQuery:
    """Returns the node that stands for the articles with a stem in a field."""
    return WordQuery(field, stem, "")


def phrase_of(stems: Iterable[str]) -> PhraseQuery:
    """Returns the node that stands for the articles with some stems side by side."""
    return PhraseQuery("text", tuple(stems))


def counted_in(tree: QueryNode) -> Iterator[Counted]:
    """Yields what has to be counted to score and to present the articles that a tree matches."""
    yield EVERY_ARTICLE
    for leaf in all_leaves(tree):
        if isinstance(leaf, WordQuery):
            for word in (leaf, *leaf.stop_words, *leaf.phrase_words):
                yield from _of_word(word)
        elif isinstance(leaf, PhraseQuery):
            for stem in leaf.terms:
                yield word_of(stem)
                yield word_of(stem, leaf.field)
        elif isinstance(leaf, LabelQuery) and leaf.field != "id":
            yield from labels_of(leaf)
        elif is_multi_term(leaf):
            yield expansion_of(leaf)


def expansion_of(node: QueryNode) -> QueryNode:
    """Returns the node by which the articles with one of the spellings of a word are counted."""
    return replace(node, boost=1.0)  # type: ignore[type-var]


def _of_word(word: WordQuery) -> Iterator[Counted]:
    yield word_of(word.term)
    if word.field != "text":
        yield word_of(word.term, word.field)
    if form := fold(word.spelling):
        yield Form(form)


def labels_of(node: LabelQuery) -> Iterator[LabelQuery]:
    """Yields a node for each of the values of a label."""
    for value in node.values:
        yield LabelQuery(node.field, (value,), node.pattern)


def _too_many_words(counted: Counted, error: QueryError) -> QueryError:
    """The error for a pattern that stands for more words than it may; ``error`` for what is no pattern."""
    if not isinstance(counted, WildcardQuery):
        return error
    return QueryError(
        f"{counted.pattern} stands for more than {MAX_EXPANSION:,} words: give more of its letters",
        "pattern_too_wide",
        counted.pattern,
        MAX_EXPANSION,
    )


class ClusterFigures:
    """The figures of the whole index, in place of those of the articles of one page."""

    def __init__(self, counts: TermCounts, average_lengths: tuple[float, float]) -> None:
        self._counts = counts
        self.average_lengths = average_lengths
        """The average lengths of headlines and of bodies for which the cluster scores."""

    @property
    def documents(self) -> int:
        """The number of articles."""
        return self._counts.of(EVERY_ARTICLE)

    def document_frequency(self, term: str, field: str = "text") -> int:
        """How many articles have a term in a field."""
        return self._counts.of(word_of(term, field))

    def spelling_frequency(self, term: str, spelling: str) -> int:
        """How many articles have a spelling that differs from this one in accents at most."""
        form = fold(spelling)
        return self._counts.of(Form(form)) if form else 0

    def expansion_frequency(self, node: QueryNode) -> int:
        """How many articles have any of the spellings that a word stands for."""
        return self._counts.of(expansion_of(node))
