"""Finds the documents that may be near-duplicates of one, by their signatures and lengths.

``indexer/building/signatures.py`` says what a signature is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsindex.dates.minutes import FAR_AHEAD, LONG_AGO, UNDATED
from newsindex.deadline import check_deadline
from newsindex.query.evaluation.snapshot import DocumentAddress, Snapshot
from newsindex.storage.segment import SIGNED_BODY, Segment

MAX_DIFFERING_BINS: Final = 26
"""Bins of signatures that may differ; near-duplicates differ in about 16."""
MAX_DIFFERING_FIRST_BITS: Final = 20
"""Bins that may differ in the first of their two bits."""
_MIN_LENGTH_RATIO: Final = 0.55
"""The length of the shorter text over that of the longer: below it, too many words differ."""
_CLOSEST_WORDS: Final = 25_000
"""Words of the closest candidates together; articles that share boilerplate have very many candidates."""
_CLOSEST: Final = (100, 500)
"""The least and the most of the closest candidates, however long they are."""
_NONE: Final = np.empty(0, np.int64)


class SignedText(NamedTuple):
    """The signature of a document, and the number of words of which it is made."""

    first_bits: np.uint64
    second_bits: np.uint64
    length: int


class Candidates(NamedTuple):
    """Documents that may be near-duplicates of one, those with the most similar signatures first."""

    segments: NDArray[np.int64]
    documents: NDArray[np.int64]
    compared: int
    """How many of the first of them are to be compared."""

    @property
    def closest(self) -> list[DocumentAddress]:
        """The first of them, which are to be compared."""
        return list(self._addresses(slice(self.compared)))

    @property
    def others(self) -> Iterator[DocumentAddress]:
        """The candidates after the closest ones."""
        return self._addresses(slice(self.compared, None))

    def _addresses(self, part: slice) -> Iterator[DocumentAddress]:
        return map(DocumentAddress, self.segments[part].tolist(), self.documents[part].tolist())


def signed_text(snapshot: Snapshot, address: DocumentAddress) -> SignedText:
    """What is compared of a document before its text."""
    segment, document = snapshot.segments[address.segment], address.document
    first_bits, second_bits = segment.signatures[:, document]
    length = int(segment.body_length[document])
    if length < SIGNED_BODY:
        length += int(segment.headline_length[document])
    return SignedText(first_bits, second_bits, length)


def like_signatures(
    first_bits: NDArray[np.uint64], second_bits: NDArray[np.uint64], text: SignedText
) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
    """The places of the signatures that are like that of a text, and in how many bins they differ from it."""
    differing = first_bits ^ text.first_bits
    places = np.flatnonzero(np.bitwise_count(differing) <= MAX_DIFFERING_FIRST_BITS)
    bins = np.bitwise_count(differing[places] | second_bits[places] ^ text.second_bits)
    is_like = bins <= MAX_DIFFERING_BINS
    return places[is_like], bins[is_like]


def like_lengths(lengths: NDArray[np.int64], text: SignedText) -> NDArray[np.bool_]:
    """Which lengths are like that of a text."""
    shorter, longer = np.minimum(lengths, text.length), np.maximum(lengths, text.length)
    is_like: NDArray[np.bool_] = shorter >= _MIN_LENGTH_RATIO * longer
    return is_like


def find_candidates(snapshot: Snapshot, address: DocumentAddress, minutes: int | None = None) -> Candidates:
    """The other live documents whose signatures and lengths are like those of one.

    With ``minutes``, only those without a date, and those that were published at most so long before or
    after it.
    """
    text = signed_text(snapshot, address)
    found = []  # segments, documents, bins that differ
    for number, segment in enumerate(snapshot.segments):
        check_deadline()
        for part in _parts(snapshot, segment, address, minutes):
            places, bins = like_signatures(segment.signatures[0, part], segment.signatures[1, part], text)
            documents = places + part.start
            if not documents.size or (number == address.segment and documents.tolist() == [address.document]):
                continue  # most documents are like no other
            is_candidate = like_lengths(_lengths(segment, documents), text)
            if segment.live is not None:
                is_candidate &= segment.live[documents]
            if number == address.segment:
                is_candidate &= documents != address.document
            documents = documents[is_candidate]
            found.append(np.stack([np.full_like(documents, number), documents, bins[is_candidate]]))
    if not found:
        return Candidates(_NONE, _NONE, 0)
    segments, documents, bins = np.concatenate(found, axis=1)
    order = np.argsort(bins, kind="stable")
    least, most = _CLOSEST
    compared = max(least, min(most, _CLOSEST_WORDS // max(text.length, 1)))
    return Candidates(segments[order], documents[order], compared)


def _parts(
    snapshot: Snapshot, segment: Segment, address: DocumentAddress, minutes: int | None
) -> list[slice]:
    """The documents of a segment that may be candidates for one; they are in order of publication."""
    published = int(snapshot.segments[address.segment].published[address.document])
    if minutes is None or published == UNDATED:
        return [slice(0, segment.documents)]
    bounds = np.clip([LONG_AGO, published - minutes, published + minutes + 1], LONG_AGO, FAR_AHEAD)
    undated, first, last = np.searchsorted(segment.published, bounds.astype(np.int32)).tolist()
    return [slice(0, undated), slice(first, last)]


def _lengths(segment: Segment, documents: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers of words of which the signatures of some documents are made."""
    body = segment.body_length[documents].astype(np.int64)
    return np.where(body >= SIGNED_BODY, body, body + segment.headline_length[documents])
