"""Consistency check of the postings, positions and spellings of a segment.

Ranges of terms are decoded as a merge decodes them, apart from the code that searches them, and encoded
again: a region has exactly the bytes that its postings are encoded to.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsindex.storage.array_file import Array, ArrayFile
from newsindex.storage.compression.position_blocks import PADDING, encode_positions, positions_of_values
from newsindex.storage.compression.posting_codes import RARE_CODE, count_slot_documents
from newsindex.storage.compression.posting_regions import encode_regions
from newsindex.storage.segment import Segment
from newsindex.storage.spelling_table import SLOTS, assign_slots

_RANGE_OCCURRENCES: Final = 1_000_000  # that are decoded at once


class _Range(NamedTuple):
    """The decoded postings of a range of terms, each array but ``first`` of shape (postings,)."""

    first: NDArray[np.int64]  # the first posting of each term among these and the end, shape (terms + 1,)
    document: NDArray[np.uint16]
    code: NDArray[np.uint8]
    headline: NDArray[np.int64]
    body: NDArray[np.int64]
    mark: NDArray[np.uint8]


def require(file: ArrayFile, name: str, holds: Any, reason: str, start: int = 0) -> None:
    """Raises IndexCorrupt naming the first element of an array for which ``holds`` is false.

    ``holds`` has an element for each from ``start`` on.
    """
    wrong = np.flatnonzero(~np.atleast_1d(holds))
    if len(wrong):
        raise file.inconsistent_error(name, start + int(wrong[0]), reason)


def check_postings(segment: Segment) -> None:
    """Each word of each document is in one posting; frequencies, positions and spellings agree with it."""
    file = segment.file
    first = file.array("term_posting").astype(np.int64)
    bounds = file.array("term_occurrence").astype(np.int64)
    require(file, "term_posting", first[1:] > first[:-1], "leave a term without postings")
    require(file, "position", not file.array("position")[-PADDING:].any(), "are not zero at the end")
    words, position_sums = np.zeros((2, segment.documents))
    code_counts = np.zeros(RARE_CODE + 1, np.int64)
    slot_documents = [np.zeros((0, SLOTS), np.int64)]
    rare_before = 0
    for low, high in _ranges(bounds):
        decoded = _decode(segment, low, high)
        _check_rare(file, int(first[low]), decoded.code, rare_before)
        code_counts += np.bincount(decoded.code, minlength=len(code_counts))
        rare_before = int(code_counts[RARE_CODE])
        document, position = _check_positions(segment, low, high, decoded)
        words += np.bincount(document, minlength=len(words))
        position_sums += np.bincount(document, position, minlength=len(words))
        term = np.repeat(np.arange(high - low, dtype=np.uint32), np.diff(decoded.first))
        slot_documents.append(count_slot_documents(term, decoded.mark, high - low))
    require(file, "rare_posting", file.length("rare_posting") == rare_before, "are not those listed")
    in_order = code_counts[1:RARE_CODE] <= code_counts[: RARE_CODE - 1]
    require(file, "code_body", in_order, "are not in the order of their frequencies")
    length = segment.headline_length.astype(np.int64) + segment.body_length
    require(file, "body_length", words == length, "are not the words of the postings")
    expected_sums = length * (length - 1) // 2
    require(file, "body_length", position_sums == expected_sums, "are not the places of the postings")
    _check_spellings(file, np.concatenate(slot_documents))


def _ranges(bounds: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Ranges of terms, none of them empty, with at most so many occurrences unless it is a single term."""
    low, terms = 0, len(bounds) - 1
    while low < terms:
        end = bounds[low] + _RANGE_OCCURRENCES
        high = max(int(np.searchsorted(bounds, end, side="right")) - 1, low + 1)
        yield low, min(high, terms)
        low = high


def _decode(segment: Segment, low: int, high: int) -> _Range:
    """The postings of a range of terms, whose regions have the bytes that these are encoded to."""
    file = segment.file
    counts, postings = segment.postings.regions_of_range(low, high)
    _require_bytes(file, "posting", low, high, encode_regions(postings, counts, segment.documents))
    first = np.concatenate([[0], np.cumsum(counts)])
    start = int(file.array("term_posting")[low])
    rare = np.flatnonzero(postings.code == RARE_CODE)
    listed = np.searchsorted(file.array("rare_posting"), (rare + start).astype(np.uint32))
    require(file, "rare_posting", listed < file.length("rare_posting"), "are not those listed")
    headline, body, mark = (
        _decode_codes(file, part, postings.code, rare, listed) for part in ("headline", "body", "mark")
    )
    count = headline + body
    require(file, "code_body", (count > 0).all(), "are of postings without a word")
    bounds = np.concatenate([[0], np.cumsum(count)])[first]
    expected = file.array("term_occurrence")[low : high + 1].astype(np.int64)
    require(file, "term_occurrence", bounds == expected - expected[0], "do not fit the frequencies", low)
    return _Range(first, *postings, headline, body, mark.astype(np.uint8))


def _require_bytes(
    file: ArrayFile, name: str, low: int, high: int, encoded: tuple[NDArray[np.uint8], NDArray[np.int64]]
) -> None:
    """The regions of a range of terms in an array are those that were encoded."""
    content, sizes = encoded
    bounds = file.array(f"term_{name}_byte")[low : high + 1].astype(np.int64)
    require(file, f"term_{name}_byte", np.diff(bounds) == sizes, "are not those of the postings", low)
    stored = file.array(name)[bounds[0] : bounds[-1]]
    require(file, name, stored == content, "are not as they are encoded", int(bounds[0]))


def _decode_codes(
    file: ArrayFile, part: str, code: NDArray[np.uint8], rare: NDArray[np.intp], listed: NDArray[np.intp]
) -> NDArray[np.int64]:
    """The headline frequencies, body frequencies or marks of postings.

    ``listed`` are the rows of the rare.
    """
    table = np.append(file.array(f"code_{part}"), 0).astype(np.int64)
    values = table[code]
    values[rare] = file.array(f"rare_{part}")[listed]
    return values


def _check_rare(file: ArrayFile, start: int, code: NDArray[np.uint8], rare_before: int) -> None:
    """Checks that the postings of a range with code 255 are the next that are listed.

    The range begins with posting ``start``.
    """
    rare = np.flatnonzero(code == RARE_CODE) + start
    listed = file.array("rare_posting")[rare_before : rare_before + len(rare)]
    is_listed = np.array_equal(rare, listed)
    require(file, "rare_posting", is_listed, "are not those listed", min(rare_before, len(listed) - 1))


def _check_positions(
    segment: Segment, low: int, high: int, postings: _Range
) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
    """The document and the position of each occurrence of a range of terms; positions are in their field."""
    file = segment.file
    values = segment.postings.values_of_range(low, high)
    bounds = file.array("term_occurrence")[low : high + 1].astype(np.int64)
    _require_bytes(file, "position", low, high, encode_positions(values, np.diff(bounds)))
    count = postings.headline + postings.body
    document = np.repeat(postings.document.astype(np.intp), count)
    position = positions_of_values(values, count)
    start = int(file.array("term_position_byte")[low])
    headline_length = segment.headline_length.astype(np.int64)
    length = headline_length + segment.body_length
    is_inside = bool((position < length[document]).all())
    require(file, "position", is_inside, "are beyond the text", start)
    place = np.arange(len(position)) - np.repeat(np.cumsum(count) - count, count)
    expected = place < np.repeat(postings.headline, count)
    fits = bool((expected == (position < headline_length[document])).all())
    require(file, "position", fits, "are not in their field", start)
    return document, position


def _check_spellings(file: ArrayFile, slot_documents: NDArray[np.int64]) -> None:
    """Each spelling has its stated number of documents, by the marks of its term or by its own list.

    ``slot_documents`` counts the postings of each term that have the bit of each slot, shape (terms, SLOTS).
    """
    first = file.array("term_spelling").astype(np.int64)
    require(file, "term_spelling", first[1:] > first[:-1], "leave a term without spellings")
    term = np.repeat(np.arange(len(first) - 1, dtype=np.uint32), np.diff(first))
    slot = assign_slots(term)
    documents = _count_listed_documents(file, slot)
    has_bit = slot < SLOTS
    documents[has_bit] = slot_documents[term[has_bit], slot[has_bit]]
    without = np.arange(SLOTS) >= np.diff(first)[:, np.newaxis]
    is_sound = ~(without & (slot_documents > 0)).any(axis=1)
    require(file, "term_spelling", is_sound, "lack a spelling that is marked")
    stated = file.array("spelling_documents").astype(np.int64) + 1
    require(file, "spelling_documents", documents == stated, "are not those of the postings")


def _count_listed_documents(file: ArrayFile, slot: NDArray[np.int64]) -> NDArray[np.int64]:
    """The number of documents that each spelling lists, 0 for one with a bit, shape (spellings,)."""
    others = np.flatnonzero(slot >= SLOTS)
    require(file, "other_spelling", np.array_equal(others, file.array("other_spelling")), "are not those")
    documents = np.zeros(len(slot), np.int64)
    ends = file.array("other_first").astype(np.int64)
    listed: Array = file.array("other_document")
    documents[others] = np.diff(ends)
    ascends = listed[1:] > listed[:-1]
    ascends[ends[1:-1][(ends[1:-1] > 0) & (ends[1:-1] < len(listed))] - 1] = True  # between two spellings
    require(file, "other_document", ascends, "do not ascend")
    return documents
