"""Finds where the terms of a query stand in the documents of a page."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsindex.query.evaluation.compiled.collection import CompiledCollection
from newsindex.query.evaluation.posting_lists import find_postings
from newsindex.query.evaluation.segment_view import SegmentView
from newsindex.query.evaluation.snapshot import Snapshot

from .highlights import HighlightTerms
from .passages import Occurrence

_MAX_OCCURRENCES_OF_TERM: Final = 500  # in one document: enough to choose a passage by
_MAX_OCCURRENCES: Final = 5_000  # of all terms in one document; more are of a pattern with many words
_MAX_KERNEL_TERMS: Final = 64  # which the kernel keeps; a pattern may stand for many more


class DocumentOccurrences(NamedTuple):
    """Where the terms stand in one document."""

    headline: list[Occurrence]  # ascending
    body: list[Occurrence]  # the same


OccurrencesBySegment = Mapping[int, Mapping[int, DocumentOccurrences]]
"""The occurrences by segment and document."""


def find_occurrences(
    snapshot: Snapshot, sought: HighlightTerms, documents: Mapping[int, Sequence[int]]
) -> OccurrencesBySegment:
    """The occurrences of the sought terms in some documents, given by segment.

    Raises DeadlineExceeded and IndexCorrupt.
    """
    terms = sorted(sought.body_terms() | sought.headline_terms())
    if 0 < len(terms) <= _MAX_KERNEL_TERMS and snapshot.compiled is not None:
        return _find_by_kernel(snapshot.compiled, sought, terms, documents)
    return {
        segment: find_over_arrays(snapshot.views[segment], sought, of_segment)
        for segment, of_segment in documents.items()
    }


def _find_by_kernel(
    collection: CompiledCollection,
    sought: HighlightTerms,
    terms: Sequence[str],
    documents: Mapping[int, Sequence[int]],
) -> OccurrencesBySegment:
    headline_terms, body_terms = sought.headline_terms(), sought.body_terms()
    marked = [(collection.term(term), term, term in headline_terms, term in body_terms) for term in terms]
    addresses = [(segment, document) for segment, some in documents.items() for document in some]
    found = collection.ask(
        collection.handle.occurrences, marked, addresses, _MAX_OCCURRENCES_OF_TERM, _MAX_OCCURRENCES
    )
    occurrences: dict[int, dict[int, DocumentOccurrences]] = {segment: {} for segment in documents}
    for (segment, document), (headline, body) in zip(addresses, found, strict=True):
        occurrences[segment][document] = DocumentOccurrences(headline, body)
    return occurrences


def find_over_arrays(
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
                in_body = positions[first_in_body : first_in_body + _MAX_OCCURRENCES_OF_TERM]
                start = headline_length[document]
                found[document].body.extend([(position - start, term) for position in in_body])
    for occurrences in found.values():
        occurrences.headline.sort()
        occurrences.body.sort()
        del occurrences.body[_MAX_OCCURRENCES:]
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
