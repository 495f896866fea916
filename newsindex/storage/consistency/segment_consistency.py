"""Consistency check of a segment: every array fits the arrays that it refers to, as FORMAT.md requires.

Checksums show that the bytes are those that were written; this check shows that what was written is
consistent. It reads the arrays directly, apart from the code that searches them.
"""

from __future__ import annotations

import itertools
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
import zstandard

from newsindex.dates.minutes import minutes_since_epoch
from newsindex.errors import IndexCorrupt
from newsindex.storage.acronym_table import ACRONYM_ARRAYS
from newsindex.storage.array_file import ArrayFile
from newsindex.storage.compression.position_blocks import PADDING
from newsindex.storage.segment import LANDMARK, Segment, hash_id
from newsindex.storage.stored_articles import hash_content, restore_article
from newsindex.storage.text_store import unpack_text

from .postings_consistency import check_postings, require

_BOUNDED_ARRAYS: Final = {
    "term_text_end": "term_text",
    "term_posting_byte": "posting",
    "term_position_byte": "position",
    "term_spelling": "spelling_documents",
    "spelling_text_end": "spelling_text",
    "other_first": "other_document",
    "text_frame_end": "text_frame",
    "landmark_first": "landmark",
}
"""Arrays of bounds, and the array that each divides into parts."""
_ARRAYS_BY_UNIT: Final = {
    "documents": ("published", "headline_length", "body_length", "content_hash", "id_hash", "id_document"),
    "documents + 1": ("text_frame_end", "landmark_first"),
    "terms + 1": (
        "term_text_end",
        "term_posting",
        "term_occurrence",
        "term_posting_byte",
        "term_position_byte",
        "term_spelling",
    ),
    "spellings + 1": ("spelling_text_end",),
    "others + 1": ("other_first",),
    "rare": ("rare_headline", "rare_body", "rare_mark"),
}
"""Arrays by what they have an element for."""


def check_segment(segment: Segment, zone: ZoneInfo) -> None:
    """Checks every byte of a segment, then every array; raises IndexCorrupt naming the place.

    Landmarks and the texts of spellings are not compared with the stored texts, which only an analysis could.
    """
    segment.file.check()
    try:
        _check_sizes(segment)
        _check_bounds(segment.file)
        _check_columns(segment)
        _check_terms(segment)
        check_postings(segment)
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


# Sizes and columns


def _check_sizes(segment: Segment) -> None:
    """Each array has as many elements as there are documents, terms and so on."""
    file = segment.file
    counts = {
        "documents": segment.documents,
        "terms": segment.terms,
        "spellings": len(file.array("spelling_documents")),
        "others": len(file.array("other_spelling")),
        "rare": len(file.array("rare_posting")),
    }
    labels = tuple(f"label_{field}" for field in segment.label_fields)
    for unit, names in [*_ARRAYS_BY_UNIT.items(), ("documents", labels)]:
        expected = counts[unit.removesuffix(" + 1")] + unit.endswith("+ 1")
        for name in names:
            require(file, name, len(file.array(name)) == expected, f"are not as many as there are {unit}")


def _check_bounds(file: ArrayFile) -> None:
    """Bounds ascend from 0 to the end of the array that they divide."""
    for bounds, parts in _BOUNDED_ARRAYS.items():
        ends = file.array(bounds).astype(np.int64)
        require(file, bounds, ends[1:] >= ends[:-1], "do not ascend")
        length = len(file.array(parts)) - (PADDING if parts == "position" else 0)
        require(file, bounds, ends[[0, -1]] == [0, length], f"are not those of {parts}")
    for name in ("term_posting", "term_occurrence"):
        counts = file.array(name)
        require(file, name, counts[:1] == 0, "do not begin with 0")
        require(file, name, counts[1:] >= counts[:-1], "do not ascend")


def _check_columns(segment: Segment) -> None:
    """Dates and id hashes ascend, labels have names, and lengths fit the landmarks and the totals."""
    file, documents = segment.file, segment.documents
    for name in ("published", "id_hash"):
        values = file.array(name)
        require(file, name, values[1:] >= values[:-1], "do not ascend")
    is_permutation = np.sort(segment.id_documents) == np.arange(documents)
    require(file, "id_document", is_permutation, "are not all documents")
    for field in segment.label_fields:
        names = segment.names(field)
        require(file, f"names_{field}", names == sorted(set(names)), "are not in order")
        require(file, f"label_{field}", segment.labels(field) < len(names), "have no name")
    far = file.array("landmark_far")
    require(file, "landmark_far", far[1:] >= far[:-1], "do not ascend")
    require(file, "landmark_far", far < len(file.array("landmark")), "are of no landmark")
    landmarks = np.diff(file.array("landmark_first").astype(np.int64))
    expected = -(-segment.body_length.astype(np.int64) // LANDMARK)
    require(file, "landmark_first", landmarks == expected, "are not those of the words")
    lengths = {"headline": segment.headline_length, "body": segment.body_length}
    for field, length in lengths.items():
        totals = {"words": int(length.sum(dtype=np.uint64)), "documents": int(np.count_nonzero(length))}
        require(file, f"{field}_length", file.meta[field] == totals, "do not add up")


def _check_terms(segment: Segment) -> None:
    """Terms ascend."""
    terms = segment.term_texts()
    ascends = [low < high for low, high in itertools.pairwise(terms)]
    require(segment.file, "term_text_end", np.array(ascends, bool), "are of terms out of order")


def _check_acronyms(segment: Segment) -> None:
    """Pairs ascend, and each has its terms, and documents of the segment, which ascend."""
    file = segment.file
    if not any(name in file for name in ACRONYM_ARRAYS):
        return
    pairs, first, document = segment.acronyms
    ends = first.astype(np.int64)
    ascends = [low < high for low, high in itertools.pairwise(pairs)]
    require(file, "acronym_text", np.array(ascends, bool), "do not ascend")
    has_terms = [bool(pair.acronym and pair.terms) for pair in pairs]
    require(file, "acronym_text", np.array(has_terms, bool), "have no terms")
    require(file, "acronym_first", len(ends) == len(pairs) + 1, "are not as many as there are pairs")
    require(file, "acronym_first", ends[1:] > ends[:-1], "leave a pair without documents")
    require(file, "acronym_first", ends[[0, -1]] == [0, len(document)], "are not those of acronym_document")
    require(file, "acronym_document", document < segment.documents, "are beyond the last document")
    ascends_in_pair = document[1:] > document[:-1]
    ascends_in_pair[ends[1:-1] - 1] = True  # between two pairs
    require(file, "acronym_document", ascends_in_pair, "do not ascend")


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
