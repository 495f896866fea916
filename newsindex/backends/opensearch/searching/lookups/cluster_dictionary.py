"""The terms and the acronyms of an index on a cluster, as the query parser looks them up.

The parser asks for one term after another, and a request for each would take too long. A query is therefore
parsed with what is known; what was not known is asked for in one request, and the query is parsed again.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from typing import Final

from newsindex.analyzer import fold
from newsindex.deadline import check_deadline
from newsindex.query.evaluation.acronyms.learned_acronyms import Meaning
from newsindex.query.evaluation.bm25f import idf
from newsindex.query.evaluation.caches import BoundedCache
from newsindex.query.syntax.parser import ParsedQuery
from newsindex.query.syntax.written_variants import Variant

from .learned_on_cluster import ClusterAcronyms
from .term_counts import EVERY_ARTICLE, Counted, Form, Numbered, TermCounts, counted_in, phrase_of, word_of

_MAX_ROUNDS: Final = 8  # of parsing; three are enough for most queries
_FREQUENT: Final = 1 << 20
"""The document frequency of a term that is not known yet: most words of queries are frequent."""


class ClusterDictionary:
    """Looks terms and acronyms up, and notes in ``unknown`` what is not known yet."""

    def __init__(
        self,
        counts: TermCounts,
        acronyms: ClusterAcronyms,
        find_numbered: Callable[[str, int], Sequence[str]],
        known_variants: MutableMapping[tuple[str, ...], tuple[Variant, ...]],
    ) -> None:
        self._counts = counts
        self._acronyms = acronyms
        self._find_numbered = find_numbered
        self.known_variants = known_variants
        """The variants that were found before, by what was typed."""
        self.unknown: dict[Counted, None] = {}

    def _count(self, counted: Counted, otherwise: int) -> int:
        count = self._counts.known(counted)
        if count is None:
            self.unknown[counted] = None
            return otherwise
        return count

    def document_frequency(self, term: str) -> int:
        """How many articles have a term."""
        return self._count(word_of(term), _FREQUENT)

    def spelling_frequency(self, term: str, spelling: str) -> int:
        """How many articles have a spelling, whatever its accents."""
        form = fold(spelling)
        return self._count(Form(form), _FREQUENT) if form else 0

    def idf(self, term: str) -> float:
        """The inverse document frequency of a term."""
        documents = self._count(EVERY_ARTICLE, _FREQUENT)
        return idf(documents, min(self._count(word_of(term), 1), documents))

    def phrase_frequency(self, terms: Sequence[str]) -> int:
        """How many articles have some terms side by side."""
        return self._count(phrase_of(terms), 0)

    def numbered_terms(self, term: str, limit: int) -> Sequence[str]:
        """The terms that are a term and a number after it, at most ``limit``."""
        return self._find_numbered(term, limit) if self._count(Numbered(term), 0) else ()

    def meanings(self, key: tuple[str, ...]) -> Sequence[Meaning]:
        """The meanings of an acronym, given as its folded words; the most frequent comes first."""
        return self._acronyms.learned.meanings.get(key, ())

    def named(self, terms: tuple[str, ...]) -> Sequence[Meaning]:
        """The meanings that have a long name of these terms."""
        return self._acronyms.learned.named.get(terms, ())

    @property
    def longest_name(self) -> Mapping[str, int]:
        """By the first term of long names, how many terms the longest has."""
        return self._acronyms.learned.longest_name

    def is_ordinary(self, acronym: str) -> bool:
        """Whether the articles write an acronym like an ordinary word most of the time."""
        return self._acronyms.is_ordinary(acronym)


class RoundParser:
    """Parses queries, and asks for what the parser has to know in as few requests as possible."""

    def __init__(
        self,
        counts: TermCounts,
        make_dictionary: Callable[[MutableMapping[tuple[str, ...], tuple[Variant, ...]]], ClusterDictionary],
    ) -> None:
        self._counts = counts
        self._make_dictionary = make_dictionary
        self._variants: BoundedCache[tuple[str, ...], tuple[Variant, ...]] = BoundedCache(large_values=True)

    def parse(self, parse: Callable[[ClusterDictionary], ParsedQuery]) -> ParsedQuery:
        """Returns what ``parse`` makes of a query with the dictionary of the index.

        What scores the query is known afterwards. Raises QueryError.
        """
        for _ in range(_MAX_ROUNDS):
            check_deadline()
            found: dict[tuple[str, ...], tuple[Variant, ...]] = {}
            dictionary = self._make_dictionary(ChainMap(found, self._variants))
            parsed = parse(dictionary)
            unknown = [*dictionary.unknown]
            unknown += [one for one in counted_in(parsed.tree) if self._counts.known(one) is None]
            if not dictionary.unknown:
                for typed, variants in found.items():
                    self._variants[typed] = variants
            if unknown:
                self._counts.fetch(unknown)
            if not dictionary.unknown:
                return parsed
        return parsed
