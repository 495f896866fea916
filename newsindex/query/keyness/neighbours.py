"""Counts how many documents have two terms side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsindex.deadline import check_deadline
from newsindex.query.evaluation.posting_lists import intersect
from newsindex.query.evaluation.segment_view import SegmentView
from newsindex.query.evaluation.snapshot import Snapshot

from .document_lists import DocumentLists

_DOCUMENT_BITS = 16
_POSITION_BITS = 32


class PairCounts(NamedTuple):
    """The places of the first and of the second term of each pair, ascending, and the numbers of documents.

    Each is of shape (pairs,).
    """

    first: NDArray[np.intp]
    second: NDArray[np.intp]
    documents: NDArray[np.int64]


def count_neighbours(
    snapshot: Snapshot, terms: Sequence[str], lists: DocumentLists, least: int
) -> PairCounts:
    """In how many of the listed documents one of some terms stands directly before another one.

    Pairs that fewer than ``least`` documents have are left out. There are at most MAX_NEIGHBOURS terms. A
    headline and its body are apart. Raises DeadlineExceeded and IndexCorrupt.
    """
    compiled = snapshot.compiled
    if compiled is None:
        return _count_over_arrays(snapshot, terms, lists, least)
    handles = [compiled.term(term) for term in terms]
    first, second, documents = compiled.ask(compiled.handle.neighbours, handles, list(lists), max(least, 1))
    return PairCounts(first.astype(np.intp), second.astype(np.intp), documents.astype(np.int64))


def _count_over_arrays(
    snapshot: Snapshot, terms: Sequence[str], lists: DocumentLists, least: int
) -> PairCounts:
    pairs = [
        _pairs_of_segment(view, terms, documents)
        for view, documents in zip(snapshot.views, lists, strict=True)
        if len(documents)
    ]
    found, counts = np.unique(np.concatenate([np.zeros(0, np.int64), *pairs]), return_counts=True)
    found, counts = found[counts >= least], counts[counts >= least]
    first, second = np.divmod(found, max(len(terms), 1))
    return PairCounts(first.astype(np.intp), second.astype(np.intp), counts.astype(np.int64))


def _pairs_of_segment(
    view: SegmentView, terms: Sequence[str], documents: NDArray[np.uint16]
) -> NDArray[np.int64]:
    """The pairs that each document has side by side, as numbers.

    The number of a pair is the place of the first term times the number of terms, plus that of the second.
    """
    headline_length = view.segment.headline_length.astype(np.int64)
    places, keys = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for place, term in enumerate(terms):
        check_deadline()
        number = view.term_number(term)
        if number is None:
            continue
        posting_list = view.segment.postings.documents(number)
        postings = intersect(documents, posting_list)[1]
        counts, positions = view.segment.postings.positions(number, postings)
        holders = posting_list[postings].repeat(counts).astype(np.int64)
        in_body = positions >= headline_length[holders]
        keys.append((holders << _POSITION_BITS) + positions + in_body)  # a key lies between headline and body
        places.append(np.full(len(positions), place))
    key = np.concatenate(keys)
    order = key.argsort()
    key, place_of = key[order], np.concatenate(places)[order]
    follows = np.flatnonzero(key[1:] == key[:-1] + 1)
    pairs = place_of[follows] * len(terms) + place_of[follows + 1]
    once = np.unique(pairs << _DOCUMENT_BITS | key[follows] >> _POSITION_BITS)
    return once >> _DOCUMENT_BITS
