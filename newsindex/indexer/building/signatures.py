"""Signatures of 128 bits by which near-duplicate articles are found.

The hashes of an article's terms fall into 64 bins, and the smallest hash of each bin gives two bits. The
share of bins in which two articles agree is about the overlap of their sets of terms, plus a quarter of the
remaining bins by chance. (Li, Owen and Zhang, "One Permutation Hashing", 2012. A bin without a term takes
the smallest hash of the next bin that has one, as in Shrivastava and Li, "Densifying One Permutation
Hashing via Rotation", 2014. Two bits of each hash are kept, as in Li and König, "b-Bit Minwise Hashing",
2010.)
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from newsindex.analyzer import stop_terms
from newsindex.storage.segment import BINS, SIGNED_BODY

from .inversion import Words

_EMPTY: Final = np.uint32(0xFFFFFFFF)  # the hash of nothing
_MULTIPLIER: Final = np.uint32(0x9E3779B1)  # odd, so that multiplying is a bijection of 32 bits


def compute_signatures(
    parts: Sequence[Words],
    term_of_spelling: NDArray[np.uint32],
    texts: Sequence[bytes],
    headline_length: NDArray[np.uint32],
    body_length: NDArray[np.uint32],
) -> NDArray[np.uint64]:
    """The signatures of documents, shape (2, documents), from their words; ``texts`` are the terms.

    A body of at least SIGNED_BODY words is signed alone, a shorter one together with its headline.
    """
    hashes = _term_hashes(texts)[term_of_spelling]
    skipped = np.where(body_length >= SIGNED_BODY, headline_length, 0).astype(np.int64)
    signatures = []
    documents = 0
    for spelling, sizes in parts:
        part_skipped = skipped[documents : documents + len(sizes)]
        smallest = _smallest_hashes(hashes.take(spelling), sizes, part_skipped)
        signatures.append(_sign_bins(smallest))
        documents += len(sizes)
    return np.concatenate(signatures, axis=1)


def _term_hashes(texts: Sequence[bytes]) -> NDArray[np.uint32]:
    """A hash of each term, the same in every segment, and _EMPTY for stop words, which tell little of a text.

    One more _EMPTY stands at the end, so that the array is never empty.
    """
    hashes = np.fromiter(map(zlib.crc32, texts), np.uint32, len(texts)) * _MULTIPLIER
    hashes = np.append(hashes, _EMPTY)
    stops = {term.encode() for term in stop_terms}
    hashes[[i for i, text in enumerate(texts) if text in stops]] = _EMPTY
    return hashes


def _smallest_hashes(
    value: NDArray[np.uint32], sizes: NDArray[np.int64], skipped: NDArray[np.int64]
) -> NDArray[np.uint32]:
    """The smallest hash in each bin of some documents, shape (documents, BINS); _EMPTY where there is none.

    The first ``skipped`` hashes of each document are left out, and overwritten in ``value``.
    """
    starts = np.cumsum(sizes) - sizes
    shift = np.repeat(starts - (np.cumsum(skipped) - skipped), skipped)
    value[shift + np.arange(len(shift))] = _EMPTY
    smallest = np.full(len(sizes) * BINS, _EMPTY, np.uint32)
    bin_number = np.repeat(np.arange(len(sizes)) * BINS, sizes)
    bin_number += value % np.uint32(BINS)
    np.minimum.at(smallest, bin_number, value)
    return smallest.reshape(-1, BINS)


def _sign_bins(smallest: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """The first bits of the bins and the second bits, as one number each, shape (2, documents)."""
    bins = np.arange(BINS)
    known = np.where(smallest != _EMPTY, bins, 2 * BINS)
    later = np.minimum.accumulate(known[:, ::-1], axis=1)[:, ::-1]  # the next bin with a term, or itself
    later = np.where(later < BINS, later, later[:, :1]) % BINS  # after the last such bin, the first
    value = np.take_along_axis(smallest, later, axis=1)
    mixed = (value // np.uint32(BINS) ^ bins.astype(np.uint32) * _MULTIPLIER) * _MULTIPLIER
    bits = np.stack([mixed >> np.uint32(31), mixed >> np.uint32(30) & np.uint32(1)])
    packed: NDArray[np.uint64] = np.packbits(bits.astype(np.uint8), axis=2, bitorder="little").view("<u8")
    return packed[:, :, 0]
