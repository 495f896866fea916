"""How do small segments become one, and which of them, when?

Segments are kept in tiers by size; when one tier holds FAN_IN segments they are merged into one of a higher
tier, so that the number of segments grows with the logarithm of the documents until segments
are full.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from newsindex.indexer.building.segment_assembly import take
from newsindex.storage.postings_encoder import MAX_DOCUMENTS, PostingsEncoder
from newsindex.storage.segment import Columns, Segment, write_segment
from newsindex.storage.spelling_table import spelling_arrays
from newsindex.storage.text_store import compress, sampled, train

from .occurrence_merger import SegmentWords, merge_words

FAN_IN: Final = 8
_UNPACKED: Final = 4000  # texts


def choose_merge(live_documents: Sequence[int]) -> list[int]:
    """Which segments to merge now, as indices in ascending order; empty for none."""
    tiers: dict[int, list[int]] = {}
    for i, documents in enumerate(live_documents):
        if documents <= MAX_DOCUMENTS // 2:
            tiers.setdefault((max(documents, 64).bit_length() - 1) // 3, []).append(i)
    for tier in sorted(tiers):
        if len(tiers[tier]) >= FAN_IN:
            return _fitting(tiers[tier], live_documents)
    return []


def choose_optimize(segments: Sequence[tuple[int, int]]) -> list[int]:
    """Which segments to merge so that there are as few as can be; each is (live, all) documents.

    Full segments without deletions are left alone; called again until it gives nothing.
    """
    wasteful = [i for i, (live, total) in enumerate(segments) if live < total]
    small = [i for i, (live, _) in enumerate(segments) if live < MAX_DOCUMENTS]
    together = _fitting(sorted(small, key=lambda i: segments[i][0]), [live for live, _ in segments])
    return together if len(together) > 1 else wasteful[:1]


def _fitting(candidates: Sequence[int], live_documents: Sequence[int]) -> list[int]:
    chosen, total = [], 0
    for i in candidates:
        if total + live_documents[i] <= MAX_DOCUMENTS:
            chosen.append(i)
            total += live_documents[i]
    return sorted(chosen)


def merge_segments(path: Path, segments: Sequence[Segment], workers: int = 1) -> None:
    """Write the live documents of some segments as one new segment, in order of publication.

    Documents of the same minute keep the order of their segments. Nothing is analysed again.
    """
    kept = [
        np.arange(segment.documents) if segment.live is None else np.flatnonzero(segment.live)
        for segment in segments
    ]
    published = np.concatenate([s.published[k] for s, k in zip(segments, kept, strict=True)])
    order = np.argsort(published, kind="stable")
    new_number = np.empty(len(order), np.int64)
    new_number[order] = np.arange(len(order))
    columns = take(_columns(segments, kept), order)
    encoder = PostingsEncoder(columns.headline_length)
    parts = []
    start = 0
    for segment, keep in zip(segments, kept, strict=True):
        number = np.full(segment.documents, -1, np.int64)
        number[keep] = new_number[start : start + len(keep)]
        start += len(keep)
        parts.append(SegmentWords(segment, number))
    texts, listed = merge_words(parts, encoder)
    frames, dictionary = _texts(segments, kept, order, workers)
    write_segment(
        path,
        columns,
        texts,
        spelling_arrays(listed, texts, encoder.slot_documents()),
        encoder.finish(),
        _landmarks(segments, kept, order),
        np.concatenate([s.signatures[:, k] for s, k in zip(segments, kept, strict=True)], axis=1)[:, order],
        frames,
        dictionary,
    )


def _texts(
    segments: Sequence[Segment], kept: Sequence[NDArray[np.intp]], order: NDArray[np.intp], workers: int
) -> tuple[list[bytes], bytes]:
    """The compressed texts in their new order, and their dictionary; few are unpacked at a time."""
    documents = [(s, document) for s, keep in zip(segments, kept, strict=True) for document in keep.tolist()]
    documents = [documents[i] for i in order.tolist()]

    def packed(which: range) -> list[bytes]:
        return [documents[i][0].packed_text(documents[i][1]) for i in which]

    dictionary = train(packed(sampled(len(documents))))
    frames: list[bytes] = []
    for start in range(0, len(documents), _UNPACKED):
        some = range(start, min(start + _UNPACKED, len(documents)))
        frames += compress(packed(some), dictionary, workers)
    return frames, dictionary


def _columns(segments: Sequence[Segment], kept: Sequence[NDArray[np.intp]]) -> Columns:
    pairs = list(zip(segments, kept, strict=True))
    by_document = []
    for segment, keep in pairs:
        hashes = np.empty(segment.documents, np.uint64)
        hashes[segment.id_documents] = segment.id_hashes
        by_document.append(hashes[keep])
    return Columns(
        published=np.concatenate([s.published[k] for s, k in pairs]),
        headline_length=np.concatenate([s.headline_length[k] for s, k in pairs]),
        body_length=np.concatenate([s.body_length[k] for s, k in pairs]),
        id_hash=np.concatenate(by_document),
        content_hash=np.concatenate([s.content_hash[k] for s, k in pairs]),
        labels={
            field: [
                names[ordinal]
                for segment, keep in pairs
                for names in [segment.names(field)]
                for ordinal in segment.labels(field)[keep].tolist()
            ]
            for field in segments[0].label_fields
        },
    )


def _landmarks(
    segments: Sequence[Segment], kept: Sequence[NDArray[np.intp]], order: NDArray[np.intp]
) -> tuple[NDArray[Any], NDArray[Any]]:
    starts, sizes, offsets, before = [], [], [], 0
    for segment, keep in zip(segments, kept, strict=True):
        first, offset = segment.landmarks()
        starts.append(first[:-1][keep].astype(np.int64) + before)
        sizes.append(np.diff(first)[keep].astype(np.int64))
        offsets.append(offset)
        before += len(offset)
    start, size = np.concatenate(starts)[order], np.concatenate(sizes)[order]
    first = np.concatenate([[0], np.cumsum(size)])
    at = np.repeat(start - first[:-1], size) + np.arange(int(first[-1]))
    return first, np.concatenate(offsets)[at]
