"""The terms and the acronyms of a whole snapshot, as the query parser looks them up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping, Sequence

from newsindex.query.syntax.nodes import ExactWordQuery
from newsindex.query.syntax.written_variants import Variant

from .acronyms.capitals import MAX_ARTICLES_READ, is_ordinary_in, known_to_be_ordinary
from .acronyms.learned_acronyms import Meaning, acronym_key
from .phrase_matching import find_phrase
from .snapshot import Snapshot
from .term_expansion import expand


class SnapshotDictionary:
    """Looks terms and acronyms up in all segments of a snapshot, which keeps what was found."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._statistics = snapshot.statistics
        self.known_variants: MutableMapping[tuple[str, ...], tuple[Variant, ...]] = snapshot.written_variants
        """The variants that were found before, by what was typed."""

    def document_frequency(self, term: str) -> int:
        """How many live articles have a term; 0 for an unknown one."""
        return self._statistics.document_frequency(term)

    def spelling_frequency(self, term: str, spelling: str) -> int:
        """How many live articles have a spelling of a term, whatever its accents."""
        return self._statistics.spelling_frequency(term, spelling)

    def idf(self, term: str) -> float:
        """The inverse document frequency of a term."""
        return self._statistics.idf(term)

    def phrase_frequency(self, terms: Sequence[str]) -> int:
        """How many live articles have some terms side by side. Raises DeadlineExceeded."""
        if self._snapshot.compiled is not None:
            return self._snapshot.compiled.phrase_frequency(terms)
        return sum(len(find_phrase(view, terms, "text", 1).documents) for view in self._snapshot.views)

    def numbered_terms(self, term: str, limit: int) -> Sequence[str]:
        """The terms that are a term and a number after it, at most ``limit``."""
        if self._snapshot.compiled is not None:
            numbered = self._snapshot.compiled.numbered_terms(term, limit)
            return [text for text in numbered if text[len(term) :].isdigit()][:limit]
        found: set[str] = set()
        low, high = f"{term}0".encode(), f"{term}:".encode()  # a colon comes right after 9
        for view in self._snapshot.views:
            terms = view.segment.term_range(low, high, limit)
            found.update(text.decode() for text in terms if text[len(term) :].isdigit())
        return sorted(found)[:limit]

    # Acronyms

    def meanings(self, key: tuple[str, ...]) -> Sequence[Meaning]:
        """The meanings of an acronym, given as its folded words; the most frequent comes first."""
        return self._snapshot.acronyms.meanings.get(key, ())

    def named(self, terms: tuple[str, ...]) -> Sequence[Meaning]:
        """The meanings that have a long name of these terms."""
        return self._snapshot.acronyms.named.get(terms, ())

    @property
    def longest_name(self) -> Mapping[str, int]:
        """By the first term of long names, how many terms the longest has."""
        return self._snapshot.acronyms.longest_name

    def is_ordinary(self, acronym: str) -> bool:
        """Whether the articles write an acronym like an ordinary word, most of the time.

        In lower case it then means that word: ``pays``, ``mai``.
        """
        known = self._snapshot.ordinary_acronyms
        if acronym not in known:
            is_ordinary = known_to_be_ordinary(acronym)
            if is_ordinary is None:
                forms = self._snapshot.acronyms.forms[acronym_key(acronym)]
                is_ordinary = is_ordinary_in(acronym, forms, self._texts_with(acronym))
            known[acronym] = is_ordinary
        return known[acronym]

    def _texts_with(self, acronym: str) -> Iterator[tuple[str, str]]:
        """The headline and the body of some articles, spread evenly over all that have an acronym."""
        spelling = acronym.lower()
        exact = ExactWordQuery("text", self._snapshot.lexicon.french.term(spelling), spelling)
        places: list[tuple[int, int]] = []
        for i, (view, spellings) in enumerate(
            zip(self._snapshot.views, expand(self._snapshot, exact), strict=True)
        ):
            for term, of_term in spellings.items():
                documents = view.segment.postings.documents(term)[view.spellings.postings_with(term, of_term)]
                places += [(i, document) for document in documents.tolist()]
        step = -(-len(places) // MAX_ARTICLES_READ) or 1
        for i, document in places[::step]:
            stored = self._snapshot.segments[i].text(document)
            yield stored.headline, stored.body
