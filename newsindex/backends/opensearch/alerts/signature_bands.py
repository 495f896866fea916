"""Signatures of near-duplicates as words that the cluster finds.

Articles that may be near-duplicates differ in at most 26 of the 64 bins of their signatures
(``query/similarity/signature_candidates.py``). Of 32 pairs of bins at least six are therefore the same in
both; of two unlike articles so many are in about one case of a hundred.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from newsindex.query.similarity.signature_candidates import MAX_DIFFERING_BINS, MAX_DIFFERING_FIRST_BITS
from newsindex.storage.segment import Segment

MIN_COMMON_BANDS: Final = 6
_BANDS: Final = 32


class Signature(NamedTuple):
    """The first and the second bits of the bins."""

    first_bits: int
    second_bits: int

    def written(self) -> list[str]:
        """The signature as JSON takes it, whose numbers may have fewer bits."""
        return [f"{self.first_bits:x}", f"{self.second_bits:x}"]

    @classmethod
    def read(cls, written: Any) -> Signature:
        """The inverse of :meth:`written`."""
        return cls(int(written[0], 16), int(written[1], 16))


def signature_of(segment: Segment, document: int) -> Signature:
    """The signature of a document."""
    first_bits, second_bits = segment.signatures[:, document].tolist()
    return Signature(int(first_bits), int(second_bits))


def may_be_alike(one: Signature, other: Signature) -> bool:
    """Whether articles with these signatures may be near-duplicates."""
    first_bits, second_bits = one.first_bits ^ other.first_bits, one.second_bits ^ other.second_bits
    if first_bits.bit_count() > MAX_DIFFERING_FIRST_BITS:
        return False
    return (first_bits | second_bits).bit_count() <= MAX_DIFFERING_BINS


def bands(signature: Signature) -> list[str]:
    """A word for each pair of bins."""
    first_bits, second_bits = signature
    return [f"{band}:{first_bits >> 2 * band & 3}{second_bits >> 2 * band & 3}" for band in range(_BANDS)]
