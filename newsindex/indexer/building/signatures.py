"""How are articles that say almost the same made easy to find? Each gets a signature of 128 bits.

The terms of an article fall into 64 bins by their hashes, and the least hash of each bin gives two bits:
of two articles as many bins have the same as their sets of terms overlap, by and large, and a quarter
of the rest by chance. (Li, Owen and Zhang, "One Permutation Hashing", 2012; a bin without a term takes
the least hash of the next that has one, as in Shrivastava and Li, "Densifying One Permutation
Hashing via Rotation", 2014; two bits of each, as in Li and König, "b-Bit Minwise Hashing", 2010.)
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

_EMPTY: Final = np.uint32(0xFFFFFFFF)
_MIX: Final = np.uint32(0x9E3779B1)  # odd


def make_signatures(
    parts: Sequence[Words],
    term_of_spelling: NDArray[np.uint32],
    texts: Sequence[bytes],
    headline_length: NDArray[np.uint32],
    body_length: NDArray[np.uint32],
) -> NDArray[np.uint64]:
    """The signatures of documents, shape (2, documents), from their words; ``texts`` are the terms. A body of
    SIGNED_BODY words speaks for itself; a shorter one is taken with its headline."""
    hashes = _term_hashes(texts)[term_of_spelling]
    skipped = np.where(body_length >= SIGNED_BODY, headline_length, 0).astype(np.int64)
    made = []
    documents = 0
    for spelling, sizes in parts:
        own = skipped[documents : documents + len(sizes)]
        made.append(_signed(_least(hashes.take(spelling), sizes, own)))
        documents += len(sizes)
    return np.concatenate(made, axis=1)


def _term_hashes(texts: Sequence[bytes]) -> NDArray[np.uint32]:
    """A hash of each term, the same in every segment; of stop words, which say nothing, EMPTY, and EMPTY once
    more where there is no term at all."""
    hashes = np.fromiter(map(zlib.crc32, texts), np.uint32, len(texts)) * _MIX
    hashes = np.append(hashes, _EMPTY)
    stops = {term.encode() for term in stop_terms}
    hashes[[i for i, text in enumerate(texts) if text in stops]] = _EMPTY
    return hashes


def _least(
    value: NDArray[np.uint32], sizes: NDArray[np.int64], skipped: NDArray[np.int64]
) -> NDArray[np.uint32]:
    """The least of the hashes in each bin of some documents, shape (documents, BINS), without the ``skipped``
    ones at their starts, which become EMPTY; EMPTY where there is none."""
    starts = np.cumsum(sizes) - sizes
    shift = np.repeat(starts - (np.cumsum(skipped) - skipped), skipped)
    value[shift + np.arange(len(shift))] = _EMPTY
    least = np.full(len(sizes) * BINS, _EMPTY, np.uint32)
    place = np.repeat(np.arange(len(sizes)) * BINS, sizes)
    place += value % np.uint32(BINS)
    np.minimum.at(least, place, value)
    return least.reshape(-1, BINS)


def _signed(least: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """The first bit of each bin and the second, shape (2, documents)."""
    bins = np.arange(BINS)
    known = np.where(least != _EMPTY, bins, 2 * BINS)
    later = np.minimum.accumulate(known[:, ::-1], axis=1)[:, ::-1]  # the first bin from here on with a term
    later = np.where(later < BINS, later, later[:, :1]) % BINS  # or the first of all
    value = np.take_along_axis(least, later, axis=1)
    mixed = (value // np.uint32(BINS) ^ bins.astype(np.uint32) * _MIX) * _MIX
    bits = np.stack([mixed >> np.uint32(31), mixed >> np.uint32(30) & np.uint32(1)])
    packed: NDArray[np.uint64] = np.packbits(bits.astype(np.uint8), axis=2, bitorder="little").view("<u8")
    return packed[:, :, 0]
