"""Finds what the articles of an index say of the acronyms and the long names in a query.

Where articles define ``Office national de l'électricité et de l'eau potable (ONEE)``, a query for one also
finds the other. The other form counts only in articles without the typed one, and scores at most
``MAX_VARIANT_WEIGHT`` of what the idf of the typed words gives, and less where another meaning of the
acronym is more frequent. It is left out where it was typed too.

- An acronym that articles write like an ordinary word (``can``) has to be typed in capitals.
- A long name may be typed without its stop words.
- Where the user's synonyms say the same, they count instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple, Protocol

from newsindex.analyzer import Lexicon, Word, content_terms
from newsindex.forks import cached_property

from .nodes import AndNotQuery, AndQuery, ExactWordQuery, PhraseQuery, QueryNode, WordQuery
from .query_fields import SpellingFrequencies
from .synonyms import ClauseTerms
from .written_variants import MAX_VARIANT_WEIGHT, TermDictionary

MAX_NAMING_PARTS: Final = 20
"""Long names are not looked for in a group of more parts of which any will do: it is a whole text, and says
enough by itself."""
_MAX_TYPED: Final = 12  # words of one clause that is looked at

Terms = tuple[str, ...]


class Meaning(Protocol):
    """A meaning of an acronym, as the articles define it."""

    @property
    def acronym(self) -> str:
        """The acronym as it is written."""

    @property
    def names(self) -> tuple[Terms, ...]:
        """The terms of the long name, in the forms that articles write."""

    @property
    def share(self) -> float:
        """How many articles define it, as a share of those that define the acronym's most frequent one."""


class AcronymDictionary(TermDictionary, SpellingFrequencies, Protocol):
    """The terms of an index, and the acronyms that its articles define."""

    def meanings(self, spellings: Terms) -> Sequence[Meaning]:
        """The meanings of an acronym, given as its spellings; the most frequent comes first."""

    def named(self, terms: Terms) -> Sequence[Meaning]:
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
    def _typed_terms(self) -> frozenset[str]:
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
        return tuple(
            self._beside(clause, self._phrase(clause, terms, self._boost(clause, meaning, terms)))
            for meaning in meanings
            for terms in meaning.names
            if not self._is_said(clause, terms)
        )

    def may_begin(self, clause: ClauseTerms) -> bool:
        """Whether a long name may begin with a clause."""
        return clause.terms[0] in self._dictionary.longest_name

    def of_run(self, clauses: Iterable[ClauseTerms]) -> LongName:
        """The acronyms of the longest run of the first clauses that is a long name; 0 clauses for none."""
        found = LongName(0, ())
        first: ClauseTerms | None = None
        terms: Terms = ()
        content: Terms = ()
        for count, clause in enumerate(clauses, 1):
            first = first or clause
            added = content_terms(clause.terms)
            terms, content = terms + clause.terms, content + added
            if clause.field != first.field or len(content) > self._dictionary.longest_name.get(terms[0], 0):
                break
            if added:
                meanings = self._dictionary.named(terms)
                if not meanings and content[0] == terms[0]:
                    meanings = self._dictionary.named(content)
                if nodes := tuple(self._short_forms(first._replace(terms=terms), meanings)):
                    found = LongName(count, nodes)
        return found

    def _short_forms(self, clause: ClauseTerms, meanings: Sequence[Meaning]) -> Iterator[QueryNode]:
        """The acronyms of a long name, each in its own spelling."""
        for meaning in meanings:
            words = self._lexicon.french.analyze(meaning.acronym)
            terms = tuple([word.term for word in words])
            if self._is_said(clause, terms) or self._dictionary.is_ordinary(meaning.acronym):
                continue
            boost = self._boost(clause, meaning, terms)
            if len(words) == 1:
                yield self._beside(clause, ExactWordQuery(clause.field, terms[0], words[0].spelling, boost))
            else:
                yield self._beside(clause, self._phrase(clause, terms, boost))

    @staticmethod
    def _phrase(clause: ClauseTerms, terms: Terms, boost: float) -> PhraseQuery:
        return PhraseQuery(clause.field, terms, 1, boost, stands_for=clause.terms)

    def _is_said(self, clause: ClauseTerms, terms: Terms) -> bool:
        """Whether the query has all of some terms, or the user's synonyms of a clause are these terms."""
        if self._typed_terms.issuperset(terms):
            return True
        synonyms = self._lexicon.alternatives.get(clause.terms, ())
        return any(tuple([word.term for word in words]) == terms for words in synonyms)

    def _boost(self, clause: ClauseTerms, meaning: Meaning, terms: Terms) -> float:
        """The boost by which the other form of a clause scores less than the clause."""
        ratio = self._idf(clause.terms) / self._idf(terms)
        return clause.boost * MAX_VARIANT_WEIGHT * meaning.share * min(ratio, 1.0)

    def _idf(self, terms: Terms) -> float:
        return sum(map(self._dictionary.idf, terms))

    @staticmethod
    def _beside(clause: ClauseTerms, node: QueryNode) -> QueryNode:
        """The other form where an article does not have the typed one; stop words do not count."""
        terms = content_terms(clause.terms) or clause.terms
        typed = tuple([WordQuery(clause.field, term, term) for term in terms])
        return AndNotQuery(node, typed[0] if len(typed) == 1 else AndQuery(typed))
