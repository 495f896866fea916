"""The terms of a whole snapshot, as the query parser looks them up to find written variants."""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence

from newsindex.query.syntax.written_variants import Variant

from .phrase_matching import find_phrase
from .snapshot import Snapshot


class SnapshotDictionary:
    """Looks up terms in all segments of a snapshot, which keeps the variants that were found."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    @property
    def known_variants(self) -> MutableMapping[tuple[str, ...], tuple[Variant, ...]]:
        """The variants that were found before, by what was typed."""
        return self._snapshot.written_variants

    def document_frequency(self, term: str) -> int:
        """How many live articles have a term; 0 for an unknown one."""
        return self._snapshot.statistics.document_frequency(term)

    def idf(self, term: str) -> float:
        """The inverse document frequency of a term."""
        return self._snapshot.statistics.idf(term)

    def phrase_frequency(self, terms: Sequence[str]) -> int:
        """How many live articles have some terms side by side. Raises DeadlineExceeded."""
        if self._snapshot.compiled is not None:
            return self._snapshot.compiled.phrase_frequency(terms)
        return sum(len(find_phrase(view, terms, "text", 1).documents) for view in self._snapshot.views)

    def numbered_terms(self, term: str, limit: int) -> Sequence[str]:
        """The terms that are a term and a number after it, at most ``limit``."""
        found: set[str] = set()
        low, high = f"{term}0".encode(), f"{term}:".encode()  # a colon comes right after 9
        for view in self._snapshot.views:
            terms = view.segment.term_range(low, high, limit)
            found.update(text.decode() for text in terms if text[len(term) :].isdigit())
        return sorted(found)[:limit]
