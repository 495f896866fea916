"""The merge policy: which segments are merged, at a commit and when the index is optimized.

Segments are kept in tiers by size. When one tier holds FAN_IN segments they are merged into one of a higher
tier, so that the number of segments grows with the logarithm of the documents until segments are full. A
segment is full at 65,536 documents or, where articles are long, at MAX_INDEX_BYTES: what a merge needs in
memory grows with them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from newsindex.storage.postings_encoder import MAX_DOCUMENTS

FAN_IN: Final = 8
_MIN_TIER_DOCUMENTS: Final = 64  # the lowest tier holds every smaller segment
_TIER_BITS: Final = 3  # a tier holds segments of up to 2**3 times the size of the one below


MAX_INDEX_BYTES: Final = 110 << 20
"""The bytes of a merged segment without its texts, about: 65,536 articles of 500 words have some 80 MB."""


class SegmentSize(NamedTuple):
    """The size of a segment as the merge policy sees it."""

    live_documents: int
    documents: int
    index_bytes: int  # of the live documents, about: all but their texts


def choose_merge(segments: Sequence[SegmentSize]) -> list[int]:
    """The segments to merge now, as indices in ascending order; empty where no tier is full."""
    tiers: dict[int, list[int]] = {}
    for i, (live, _, index_bytes) in enumerate(segments):
        if live <= MAX_DOCUMENTS // 2 and index_bytes <= MAX_INDEX_BYTES // 2:  # any two fit together
            tier = (max(live, _MIN_TIER_DOCUMENTS).bit_length() - 1) // _TIER_BITS
            tiers.setdefault(tier, []).append(i)
    for tier in sorted(tiers):
        if len(tiers[tier]) >= FAN_IN:
            return _select_fitting(tiers[tier], segments)
    return []


def choose_optimize(segments: Sequence[SegmentSize]) -> list[int]:
    """The segments to merge next so that as few as possible remain, without deleted documents.

    It is called again until it returns nothing. A full segment without deletions is left alone.
    """
    small = [i for i, (live, _, _) in enumerate(segments) if live < MAX_DOCUMENTS]
    small.sort(key=lambda i: segments[i].live_documents)
    chosen = _select_fitting(small, segments)
    if len(chosen) > 1:
        return chosen
    with_deletions = [i for i, (live, documents, _) in enumerate(segments) if live < documents]
    return with_deletions[:1]


def _select_fitting(candidates: Sequence[int], segments: Sequence[SegmentSize]) -> list[int]:
    """The first of the candidates that fit one segment together, in ascending order."""
    chosen, documents, index_bytes = [], 0, 0
    for i in candidates:
        size = segments[i]
        fits = documents + size.live_documents <= MAX_DOCUMENTS
        if fits and index_bytes + size.index_bytes <= MAX_INDEX_BYTES:
            chosen.append(i)
            documents += size.live_documents
            index_bytes += size.index_bytes
    return sorted(chosen)
