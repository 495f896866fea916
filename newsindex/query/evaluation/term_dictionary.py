"""The terms of a whole snapshot, as the query parser looks them up to find written variants."""

from __future__ import annotations

from collections.abc import Sequence

from .phrase_matching import find_phrase
from .snapshot import Snapshot


class SnapshotDictionary:
    """Looks up terms in all segments of a snapshot, and remembers in it what takes long to find."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def document_frequency(self, term: str) -> int:
        """How many live articles have a term; 0 for an unknown one."""
        return self._snapshot.statistics.document_frequency(term)

    def idf(self, term: str) -> float:
        """The inverse document frequency of a term."""
        return self._snapshot.statistics.idf(term)

    def phrase_frequency(self, terms: Sequence[str]) -> int:
        """How many live articles have some terms side by side. Raises DeadlineExceeded."""
        key = tuple(terms)
        frequency = self._snapshot.phrase_frequencies.get(key)
        if frequency is None:
            frequency = sum(len(find_phrase(view, key, "text", 1).documents) for view in self._snapshot.views)
            self._snapshot.phrase_frequencies[key] = frequency
        return frequency

    def numbered_terms(self, term: str, limit: int) -> Sequence[str]:
        """The terms that are a term and a number after it, at most ``limit``."""
        known = self._snapshot.numbered_terms.get((term, limit))
        if known is None:
            found: set[str] = set()
            low, high = f"{term}0".encode(), f"{term}:".encode()  # a colon comes right after 9
            for view in self._snapshot.views:
                terms = view.segment.term_range(low, high, limit)
                found.update(text.decode() for text in terms if text[len(term) :].isdigit())
            known = self._snapshot.numbered_terms[term, limit] = tuple(sorted(found)[:limit])
        return known
