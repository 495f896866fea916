"""Finds where the terms of a query stand in the documents of a page."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsindex.query.evaluation.posting_lists import find_postings
from newsindex.query.evaluation.segment_view import SegmentView

from .highlights import HighlightTerms
from .passages import Occurrence

MAX_OCCURRENCES_OF_TERM: Final = 500
"""The occurrences of a term in a body that are looked at: enough to choose a passage by."""
MAX_OCCURRENCES: Final = 5_000
"""The occurrences of all terms in a body that are looked at; more are of a pattern with many words."""


class DocumentOccurrences(NamedTuple):
    """Where the terms stand in one document."""

    headline: list[Occurrence]  # ascending
    body: list[Occurrence]  # the same


def find_occurrences(
    view: SegmentView, sought: HighlightTerms, documents: Sequence[int]
) -> dict[int, DocumentOccurrences]:
    """The occurrences of the sought terms in some documents of a segment."""
    found = {document: DocumentOccurrences([], []) for document in documents}
    stored = np.array(sorted(documents), np.uint16)
    lengths = view.segment.headline_length[stored]
    headline_length = dict(zip(stored.tolist(), lengths.tolist(), strict=True))
    headline_terms, body_terms = sought.headline_terms(), sought.body_terms()
    for term in sorted(body_terms | headline_terms):
        for document, positions in _read_positions(view, term, stored):
            first_in_body = bisect_left(positions, headline_length[document])
            if term in headline_terms:
                found[document].headline.extend([(position, term) for position in positions[:first_in_body]])
            if term in body_terms:
                in_body = positions[first_in_body : first_in_body + MAX_OCCURRENCES_OF_TERM]
                start = headline_length[document]
                found[document].body.extend([(position - start, term) for position in in_body])
    for occurrences in found.values():
        occurrences.headline.sort()
        occurrences.body.sort()
        del occurrences.body[MAX_OCCURRENCES:]
    return found


def _read_positions(
    view: SegmentView, term: str, documents: NDArray[np.uint16]
) -> list[tuple[int, list[int]]]:
    """The positions of a term in each of some documents, ascending, that has it."""
    postings = view.segment.postings
    number = view.term_number(term)
    if number is None:
        return []
    at = find_postings(postings.documents(number), documents)
    has_term = at >= 0
    counts, position_array = postings.positions(number, at[has_term])
    positions = position_array.tolist()
    ends = counts.cumsum().tolist()
    starts = [0, *ends][:-1]
    bounds = zip(documents[has_term].tolist(), starts, ends, strict=True)
    return [(document, positions[start:end]) for document, start, end in bounds]
