"""Counts how many found articles have two terms side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from newsindex.deadline import check_deadline
from newsindex.query.evaluation.posting_lists import intersect
from newsindex.query.evaluation.segment_view import SegmentView
from newsindex.query.evaluation.snapshot import Snapshot

from .document_lists import DocumentLists

PairCounts: TypeAlias = Counter[tuple[int, int]]
"""The numbers of documents by the places of the first and of the second term."""
_DOCUMENT_STEP: Final = 1 << 32  # above every position


def count_neighbours(
    snapshot: Snapshot, terms: Sequence[str], lists: DocumentLists, least: int
) -> PairCounts:
    """In how many of the listed documents one of some terms stands directly before another one.

    Pairs that fewer than ``least`` documents have are left out. There are at most MAX_NEIGHBOURS terms. A
    headline and its body are apart. Raises DeadlineExceeded and IndexCorrupt.
    """
    compiled = snapshot.compiled
    if compiled is not None:
        numbers = [
            [view.term_number(term) for term in terms] if len(documents) else [None] * len(terms)
            for view, documents in zip(snapshot.views, lists, strict=True)
        ]
        rows = compiled.ask(compiled.handle.neighbours, numbers, list(lists), least)
        return Counter({(first, second): documents for first, second, documents in rows})
    counts: PairCounts = Counter()
    for view, documents in zip(snapshot.views, lists, strict=True):
        if len(documents):
            counts.update(_count_over_arrays(view, terms, documents))
    return Counter({pair: documents for pair, documents in counts.items() if documents >= least})


def _count_over_arrays(view: SegmentView, terms: Sequence[str], documents: NDArray[np.uint16]) -> PairCounts:
    headline_length = view.segment.headline_length.astype(np.int64)
    places, keys = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for place, term in enumerate(terms):
        check_deadline()
        number = view.term_number(term)
        if number is None:
            continue
        postings = intersect(documents, view.segment.postings.documents(number))[1]
        counts, positions = view.segment.postings.positions(number, postings)
        holders = view.segment.postings.documents(number)[postings].repeat(counts).astype(np.int64)
        in_body = positions >= headline_length[holders]
        keys.append(holders * _DOCUMENT_STEP + positions + in_body)  # one key lies between headline and body
        places.append(np.full(len(positions), place))
    key = np.concatenate(keys)
    order = key.argsort()
    key, place_of = key[order], np.concatenate(places)[order]
    follows = np.flatnonzero(key[1:] == key[:-1] + 1)
    pairs = np.stack([place_of[follows], place_of[follows + 1], key[follows] // _DOCUMENT_STEP])
    first, second, _ = np.unique(pairs, axis=1)
    return Counter(zip(first.tolist(), second.tolist(), strict=True))
