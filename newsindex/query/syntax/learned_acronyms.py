"""Finds what the articles of an index say of the acronyms and the long names in a query.

Where articles define ``Office national de l'électricité et de l'eau potable (ONEE)``, a query for one also
finds the other, which scores at most ``MAX_VARIANT_WEIGHT`` of what was typed, and less where another
meaning of the acronym is more frequent. An acronym that articles write like an ordinary word (``can``)
has to be typed in capitals. A long name may be typed without its stop words.

Where the user's synonyms say the same, they count instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple, Protocol

from newsindex.analyzer import Lexicon, Word, stop_terms
from newsindex.forks import cached_property

from .nodes import AndNotQuery, AndQuery, ExactWordQuery, PhraseQuery, QueryNode, WordQuery
from .synonyms import ClauseTerms
from .written_variants import MAX_VARIANT_WEIGHT, TermDictionary

MAX_NAMING_PARTS: Final = 20
"""Of how many parts, any of which will do, a group may be for its long names to be looked for: a longer one
is a text, which says enough by itself."""
_MAX_TYPED: Final = 12  # words of one acronym or of one clause that is looked at


class Meaning(Protocol):
    """A meaning of an acronym: its long name, as terms in several forms, and how frequent it is among the
    meanings of the acronym: 1 for the most frequent one."""

    @property
    def acronym(self) -> str:
        """The acronym as it is written."""

    @property
    def names(self) -> tuple[tuple[str, ...], ...]:
        """The terms of the long name, in the forms that articles write."""

    @property
    def share(self) -> float:
        """How many articles define it, as a share of those that define the most frequent meaning."""


class AcronymDictionary(TermDictionary, Protocol):
    """The terms of an index, and the acronyms that its articles define."""

    def meanings(self, key: tuple[str, ...]) -> Sequence[Meaning]:
        """The meanings of an acronym, given as its folded words; the most frequent comes first."""

    def named(self, terms: tuple[str, ...]) -> Sequence[Meaning]:
        """The meanings that have a long name of these terms."""

    @property
    def longest_name(self) -> Mapping[str, int]:
        """By the first term of long names, how many terms the longest has."""

    def is_ordinary(self, acronym: str) -> bool:
        """Whether the articles write an acronym like an ordinary word most of the time."""


class LongName(NamedTuple):
    """How many of the first clauses are a long name, and the nodes of its acronyms."""

    clauses: int
    nodes: tuple[QueryNode, ...]


class QueryAcronyms:
    """Finds the other forms of the acronyms and the long names in one query."""

    def __init__(self, lexicon: Lexicon, dictionary: AcronymDictionary, query: str) -> None:
        self._lexicon = lexicon
        self._dictionary = dictionary
        self._query = query

    @cached_property
    def _typed(self) -> frozenset[str]:
        """All terms of the query."""
        return frozenset([word.term for word in self._lexicon.french.analyze(self._query)])

    def of_clause(self, clause: ClauseTerms, text: str, words: Sequence[Word]) -> tuple[QueryNode, ...]:
        """The other forms of an acronym or a long name that is typed as one clause."""
        if len(words) == 1:
            return self._long_names(clause, text, words)
        if len(words) > _MAX_TYPED:
            return ()
        return (*self._long_names(clause, text, words), *self.of_run([clause]).nodes)

    def _long_names(self, clause: ClauseTerms, text: str, words: Sequence[Word]) -> tuple[QueryNode, ...]:
        """The long names of an acronym, as phrases."""
        meanings = self._dictionary.meanings(tuple([word.spelling for word in words]))
        if not meanings:
            return ()
        typed = text[words[0].start : words[-1].end]
        in_capitals = typed.isupper() or typed == meanings[0].acronym
        if not in_capitals and self._dictionary.is_ordinary(meanings[0].acronym):
            return ()
        return tuple(self._phrases(clause, meanings))

    def _phrases(self, clause: ClauseTerms, meanings: Sequence[Meaning]) -> Iterator[QueryNode]:
        synonyms = self._synonyms(clause.terms)
        for meaning in meanings:
            for terms in meaning.names:
                if terms not in synonyms and not self._typed.issuperset(terms):
                    yield self._unless(
                        clause, PhraseQuery(clause.field, terms, 1, self._weight(clause, meaning, terms))
                    )

    def may_begin(self, clause: ClauseTerms) -> bool:
        """Whether a long name may begin with a clause."""
        return clause.terms[0] in self._dictionary.longest_name

    def of_run(self, clauses: Iterable[ClauseTerms]) -> LongName:
        """The acronyms of the longest run of the first clauses that is a long name; 0 clauses for none."""
        found = LongName(0, ())
        clauses = list(clauses)
        first = clauses[0]
        left = self._dictionary.longest_name.get(first.terms[0], 0)
        terms: tuple[str, ...] = ()
        content: tuple[str, ...] = ()
        for count, clause in enumerate(clauses, 1):
            if clause.field != first.field or not left:
                break
            added = tuple([term for term in clause.terms if term not in stop_terms])
            terms, content = terms + clause.terms, content + added
            if len(content) > left:
                break
            if added:
                meanings = self._dictionary.named(terms)
                if not meanings and content[:1] == terms[:1]:
                    meanings = self._dictionary.named(content)
                nodes = tuple(self._short_forms(first._replace(terms=terms), meanings))
                if nodes:
                    found = LongName(count, nodes)
        return found

    def _short_forms(self, clause: ClauseTerms, meanings: Sequence[Meaning]) -> Iterator[QueryNode]:
        french = self._lexicon.french
        for meaning in meanings:
            words = french.analyze(meaning.acronym)
            terms = tuple([word.term for word in words])
            if self._typed.issuperset(terms) or terms in self._synonyms(clause.terms):
                continue
            if self._dictionary.is_ordinary(meaning.acronym):
                continue
            boost = self._weight(clause, meaning, terms)
            if len(words) == 1:
                yield self._unless(clause, ExactWordQuery(clause.field, terms[0], words[0].spelling, boost))
            else:
                yield self._unless(clause, PhraseQuery(clause.field, terms, 1, boost))

    def _weight(self, clause: ClauseTerms, meaning: Meaning, terms: tuple[str, ...]) -> float:
        ratio = min(self._idf(clause.terms) / self._idf(terms), 1.0)
        return clause.boost * MAX_VARIANT_WEIGHT * meaning.share * ratio

    def _unless(self, clause: ClauseTerms, node: QueryNode) -> QueryNode:
        words = [WordQuery(clause.field, term, term) for term in clause.terms if term not in stop_terms]
        words = words or [WordQuery(clause.field, term, term) for term in clause.terms]
        return AndNotQuery(node, words[0] if len(words) == 1 else AndQuery(tuple(words)))

    def _synonyms(self, terms: tuple[str, ...]) -> list[tuple[str, ...]]:
        """The terms of the user's synonyms of some terms."""
        alternatives = self._lexicon.alternatives.get(terms, ())
        return [tuple([word.term for word in words]) for words in alternatives]

    def _idf(self, terms: Sequence[str]) -> float:
        return sum(map(self._dictionary.idf, terms))
