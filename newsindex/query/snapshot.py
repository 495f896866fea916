"""What does one search see? The segments of one commit, and the figures of the whole collection."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from ..storage.postings import Frequencies
from ..storage.segment import FieldTotals, Segment
from .scoring import BM25F, field_norms, idf


class SegmentView:
    """A segment as the ranking sees it: its postings without deleted documents, and its norms."""

    def __init__(self, segment: Segment, headline: NDArray[Any], body: NDArray[Any]) -> None:
        self.segment = segment
        self.headline_norm = headline
        self.body_norm = body
        self._live = segment.live

    def number(self, term: str) -> int | None:
        """The number of a term in this segment."""
        return self.segment.term_number(term.encode())

    def postings(
        self, term: str, field: str
    ) -> tuple[NDArray[np.uint16], Frequencies, NDArray[np.intp] | None] | None:
        """Documents with a term in a field (``text`` is both), their frequencies there, and which
        of the term's postings these are (None: all of them)."""
        number = self.number(term)
        if number is None:
            return None
        documents = self.segment.postings.documents(number)
        frequencies = self.segment.postings.frequencies(number)
        if field == "headline":
            frequencies = Frequencies(frequencies.headline, np.zeros_like(frequencies.body))
        elif field == "body":
            frequencies = Frequencies(np.zeros_like(frequencies.headline), frequencies.body)
        if self._live is None and field == "text":
            return documents, frequencies, None
        kept = np.ones(len(documents), bool) if self._live is None else self._live[documents]
        if field != "text":
            kept = kept & (frequencies.headline + frequencies.body > 0)
        which = np.flatnonzero(kept)
        return (
            documents[which],
            Frequencies(frequencies.headline[which], frequencies.body[which]),
            which,
        )

    def document_frequency(self, term: str, field: str) -> int:
        """How many live documents have a term in a field."""
        if self._live is None and field == "text":
            number = self.number(term)
            return 0 if number is None else self.segment.postings.document_frequency(number)
        found = self.postings(term, field)
        return 0 if found is None else len(found[0])

    def weights(self, documents: NDArray[Any], frequencies: Frequencies) -> NDArray[np.float32]:
        """w of BM25F: normalised frequencies of both fields, added."""
        headline = frequencies.headline.astype(np.float32) * self.headline_norm[documents]
        body = frequencies.body.astype(np.float32) * self.body_norm[documents]
        weights: NDArray[np.float32] = headline + body
        return weights


class Snapshot:
    """The segments of one commit, opened."""

    def __init__(self, commit: int, segments: Sequence[Segment], ranking: BM25F, zone: ZoneInfo) -> None:
        self.commit = commit
        self.segments = list(segments)
        self.ranking = ranking
        self.zone = zone
        self.documents = sum(segment.live_documents for segment in segments)
        self._frequency: dict[tuple[str, str], int] = {}

    @cached_property
    def views(self) -> list[SegmentView]:
        """The segments as the ranking sees them."""
        headline = _average([segment.headline for segment in self.segments])
        body = _average([segment.body for segment in self.segments])
        ranking = self.ranking
        return [
            SegmentView(
                segment,
                field_norms(ranking.headline_weight, ranking.headline_b, segment.headline_length, headline),
                field_norms(ranking.body_weight, ranking.body_b, segment.body_length, body),
            )
            for segment in self.segments
        ]

    def document_frequency(self, term: str, field: str = "text") -> int:
        """How many live documents of the whole index have a term in a field."""
        known = self._frequency.get((term, field))
        if known is None:
            known = sum(view.document_frequency(term, field) for view in self.views)
            self._frequency[term, field] = known
        return known

    def idf(self, term: str, field: str = "text") -> float:
        """The inverse document frequency of a term."""
        return idf(self.documents, self.document_frequency(term, field))

    def find(self, article_id: str) -> tuple[Segment, int] | None:
        """The segment and document of an article."""
        for segment in self.segments:
            document = segment.find(article_id)
            if document is not None:
                return segment, document
        return None


def _average(totals: Sequence[FieldTotals]) -> float:
    """The mean length in words of a field, over the documents that have it."""
    documents = sum(total.documents for total in totals)
    return sum(total.words for total in totals) / max(documents, 1)
