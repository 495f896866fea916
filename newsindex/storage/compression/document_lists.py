"""Encoding of the documents of posting lists, each list in the shortest of three forms.

With N documents in the segment, G groups of 256 documents, and n documents in the list:

- LIST: the documents, 16 bits each;
- GROUPED: the number of documents in each of the G groups, 8 bits each, then the low byte of each document;
  it cannot hold a group of which all 256 documents are in the list;
- BITMAP: one bit for each of the N documents, the lowest bit of a byte first.

Lists are encoded and decoded for many terms at once; a search decodes one list at a time. FORMAT.md has the
bytes.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from .damaged_region import DamagedRegion

LIST: Final = 0
GROUPED: Final = 1
BITMAP: Final = 2
GROUP: Final = 256
"""The documents of a group."""
_NEVER: Final = 1 << 40  # bytes: the size of a form that cannot hold a list
_DECREASING: Final = "are of documents that do not ascend"
_BEYOND: Final = "are of documents beyond the last"
_UNCOUNTED: Final = "are not as many documents as there are postings"


class TermRange:
    """The postings of consecutive terms, one term after another."""

    def __init__(self, counts: NDArray[np.int64]) -> None:
        """``counts`` has the number of postings of each term."""
        self.counts = counts
        self.first: NDArray[np.int64] = np.concatenate([[0], np.cumsum(counts)])
        """The first posting of each term and the end, shape (terms + 1,)."""
        self.term: NDArray[np.intp] = np.repeat(np.arange(len(counts)), counts)
        """The term of each posting, counted from 0."""
        self.place: NDArray[np.int64] = np.arange(len(self.term)) - self.first[self.term]
        """The place of each posting among those of its term."""


def list_sizes(counts: NDArray[np.int64], documents: int) -> NDArray[np.int64]:
    """The bytes that lists of so many documents take in each form, shape (forms, lists)."""
    sizes = np.empty((3, len(counts)), np.int64)
    sizes[LIST] = 2 * counts
    sizes[GROUPED] = counts + group_count(documents)
    sizes[BITMAP] = bitmap_size(documents)
    return sizes


def list_size(form: int, count: int, documents: int) -> int:
    """The bytes that a list of ``count`` documents takes in a form."""
    if form == LIST:
        return 2 * count
    return group_count(documents) + count if form == GROUPED else bitmap_size(documents)


def group_count(documents: int) -> int:
    """The number of groups of a segment with so many documents."""
    return -(-documents // GROUP)


def bitmap_size(documents: int) -> int:
    """The bytes of a bitmap in a segment with so many documents."""
    return -(-documents // 8)


def choose_forms(
    document: NDArray[np.uint16], postings: TermRange, documents: int
) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
    """The form of the list of each term, and the bytes it takes; ``document`` has those of all postings."""
    sizes = list_sizes(postings.counts, documents)
    opens_group = np.flatnonzero(document[: max(len(document) - GROUP + 1, 0)] % GROUP == 0)
    last = opens_group + (GROUP - 1)
    is_full = (document[last] == document[opens_group] + np.uint16(GROUP - 1)) & (
        postings.term[last] == postings.term[opens_group]
    )
    sizes[GROUPED, postings.term[opens_group[is_full]]] = _NEVER
    forms = sizes.argmin(axis=0)
    return forms, sizes[forms, np.arange(len(forms))]


def write_lists(
    out: NDArray[np.uint8],
    starts: NDArray[np.int64],
    forms: NDArray[np.intp],
    document: NDArray[np.uint16],
    postings: TermRange,
    documents: int,
) -> None:
    """Writes the list of each term to ``out``, which is zero there, from ``starts`` on."""
    form, start = forms[postings.term], starts[postings.term]
    low, high = document.astype(np.uint8), (document >> np.uint16(8)).astype(np.uint8)
    in_list = np.flatnonzero(form == LIST)
    at = start[in_list] + 2 * postings.place[in_list]
    out[at], out[at + 1] = low[in_list], high[in_list]
    groups = group_count(documents)
    terms, row = _rows_of_form(forms, GROUPED)
    in_groups = np.flatnonzero(form == GROUPED)
    group = row[postings.term[in_groups]] * groups + high[in_groups]
    counts = np.bincount(group, minlength=len(terms) * groups).reshape(-1, groups)
    out[starts[terms][:, np.newaxis] + np.arange(groups)] = counts
    out[start[in_groups] + groups + postings.place[in_groups]] = low[in_groups]
    terms, row = _rows_of_form(forms, BITMAP)
    in_bitmap = np.flatnonzero(form == BITMAP)
    bits = np.zeros((len(terms), documents), bool)
    bits[row[postings.term[in_bitmap]], document[in_bitmap]] = True
    packed = np.packbits(bits, axis=1, bitorder="little")
    out[starts[terms][:, np.newaxis] + np.arange(packed.shape[1])] = packed


def _rows_of_form(forms: NDArray[np.intp], form: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The terms whose list has a form, and the place of each of all terms among them."""
    has_form = forms == form
    return np.flatnonzero(has_form), np.cumsum(has_form) - 1


def read_lists(
    content: NDArray[np.uint8],
    starts: NDArray[np.int64],
    forms: NDArray[np.uint8],
    postings: TermRange,
    documents: int,
) -> NDArray[np.uint16]:
    """The documents of all postings of some terms, whose lists begin at ``starts`` and are in ``content``.

    The inverse of :func:`write_lists`. Raises DamagedRegion.
    """
    form, start = forms[postings.term], starts[postings.term]
    document = np.zeros(len(form), np.uint16)
    in_list = np.flatnonzero(form == LIST)
    at = start[in_list] + 2 * postings.place[in_list]
    document[in_list] = content[at] | content[at + 1].astype(np.uint16) << np.uint16(8)
    groups = group_count(documents)
    terms = np.flatnonzero(forms == GROUPED)
    in_groups = np.flatnonzero(form == GROUPED)
    counts = content[starts[terms][:, np.newaxis] + np.arange(groups)]
    _require_terms(starts, terms, counts.sum(axis=1, dtype=np.int64) == postings.counts[terms])
    group = np.repeat(np.tile(np.arange(groups, dtype=np.uint16), len(terms)), counts.ravel())
    low = content[start[in_groups] + groups + postings.place[in_groups]]
    document[in_groups] = group << np.uint16(8) | low
    terms = np.flatnonzero(forms == BITMAP)
    packed = content[starts[terms][:, np.newaxis] + np.arange(bitmap_size(documents))]
    bits = np.unpackbits(packed, axis=1, bitorder="little")
    _require_terms(starts, terms, np.count_nonzero(bits, axis=1) == postings.counts[terms])
    document[form == BITMAP] = bits.view(bool).nonzero()[1]
    _check_documents(document, postings, starts, documents)
    return document


def _require_terms(starts: NDArray[np.int64], terms: NDArray[np.intp], holds: NDArray[np.bool_]) -> None:
    if not holds.all():
        raise DamagedRegion(int(starts[terms[int(holds.argmin())]]), _UNCOUNTED)


def _check_documents(
    document: NDArray[np.uint16], postings: TermRange, starts: NDArray[np.int64], documents: int
) -> None:
    """Raises DamagedRegion unless documents ascend in each term and are below ``documents``."""
    ascends = np.ones(len(document), bool)
    ascends[1:] = (document[1:] > document[:-1]) | (postings.place[1:] == 0)
    for holds, reason in ((ascends, _DECREASING), (document < documents, _BEYOND)):
        if not holds.all():
            raise DamagedRegion(int(starts[postings.term[int(holds.argmin())]]), reason)


def read_list(content: NDArray[np.uint8], form: int, count: int, documents: int) -> NDArray[np.uint16]:
    """The ``count`` documents of one list, which is all of ``content``. Raises DamagedRegion.

    The size of the list must be the one of its form, which :func:`list_size` gives.
    """
    if form == LIST:
        document = content.view("<u2").astype(np.uint16)
    elif form == GROUPED:
        groups = group_count(documents)
        counts = content[:groups]
        if int(counts.sum(dtype=np.int64)) != count:
            raise DamagedRegion(0, _UNCOUNTED)
        document = np.repeat(np.arange(groups, dtype=np.uint16) << np.uint16(8), counts)
        document |= content[groups:]
    else:
        bits = np.unpackbits(content, bitorder="little").view(bool)  # of which numpy finds the places faster
        document = bits.nonzero()[0].astype(np.uint16)
        if len(document) != count:
            raise DamagedRegion(0, _UNCOUNTED)
    if not (document[1:] > document[:-1]).all():
        raise DamagedRegion(0, _DECREASING)
    if count and document[-1] >= documents:
        raise DamagedRegion(0, _BEYOND)
    return document
