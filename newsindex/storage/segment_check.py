"""Is a segment what FORMAT.md says: does every array fit those that it speaks of?

Checksums tell that bytes are those that were written; this tells that what was written makes sense. It reads
the arrays by themselves, apart from the code that searches them.
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

from .array_file import Array, ArrayFile
from .postings_encoder import RARE
from .segment import LANDMARK, Segment, hash_id
from .spelling_table import SLOTS, slots
from .stored_articles import content_hash, restore_article
from .text_store import unpack

_TOGETHER: Final = 2_000_000  # occurrences that are read at once

_BOUNDS: Final = {
    "term_text_end": "term_text",
    "term_posting": "posting_document",
    "term_occurrence": "occurrence_low",
    "term_spelling": "spelling_documents",
    "spelling_text_end": "spelling_text",
    "other_first": "other_document",
    "text_frame_end": "text_frame",
    "landmark_first": "landmark",
}
"""Arrays of bounds, and what they cut into parts."""
_SIZES: Final = {
    "documents": ("published", "headline_length", "body_length", "content_hash", "id_hash", "id_document"),
    "terms": ("term_width", "term_middle", "term_high"),
    "documents + 1": ("text_frame_end", "landmark_first"),
    "terms + 1": ("term_text_end", "term_posting", "term_occurrence", "term_spelling"),
    "spellings + 1": ("spelling_text_end",),
    "others + 1": ("other_first",),
    "postings": ("posting_code",),
    "rare": ("rare_headline", "rare_body", "rare_mark"),
}


class _Postings(NamedTuple):
    """Of each posting, of all terms."""

    headline: NDArray[np.int64]
    body: NDArray[np.int64]
    mark: NDArray[np.uint8]


def check_segment(segment: Segment, zone: ZoneInfo) -> None:
    """Check every byte of a segment, then every array; raises IndexCorrupt.

    Where in the texts the words are, and how they are spelled, only their analysis could tell.
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
        for document in range(segment.documents):
            _check_text(segment, document, zone)
    except (ValueError, LookupError, zstandard.ZstdError) as error:  # arrays that do not fit each other
        what = f"{segment.file.path} makes no sense ({error})"
        raise IndexCorrupt(f"{what}: restore the index from a copy, or index again") from error


def _check_bounds(file: ArrayFile) -> None:
    for bounds, parts in _BOUNDS.items():
        ends = file.array(bounds).astype(np.int64)
        _need(file, bounds, ends[1:] >= ends[:-1], "do not ascend")
        _need(file, bounds, ends[[0, -1]] == [0, len(file.array(parts))], f"are not those of {parts}")


def _need(file: ArrayFile, name: str, holds: Any, what: str) -> None:
    """Raise IndexCorrupt naming the first element of an array for which something does not hold."""
    wrong = np.flatnonzero(~np.atleast_1d(holds))
    if len(wrong):
        raise file.fault(name, int(wrong[0]), what)


def _check_sizes(segment: Segment) -> None:
    file = segment.file
    sizes = {
        "documents": segment.documents,
        "terms": segment.terms,
        "spellings": len(file.array("spelling_documents")),
        "others": len(file.array("other_spelling")),
        "postings": len(file.array("posting_document")),
        "rare": len(file.array("rare_posting")),
    }
    labels = tuple(f"label_{field}" for field in segment.label_fields)
    for unit, names in {**_SIZES, "documents ": labels}.items():
        wanted = sizes[unit.removesuffix(" + 1").strip()] + unit.endswith("+ 1")
        for name in names:
            _need(file, name, len(file.array(name)) == wanted, f"are not as many as there are {unit}")


def _check_columns(segment: Segment) -> None:
    file, documents = segment.file, segment.documents
    for name in ("published", "id_hash"):
        values = file.array(name)
        _need(file, name, values[1:] >= values[:-1], "do not ascend")
    _need(file, "id_document", np.sort(segment.id_documents) == np.arange(documents), "are not all documents")
    for field in segment.label_fields:
        names = segment.names(field)
        _need(file, f"names_{field}", names == sorted(set(names)), "are not in order")
        _need(file, f"label_{field}", segment.labels(field) < len(names), "have no name")
    sizes = np.diff(file.array("landmark_first").astype(np.int64))
    wanted = -(-segment.body_length.astype(np.int64) // LANDMARK)
    _need(file, "landmark_first", sizes == wanted, "are not those of the words")
    totals = {"headline": segment.headline_length, "body": segment.body_length}
    for field, length in totals.items():
        found = {"words": int(length.sum(dtype=np.uint64)), "documents": int(np.count_nonzero(length))}
        _need(file, f"{field}_length", file.meta[field] == found, "do not add up")


def _check_terms(segment: Segment) -> None:
    terms = segment.term_texts()
    ascend = [low < high for low, high in itertools.pairwise(terms)]
    _need(segment.file, "term_text_end", np.array(ascend, bool), "are of terms out of order")


def _check_postings(segment: Segment) -> _Postings:
    file = segment.file
    document, code = file.array("posting_document"), file.array("posting_code")
    first = file.array("term_posting").astype(np.int64)
    _need(file, "term_posting", first[1:] > first[:-1], "leave a term without postings")
    _need(file, "posting_document", document < segment.documents, "are beyond the last document")
    ascend = document[1:] > document[:-1]
    ascend[first[1:-1] - 1] = True  # from one term to the next
    _need(file, "posting_document", ascend, "do not ascend")
    known = (code < len(file.array("code_headline"))) | (code == RARE)
    _need(file, "posting_code", known, "are in no table")
    rare = np.flatnonzero(code == RARE)
    _need(file, "rare_posting", np.array_equal(rare, file.array("rare_posting")), "are not those listed")
    postings = _Postings(
        *(_decoded(file, part, code, rare).astype(kind) for part, kind in zip(
            ("headline", "body", "mark"), (np.int64, np.int64, np.uint8), strict=True
        ))
    )  # fmt: skip
    count = postings.headline + postings.body
    _need(file, "posting_code", count > 0, "are of postings without a word")
    bounds = np.concatenate([[0], np.cumsum(count)])[first]
    _need(file, "term_occurrence", bounds == file.array("term_occurrence"), "do not fit the frequencies")
    return postings


def _decoded(file: ArrayFile, part: str, code: NDArray[np.uint8], rare: NDArray[np.intp]) -> Array:
    table = np.zeros(RARE + 1, np.uint32)
    listed = file.array(f"code_{part}")
    table[: len(listed)] = listed
    values = table[code]
    values[rare] = file.array(f"rare_{part}")
    return values


def _check_positions(segment: Segment, postings: _Postings) -> None:
    """Each word of each document is in one posting, and each posting's words ascend from headline to body."""
    file = segment.file
    headline_length = segment.headline_length.astype(np.int64)
    length = headline_length + segment.body_length
    words, sums = np.zeros((2, segment.documents))
    first = file.array("term_posting").astype(np.int64)
    bounds = file.array("term_occurrence").astype(np.int64)
    for low, high in _ranges(bounds):
        own = slice(int(first[low]), int(first[high]))
        in_headline, count = postings.headline[own], postings.headline[own] + postings.body[own]
        start = np.cumsum(count) - count
        document = np.repeat(file.array("posting_document")[own], count)
        position = _positions(file, low, high)
        _need_occurrence(file, bounds[low], position < length[document], "are beyond the text")
        ascend = np.ones(len(position), bool)
        ascend[1:] = position[1:] > position[:-1]
        ascend[start] = True
        _need_occurrence(file, bounds[low], ascend, "do not ascend")
        expected = np.arange(len(position)) - np.repeat(start, count) < np.repeat(in_headline, count)
        fitting = expected == (position < headline_length[document])
        _need_occurrence(file, bounds[low], fitting, "are not in their field")
        words += np.bincount(document, minlength=len(words))
        sums += np.bincount(document, position, minlength=len(words))
    _need(file, "body_length", words == length, "are not the words of the postings")
    _need(file, "body_length", sums == length * (length - 1) // 2, "are not the places of the postings")


def _need_occurrence(file: ArrayFile, start: Any, holds: NDArray[np.bool_], what: str) -> None:
    if not holds.all():
        raise file.fault("occurrence_low", int(start) + int(np.argmin(holds)), what)


def _ranges(bounds: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Ranges of terms, not empty, that have so many occurrences together or are one term."""
    low, terms = 0, len(bounds) - 1
    while low < terms:
        high = max(int(np.searchsorted(bounds, bounds[low] + _TOGETHER, side="right")) - 1, low + 1)
        yield low, min(high, terms)
        low = high


def _check_planes(file: ArrayFile) -> None:
    """The upper planes of the positions hold each term's part, one after another."""
    sizes, width = np.diff(file.array("term_occurrence").astype(np.int64)), file.array("term_width")
    _need(file, "term_width", width <= 2, "are no widths")
    parts = {"middle": np.where(width >= 1, (sizes + 1) // 2, 0), "high": np.where(width >= 2, sizes, 0)}
    for plane, part in parts.items():
        _need(file, f"term_{plane}", file.array(f"term_{plane}") == np.cumsum(part) - part, "do not fit")
        _need(file, f"occurrence_{plane}", len(file.array(f"occurrence_{plane}")) == part.sum(), "do not fit")


def _positions(file: ArrayFile, low: int, high: int) -> NDArray[np.int64]:
    """The positions of a range of terms, plane by plane."""
    bounds = file.array("term_occurrence").astype(np.int64)[low : high + 1]
    sizes, width = np.diff(bounds), file.array("term_width")[low:high]
    position = file.array("occurrence_low")[bounds[0] : bounds[-1]].astype(np.int64)
    within = np.arange(len(position)) - np.repeat(bounds[:-1] - bounds[0], sizes)
    own = np.repeat(width >= 1, sizes)
    start = np.repeat(file.array("term_middle")[low:high].astype(np.int64), sizes)[own]
    middle = file.array("occurrence_middle")[start + within[own] // 2].astype(np.int64)
    position[own] |= (middle >> within[own] % 2 * 4 & 15) << 8
    own = np.repeat(width >= 2, sizes)
    start = np.repeat(file.array("term_high")[low:high].astype(np.int64), sizes)[own]
    position[own] |= file.array("occurrence_high")[start + within[own]].astype(np.int64) << 12
    return position


def _check_spellings(file: ArrayFile, mark: NDArray[np.uint8]) -> None:
    """Each spelling has as many documents as it says, by the marks of its term or by its own list."""
    first = file.array("term_spelling").astype(np.int64)
    _need(file, "term_spelling", first[1:] > first[:-1], "leave a term without spellings")
    term = np.repeat(np.arange(len(first) - 1, dtype=np.uint32), np.diff(first))
    slot = slots(term)
    others = np.flatnonzero(slot >= SLOTS)
    _need(file, "other_spelling", np.array_equal(others, file.array("other_spelling")), "are not those")
    documents = np.zeros(len(term), np.int64)
    ends = file.array("other_first").astype(np.int64)
    listed = file.array("other_document")
    documents[others] = np.diff(ends)
    ascend = listed[1:] > listed[:-1]
    ascend[ends[1:-1][(ends[1:-1] > 0) & (ends[1:-1] < len(listed))] - 1] = True
    _need(file, "other_document", ascend, "do not ascend")
    bounds = file.array("term_posting").astype(np.int64)
    for bit in range(SLOTS):
        having = np.diff(np.concatenate([[0], np.cumsum(mark >> bit & 1, dtype=np.int64)])[bounds])
        own = np.flatnonzero(slot == bit)
        documents[own] = having[term[own]]
        without = np.ones(len(having), bool)
        without[term[own]] = False
        _need(file, "term_spelling", ~without | (having == 0), "lack a spelling that is marked")
    wanted = file.array("spelling_documents").astype(np.int64) + 1
    _need(file, "spelling_documents", documents == wanted, "are not those of the postings")


def _check_text(segment: Segment, document: int, zone: ZoneInfo) -> None:
    """A stored article can be read, and is the one that the columns speak of."""
    file = segment.file
    packed = segment.packed_text(document)
    text = unpack(packed)
    if content_hash(packed) != int(segment.content_hash[document]):
        raise file.fault("content_hash", document, "are not those of the texts")
    if minutes_since_epoch(restore_article(text).published, zone) != int(segment.published[document]):
        raise file.fault("published", document, "are not those of the texts")
    wanted = np.uint64(hash_id(str(text.rest["id"])))
    first, last = (int(np.searchsorted(segment.id_hashes, wanted, side)) for side in ("left", "right"))
    if document not in segment.id_documents[first:last]:
        raise file.fault("id_hash", first, f"lack the id of document {document}")
    for field in segment.label_fields:
        if segment.names(field)[int(segment.labels(field)[document])] != text.rest.get(field, ""):
            raise file.fault(f"label_{field}", document, "are not those of the texts")
    landmarks = segment.landmark_offsets(document)
    if (landmarks[1:] < landmarks[:-1]).any() or (landmarks >= len(text.body)).any():
        raise file.fault("landmark_first", document, "are of landmarks outside the text")
