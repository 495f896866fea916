"""Encoding of the postings of terms as regions of bytes: the documents of a term, then their codes.

A *region* is the form of the term's list of documents (document_lists.py), that list, half a byte for each
posting, and escapes. The code of a posting (posting_codes.py) is its half byte; 15 stands for a code from 15
on, which is the next of the escapes. Codes are numbered by descending frequency, so that few are escaped.
FORMAT.md has the bytes.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .damaged_region import DamagedRegion
from .document_lists import (
    BITMAP,
    TermRange,
    choose_forms,
    list_size,
    list_sizes,
    read_list,
    read_lists,
    write_lists,
)

ESCAPE: Final = 15
"""The half byte of a code that is listed among the escapes."""
_ESCAPES: Final = "are not the escapes of their codes"


class Postings(NamedTuple):
    """Decoded postings, each array of shape (postings,)."""

    document: NDArray[np.uint16]
    code: NDArray[np.uint8]


def encode_regions(
    postings: Postings, counts: NDArray[np.int64], documents: int
) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """The regions of consecutive terms, one after another, and the bytes of each.

    ``counts`` has the number of postings of each term; ``documents`` is the number of the segment's.
    """
    document, code = postings
    terms = TermRange(counts)
    forms, list_bytes = choose_forms(document, terms, documents)
    escaped = np.flatnonzero(code >= ESCAPE)
    escape_counts = np.bincount(terms.term[escaped], minlength=len(counts))
    half_bytes = (counts + 1) // 2
    sizes = 1 + list_bytes + half_bytes + escape_counts
    starts = np.cumsum(sizes) - sizes
    out = np.zeros(int(sizes.sum()), np.uint8)
    out[starts] = forms
    write_lists(out, starts + 1, forms, document, terms, documents)
    at = (starts + 1 + list_bytes)[terms.term] + terms.place // 2
    half = np.minimum(code, np.uint8(ESCAPE))
    is_upper = terms.place % 2 == 1
    out[at[~is_upper]] = half[~is_upper]
    out[at[is_upper]] |= half[is_upper] << np.uint8(4)
    escapes = TermRange(escape_counts)
    out[(starts + sizes - escape_counts)[escapes.term] + escapes.place] = code[escaped]
    return out, sizes


def decode_regions(
    content: NDArray[np.uint8], sizes: NDArray[np.int64], counts: NDArray[np.int64], documents: int
) -> Postings:
    """The postings of consecutive terms, whose regions are all of ``content``; raises DamagedRegion.

    The inverse of :func:`encode_regions`.
    """
    starts = np.cumsum(sizes) - sizes
    _require(starts, sizes >= 1, "are cut short")
    forms = content[starts]
    _require(starts, forms <= BITMAP, "are of no form")
    list_bytes = list_sizes(counts, documents)[forms, np.arange(len(forms))]
    escape_counts = sizes - 1 - list_bytes - (counts + 1) // 2
    _require(starts, escape_counts >= 0, "are cut short")
    terms = TermRange(counts)
    document = read_lists(content, starts + 1, forms, terms, documents)
    packed = content[(starts + 1 + list_bytes)[terms.term] + terms.place // 2]
    code = packed >> (terms.place % 2 * 4).astype(np.uint8) & np.uint8(15)
    escaped = np.flatnonzero(code == ESCAPE)
    found = np.bincount(terms.term[escaped], minlength=len(counts))
    _require(starts, found == escape_counts, _ESCAPES)
    escapes = TermRange(escape_counts)
    code[escaped] = content[(starts + sizes - escape_counts)[escapes.term] + escapes.place]
    is_sound = code[escaped] >= ESCAPE
    if not is_sound.all():
        raise DamagedRegion(int(starts[escapes.term[int(is_sound.argmin())]]), _ESCAPES)
    return Postings(document, code)


def _require(starts: NDArray[np.int64], holds: NDArray[np.bool_], reason: str) -> None:
    if not holds.all():
        raise DamagedRegion(int(starts[int(holds.argmin())]), reason)


def decode_region(content: NDArray[np.uint8], count: int, documents: int) -> Postings:
    """The ``count`` postings of one term, whose region is all of ``content``; raises DamagedRegion."""
    form = int(content[0]) if len(content) else BITMAP + 1
    if form > BITMAP:
        raise DamagedRegion(0, "are of no form")
    list_end = 1 + list_size(form, count, documents)
    code_end = list_end + (count + 1) // 2
    if len(content) < code_end:
        raise DamagedRegion(0, "are cut short")
    document = read_list(content[1:list_end], form, count, documents)
    packed = content[list_end:code_end]
    pairs = packed.astype("<u2")  # spreads the two half bytes of a byte over two bytes
    pairs |= pairs << np.uint16(4)
    pairs &= np.uint16(0x0F0F)
    code = pairs.view(np.uint8)[:count]
    escapes = content[code_end:]
    escaped = (code == ESCAPE).nonzero()[0]
    if len(escaped) != len(escapes) or (len(escapes) and int(escapes.min()) < ESCAPE):
        raise DamagedRegion(code_end, _ESCAPES)
    code[escaped] = escapes
    return Postings(document, code)
