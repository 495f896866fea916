"""How does a batch of articles become the arrays of one segment?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..storage.postings import encode_postings
from ..storage.segment import LANDMARK, Columns, write_segment
from ..storage.texts import TextCompressor, train
from .scanner import Scan


class Documents(NamedTuple):
    """Documents before their order is settled: columns, packed texts and, in the same order, a scan of
    the headline and the body of each (two texts a document)."""

    columns: Columns
    packed: Sequence[bytes]
    scan: Scan
    terms: Sequence[str]  # by the term numbers of the scan


def build_segment(path: Path, documents: Documents) -> None:
    """Write the documents as a segment, in order of publication."""
    columns, packed, scan, terms = documents
    order = np.argsort(columns.published, kind="stable")
    count = len(order)
    starts = scan.first[0:-1:2]
    sizes = np.diff(scan.first[::2])
    # The words of all documents, one document after another in their new order.
    word = _ranges(starts[order], sizes[order])
    term = scan.term[word]
    used = np.flatnonzero(np.bincount(term, minlength=len(terms)))
    texts = [terms[i].encode() for i in used.tolist()]
    by_text = sorted(range(len(texts)), key=texts.__getitem__)
    rank = np.zeros(len(terms), np.uint64)
    rank[used[by_text]] = np.arange(len(texts))
    key = rank[term] << np.uint64(32) | np.arange(len(term), dtype=np.uint64)
    key.sort()
    occurrence = (key & np.uint64(0xFFFFFFFF)).astype(np.uint32)
    document = np.repeat(np.arange(count, dtype=np.uint32), sizes[order])
    first_word = np.cumsum(sizes[order]) - sizes[order]
    in_document = document[occurrence]
    columns = take(columns, order)
    postings = encode_postings(
        (key >> np.uint64(32)).astype(np.uint32),
        in_document,
        (occurrence - first_word[in_document]).astype(np.uint32),
        len(texts),
        columns.headline_length,
    )
    dictionary = train(packed)
    compressor = TextCompressor(dictionary)
    write_segment(
        path,
        columns,
        [texts[i] for i in by_text],
        postings,
        _landmarks(scan, order),
        [compressor.compress(packed[i]) for i in order.tolist()],
        dictionary,
    )


def take(columns: Columns, order: NDArray[np.integer[Any]]) -> Columns:
    """The columns of some documents, in the order given."""
    which = order.tolist()
    return Columns(
        published=columns.published[order],
        headline_length=columns.headline_length[order],
        body_length=columns.body_length[order],
        id_hash=columns.id_hash[order],
        content_hash=columns.content_hash[order],
        labels={name: [values[i] for i in which] for name, values in columns.labels.items()},
    )


def _landmarks(scan: Scan, order: NDArray[np.intp]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Where every LANDMARKth word of each body starts in its text."""
    starts, ends = scan.first[1:-1:2][order], scan.first[2::2][order]
    counts = -(-(ends - starts) // LANDMARK)
    first = np.concatenate([[0], np.cumsum(counts)])
    word = np.repeat(starts - first[:-1] * LANDMARK, counts) + np.arange(first[-1]) * LANDMARK
    offsets = scan.start[word]
    small = not len(offsets) or offsets.max() < 1 << 16
    return first, offsets.astype(np.uint16 if small else np.uint32)


def _ranges(starts: NDArray[np.int64], sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    """range(start, start + size) for each pair, one after another."""
    before = np.cumsum(sizes) - sizes
    return np.repeat(starts - before, sizes) + np.arange(int(sizes.sum()))
