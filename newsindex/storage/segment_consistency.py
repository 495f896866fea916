"""Consistency check of a segment: every array fits the arrays that it refers to, as FORMAT.md requires.

Checksums show that the bytes are those that were written; this check shows that what was written is
consistent. It reads the arrays directly, apart from the code that searches them.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
import zstandard
from numpy.typing import NDArray

from newsindex.dates.minutes import minutes_since_epoch
from newsindex.errors import IndexCorrupt

from .acronym_table import ACRONYM_ARRAYS
from .array_file import Array, ArrayFile
from .postings_encoder import RARE_CODE
from .segment import LANDMARK, Segment, hash_id
from .spelling_table import SLOTS, assign_slots
from .stored_articles import hash_content, restore_article
from .text_store import unpack_text

_RANGE_OCCURRENCES: Final = 2_000_000  # that are decoded at once

_BOUNDED_ARRAYS: Final = {
    "term_text_end": "term_text",
    "term_posting": "posting_document",
    "term_occurrence": "occurrence_low",
    "term_spelling": "spelling_documents",
    "spelling_text_end": "spelling_text",
    "other_first": "other_document",
    "text_frame_end": "text_frame",
    "landmark_first": "landmark",
}
"""Arrays of bounds, and the array that each divides into parts."""
_ARRAYS_BY_UNIT: Final = {
    "documents": ("published", "headline_length", "body_length", "content_hash", "id_hash", "id_document"),
    "terms": ("term_width", "term_middle", "term_high"),
    "documents + 1": ("text_frame_end", "landmark_first"),
    "terms + 1": ("term_text_end", "term_posting", "term_occurrence", "term_spelling"),
    "spellings + 1": ("spelling_text_end",),
    "others + 1": ("other_first",),
    "postings": ("posting_code",),
    "rare": ("rare_headline", "rare_body", "rare_mark"),
}
"""Arrays by what they have an element for."""


class _Postings(NamedTuple):
    """The decoded values of the postings of all terms, each array of shape (postings,)."""

    headline: NDArray[np.int64]
    body: NDArray[np.int64]
    mark: NDArray[np.uint8]


def check_segment(segment: Segment, zone: ZoneInfo) -> None:
    """Check every byte of a segment, then every array; raises IndexCorrupt naming the place.

    Landmarks and the texts of spellings are not compared with the stored texts, which only an analysis could.
    """
    segment.file.check()
    try:
        _check_sizes(segment)
        _check_bounds(segment.file)
        _check_columns(segment)
        _check_terms(segment)
        postings = _check_postings(segment)
        _check_planes(segment.file)
        _check_positions(segment, postings)
        _check_spellings(segment.file, postings.mark)
        _check_acronyms(segment)
        for document in range(segment.documents):
            _check_text(segment, document, zone)
    except (
        ValueError,
        LookupError,
        TypeError,
        zstandard.ZstdError,
    ) as error:  # arrays that do not fit each other
        reason = f"{segment.file.path} makes no sense ({error})"
        raise IndexCorrupt(f"{reason}: restore the index from a copy, or index again") from error


def _require(file: ArrayFile, name: str, holds: Any, reason: str) -> None:
    """Raise IndexCorrupt naming the first element of an array for which ``holds`` is false."""
    wrong = np.flatnonzero(~np.atleast_1d(holds))
    if len(wrong):
        raise file.inconsistent_error(name, int(wrong[0]), reason)


# Sizes and columns


def _check_sizes(segment: Segment) -> None:
    """Each array has as many elements as there are documents, terms and so on."""
    file = segment.file
    counts = {
        "documents": segment.documents,
        "terms": segment.terms,
        "spellings": len(file.array("spelling_documents")),
        "others": len(file.array("other_spelling")),
        "postings": len(file.array("posting_document")),
        "rare": len(file.array("rare_posting")),
    }
    labels = tuple(f"label_{field}" for field in segment.label_fields)
    for unit, names in [*_ARRAYS_BY_UNIT.items(), ("documents", labels)]:
        expected = counts[unit.removesuffix(" + 1")] + unit.endswith("+ 1")
        for name in names:
            _require(file, name, len(file.array(name)) == expected, f"are not as many as there are {unit}")


def _check_bounds(file: ArrayFile) -> None:
    """Bounds ascend from 0 to the end of the array that they divide."""
    for bounds, parts in _BOUNDED_ARRAYS.items():
        ends = file.array(bounds).astype(np.int64)
        _require(file, bounds, ends[1:] >= ends[:-1], "do not ascend")
        _require(file, bounds, ends[[0, -1]] == [0, len(file.array(parts))], f"are not those of {parts}")


def _check_columns(segment: Segment) -> None:
    """Dates and id hashes ascend, labels have names, and lengths fit the landmarks and the totals."""
    file, documents = segment.file, segment.documents
    for name in ("published", "id_hash"):
        values = file.array(name)
        _require(file, name, values[1:] >= values[:-1], "do not ascend")
    is_permutation = np.sort(segment.id_documents) == np.arange(documents)
    _require(file, "id_document", is_permutation, "are not all documents")
    for field in segment.label_fields:
        names = segment.names(field)
        _require(file, f"names_{field}", names == sorted(set(names)), "are not in order")
        _require(file, f"label_{field}", segment.labels(field) < len(names), "have no name")
    landmarks = np.diff(file.array("landmark_first").astype(np.int64))
    expected = -(-segment.body_length.astype(np.int64) // LANDMARK)
    _require(file, "landmark_first", landmarks == expected, "are not those of the words")
    lengths = {"headline": segment.headline_length, "body": segment.body_length}
    for field, length in lengths.items():
        totals = {"words": int(length.sum(dtype=np.uint64)), "documents": int(np.count_nonzero(length))}
        _require(file, f"{field}_length", file.meta[field] == totals, "do not add up")


def _check_terms(segment: Segment) -> None:
    """Terms ascend."""
    terms = segment.term_texts()
    ascends = [low < high for low, high in itertools.pairwise(terms)]
    _require(segment.file, "term_text_end", np.array(ascends, bool), "are of terms out of order")


# Postings and positions


def _check_postings(segment: Segment) -> _Postings:
    """Documents ascend in each posting list, codes are known, and frequencies add up to the occurrences."""
    file = segment.file
    document, code = file.array("posting_document"), file.array("posting_code")
    first = file.array("term_posting").astype(np.int64)
    _require(file, "term_posting", first[1:] > first[:-1], "leave a term without postings")
    _require(file, "posting_document", document < segment.documents, "are beyond the last document")
    ascends = document[1:] > document[:-1]
    ascends[first[1:-1] - 1] = True  # between two terms
    _require(file, "posting_document", ascends, "do not ascend")
    is_known = (code < len(file.array("code_headline"))) | (code == RARE_CODE)
    _require(file, "posting_code", is_known, "are in no table")
    rare = np.flatnonzero(code == RARE_CODE)
    is_listed = np.array_equal(rare, file.array("rare_posting"))
    _require(file, "rare_posting", is_listed, "are not those listed")
    postings = _Postings(
        _decode_postings(file, "headline", code, rare).astype(np.int64),
        _decode_postings(file, "body", code, rare).astype(np.int64),
        _decode_postings(file, "mark", code, rare).astype(np.uint8),
    )
    count = postings.headline + postings.body
    _require(file, "posting_code", count > 0, "are of postings without a word")
    bounds = np.concatenate([[0], np.cumsum(count)])[first]
    _require(file, "term_occurrence", bounds == file.array("term_occurrence"), "do not fit the frequencies")
    return postings


def _decode_postings(file: ArrayFile, part: str, code: NDArray[np.uint8], rare: NDArray[np.intp]) -> Array:
    """The headline frequencies, body frequencies or marks of all postings."""
    table = np.zeros(RARE_CODE + 1, np.uint32)
    coded = file.array(f"code_{part}")
    table[: len(coded)] = coded
    values = table[code]
    values[rare] = file.array(f"rare_{part}")
    return values


def _check_positions(segment: Segment, postings: _Postings) -> None:
    """Each word of each document is in one posting, and positions ascend from headline to body."""
    file = segment.file
    headline_length = segment.headline_length.astype(np.int64)
    length = headline_length + segment.body_length
    words, position_sums = np.zeros((2, segment.documents))
    first = file.array("term_posting").astype(np.int64)
    bounds = file.array("term_occurrence").astype(np.int64)
    for low, high in _ranges(bounds):
        some = slice(int(first[low]), int(first[high]))
        in_headline, count = postings.headline[some], postings.headline[some] + postings.body[some]
        start = np.cumsum(count) - count
        document = np.repeat(file.array("posting_document")[some], count)
        position = _decode_positions(file, low, high)
        _require_occurrences(file, bounds[low], position < length[document], "are beyond the text")
        ascends = np.ones(len(position), bool)
        ascends[1:] = position[1:] > position[:-1]
        ascends[start] = True
        _require_occurrences(file, bounds[low], ascends, "do not ascend")
        expected = np.arange(len(position)) - np.repeat(start, count) < np.repeat(in_headline, count)
        fits = expected == (position < headline_length[document])
        _require_occurrences(file, bounds[low], fits, "are not in their field")
        words += np.bincount(document, minlength=len(words))
        position_sums += np.bincount(document, position, minlength=len(words))
    _require(file, "body_length", words == length, "are not the words of the postings")
    expected_sums = length * (length - 1) // 2
    _require(file, "body_length", position_sums == expected_sums, "are not the places of the postings")


def _require_occurrences(file: ArrayFile, start: Any, holds: NDArray[np.bool_], reason: str) -> None:
    if not holds.all():
        raise file.inconsistent_error("occurrence_low", int(start) + int(np.argmin(holds)), reason)


def _ranges(bounds: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Ranges of terms, none of them empty, with at most so many occurrences unless it is a single term."""
    low, terms = 0, len(bounds) - 1
    while low < terms:
        end = bounds[low] + _RANGE_OCCURRENCES
        high = max(int(np.searchsorted(bounds, end, side="right")) - 1, low + 1)
        yield low, min(high, terms)
        low = high


def _check_planes(file: ArrayFile) -> None:
    """The upper planes of the positions hold the parts of the terms one after another."""
    counts, width = np.diff(file.array("term_occurrence").astype(np.int64)), file.array("term_width")
    _require(file, "term_width", width <= 2, "are no widths")
    parts = {"middle": np.where(width >= 1, (counts + 1) // 2, 0), "high": np.where(width >= 2, counts, 0)}
    for plane, part in parts.items():
        starts = np.cumsum(part) - part
        _require(file, f"term_{plane}", file.array(f"term_{plane}") == starts, "do not fit")
        is_whole = len(file.array(f"occurrence_{plane}")) == part.sum()
        _require(file, f"occurrence_{plane}", is_whole, "do not fit")


def _decode_positions(file: ArrayFile, low: int, high: int) -> NDArray[np.int64]:
    """The positions of a range of terms, plane by plane."""
    bounds = file.array("term_occurrence").astype(np.int64)[low : high + 1]
    counts, width = np.diff(bounds), file.array("term_width")[low:high]
    position = file.array("occurrence_low")[bounds[0] : bounds[-1]].astype(np.int64)
    within = np.arange(len(position)) - np.repeat(bounds[:-1] - bounds[0], counts)
    has_plane = np.repeat(width >= 1, counts)
    start = np.repeat(file.array("term_middle")[low:high].astype(np.int64), counts)[has_plane]
    middle = file.array("occurrence_middle")[start + within[has_plane] // 2].astype(np.int64)
    position[has_plane] |= (middle >> within[has_plane] % 2 * 4 & 15) << 8
    has_plane = np.repeat(width >= 2, counts)
    start = np.repeat(file.array("term_high")[low:high].astype(np.int64), counts)[has_plane]
    position[has_plane] |= file.array("occurrence_high")[start + within[has_plane]].astype(np.int64) << 12
    return position


# Spellings


def _check_spellings(file: ArrayFile, mark: NDArray[np.uint8]) -> None:
    """Each spelling has its stated number of documents, by the marks of its term or by its own list."""
    first = file.array("term_spelling").astype(np.int64)
    _require(file, "term_spelling", first[1:] > first[:-1], "leave a term without spellings")
    term = np.repeat(np.arange(len(first) - 1, dtype=np.uint32), np.diff(first))
    slot = assign_slots(term)
    documents = _count_listed_documents(file, slot)
    bounds = file.array("term_posting").astype(np.int64)
    for bit in range(SLOTS):
        marked = np.diff(np.concatenate([[0], np.cumsum(mark >> bit & 1, dtype=np.int64)])[bounds])
        in_slot = np.flatnonzero(slot == bit)
        documents[in_slot] = marked[term[in_slot]]
        lacks_slot = np.ones(len(marked), bool)
        lacks_slot[term[in_slot]] = False
        is_sound = ~lacks_slot | (marked == 0)
        _require(file, "term_spelling", is_sound, "lack a spelling that is marked")
    stated = file.array("spelling_documents").astype(np.int64) + 1
    _require(file, "spelling_documents", documents == stated, "are not those of the postings")


def _count_listed_documents(file: ArrayFile, slot: NDArray[np.int64]) -> NDArray[np.int64]:
    """The number of documents that each spelling lists, 0 for one with a bit, shape (spellings,)."""
    others = np.flatnonzero(slot >= SLOTS)
    _require(file, "other_spelling", np.array_equal(others, file.array("other_spelling")), "are not those")
    documents = np.zeros(len(slot), np.int64)
    ends = file.array("other_first").astype(np.int64)
    listed = file.array("other_document")
    documents[others] = np.diff(ends)
    ascends = listed[1:] > listed[:-1]
    ascends[ends[1:-1][(ends[1:-1] > 0) & (ends[1:-1] < len(listed))] - 1] = True  # between two spellings
    _require(file, "other_document", ascends, "do not ascend")
    return documents


def _check_acronyms(segment: Segment) -> None:
    """Pairs ascend, and each has its terms, and documents of the segment, which ascend."""
    file = segment.file
    if not any(name in file for name in ACRONYM_ARRAYS):
        return
    pairs, first, document = segment.acronyms
    ends = first.astype(np.int64)
    ascends = [low < high for low, high in itertools.pairwise(pairs)]
    _require(file, "acronym_text", np.array(ascends, bool), "do not ascend")
    has_terms = [bool(pair.acronym and pair.terms) for pair in pairs]
    _require(file, "acronym_text", np.array(has_terms, bool), "have no terms")
    _require(file, "acronym_first", len(ends) == len(pairs) + 1, "are not as many as there are pairs")
    _require(file, "acronym_first", ends[1:] > ends[:-1], "leave a pair without documents")
    _require(file, "acronym_first", ends[[0, -1]] == [0, len(document)], "are not those of acronym_document")
    _require(file, "acronym_document", document < segment.documents, "are beyond the last document")
    ascends_in_pair = document[1:] > document[:-1]
    ascends_in_pair[ends[1:-1] - 1] = True  # between two pairs
    _require(file, "acronym_document", ascends_in_pair, "do not ascend")


# Stored texts


def _check_text(segment: Segment, document: int, zone: ZoneInfo) -> None:
    """A stored article can be read, and agrees with the columns."""
    file = segment.file
    packed = segment.packed_text(document)
    text = unpack_text(packed)
    if hash_content(packed) != int(segment.content_hash[document]):
        raise file.inconsistent_error("content_hash", document, "are not those of the texts")
    if minutes_since_epoch(restore_article(text).published, zone) != int(segment.published[document]):
        raise file.inconsistent_error("published", document, "are not those of the texts")
    id_hash = np.uint64(hash_id(str(text.rest["id"])))
    first, last = (int(np.searchsorted(segment.id_hashes, id_hash, side)) for side in ("left", "right"))
    if document not in segment.id_documents[first:last]:
        raise file.inconsistent_error("id_hash", first, f"lack the id of document {document}")
    for field in segment.label_fields:
        if segment.names(field)[int(segment.labels(field)[document])] != text.rest.get(field, ""):
            raise file.inconsistent_error(f"label_{field}", document, "are not those of the texts")
    landmarks = segment.landmark_offsets(document)
    if (landmarks[1:] < landmarks[:-1]).any() or (landmarks >= len(text.body)).any():
        raise file.inconsistent_error("landmark_first", document, "are of landmarks outside the text")
