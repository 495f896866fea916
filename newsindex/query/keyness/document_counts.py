"""Counts how many documents of a set have each term of the vocabulary."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from newsindex.deadline import check_deadline
from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.storage.segment import Segment

from .document_lists import DocumentLists
from .vocabulary import SegmentTerms, Vocabulary

_TERMS_AT_ONCE: Final = 4096


def count_terms(snapshot: Snapshot, vocabulary: Vocabulary, lists: DocumentLists) -> NDArray[np.int64]:
    """The number of the listed documents that have each term, shape (terms,).

    Raises DeadlineExceeded and IndexCorrupt.
    """
    counts = np.zeros(len(vocabulary), np.int64)
    compiled = snapshot.compiled
    if compiled is not None:
        numbers = [terms.numbers for terms in vocabulary.segments]
        by_segment = compiled.ask(compiled.handle.term_counts, numbers, list(lists))
        for terms, of_segment in zip(vocabulary.segments, by_segment, strict=True):
            counts[terms.places] += of_segment
        return counts
    for segment, terms, documents in zip(snapshot.segments, vocabulary.segments, lists, strict=True):
        if len(documents):
            counts[terms.places] += _count_over_arrays(segment, terms, documents)
    return counts


def _count_over_arrays(
    segment: Segment, terms: SegmentTerms, documents: NDArray[np.uint16]
) -> NDArray[np.int64]:
    """The number of some documents of a segment that have each of some terms."""
    is_listed = np.zeros(segment.documents, np.int64)
    is_listed[documents] = 1
    counts = np.zeros(segment.terms, np.int64)
    for low in range(0, segment.terms, _TERMS_AT_ONCE):
        check_deadline()
        high = min(low + _TERMS_AT_ONCE, segment.terms)
        sizes, postings = segment.postings.regions_of_range(low, high)
        listed = np.append(0, is_listed[postings[0]].cumsum())
        ends = sizes.cumsum()
        counts[low:high] = listed[ends] - listed[ends - sizes]
    return counts[terms.numbers]
