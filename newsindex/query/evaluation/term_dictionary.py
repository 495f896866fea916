"""The terms of a whole snapshot, as the query parser looks them up to find written variants."""

from __future__ import annotations

from .snapshot import Snapshot


class SnapshotDictionary:
    """Looks terms up in all segments of a snapshot; deleted articles may count."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def document_frequency(self, term: str) -> int:
        """How many articles have a term; 0 for an unknown one."""
        total = 0
        for view in self._snapshot.views:
            number = view.term_number(term)
            if number is not None:
                total += view.segment.postings.document_frequency(number)
        return total

    def idf(self, term: str) -> float:
        """The inverse document frequency of a term."""
        return self._snapshot.statistics.idf(term)

    def numbered_terms(self, term: str, limit: int) -> list[str]:
        """The terms that are a term and a number after it, at most ``limit``."""
        found: set[str] = set()
        low, high = f"{term}0".encode(), f"{term}:".encode()  # a colon comes right after 9
        for view in self._snapshot.views:
            terms = view.segment.term_range(low, high, limit)
            found.update(text.decode() for text in terms if text[len(term) :].isdigit())
        return sorted(found)[:limit]
