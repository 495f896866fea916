"""Assembly of the documents of a batch into one segment file, in order of publication."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsindex.storage.acronym_table import AcronymPair, acronym_arrays
from newsindex.storage.array_file import Array
from newsindex.storage.compression.landmark_table import landmark_differences
from newsindex.storage.segment_writer import Columns, SegmentContents, term_arrays, write_segment
from newsindex.storage.spelling_table import Spellings, assign_slots, spelling_arrays

from .inversion import Words, invert, lacks_bit, term_of_code, word_codes
from .landmarks import count_landmarks
from .signatures import compute_signatures


class Documents(NamedTuple):
    """The documents of a segment before they are sorted by publication, everything in the same order."""

    columns: Columns
    frames: list[bytes]  # the compressed text of each
    dictionary: bytes  # with which the frames are compressed
    words: list[Words]  # of all documents, in several parts
    landmark: NDArray[np.integer[Any]]  # as find_landmarks gives them
    spellings: Sequence[str]  # by spelling number
    term_of_spelling: NDArray[np.int32]  # the term number of each spelling
    terms: Sequence[str]  # by term number
    definitions: Sequence[tuple[AcronymPair, int]]  # of acronyms, each with the document


class _Vocabulary(NamedTuple):
    """The terms and spellings that occur in the documents, with their numbers in the segment."""

    terms: list[bytes]  # sorted
    spellings: list[bytes]  # sorted by term, and within a term by descending frequency
    term: NDArray[np.uint32]  # of each of these spellings
    code: NDArray[np.uint32]  # the word code (inversion.py), by the scanner's number of a spelling
    rank: NDArray[np.uint32]  # the place in ``spellings``, by the scanner's number of a spelling
    occurrences: NDArray[np.int64]  # of each term


def build_segment(path: Path, documents: Documents) -> None:
    """Write the documents as a segment; empties their ``frames`` and ``words`` to free the memory early."""
    words, frames = documents.words, documents.frames
    vocabulary = _make_vocabulary(documents)
    order = np.argsort(documents.columns.published, kind="stable")
    ordered_frames = [frames[i] for i in order.tolist()]
    frames.clear()
    number = np.argsort(order)
    others = _pairs_without_bit(words, vocabulary, number)
    signatures = compute_signatures(
        words,
        term_of_code(vocabulary.code),
        vocabulary.terms,
        documents.columns.headline_length,
        documents.columns.body_length,
    )
    landmarks = count_landmarks(documents.columns.body_length)
    landmark_first = np.cumsum([0, *landmarks[order].tolist()])
    landmark = _reorder(documents.landmark, landmarks, order)
    columns = documents.columns.take(order)
    encoder = invert(words, vocabulary.code, number, vocabulary.occurrences, columns.headline_length)
    spellings = Spellings(vocabulary.spellings, vocabulary.term, *others)
    write_segment(
        path,
        SegmentContents(
            columns=columns,
            terms=term_arrays(vocabulary.terms),
            spellings=spelling_arrays(spellings, vocabulary.terms, encoder.slot_documents()),
            postings=encoder.finish(),
            landmark_first=landmark_first,
            landmark=landmark_differences(landmark_first, landmark),
            signatures=signatures[:, order],
            dictionary=documents.dictionary,
            frames=ordered_frames,
            acronyms=acronym_arrays((pair, int(number[i])) for pair, i in documents.definitions),
        ),
    )


def _make_vocabulary(documents: Documents) -> _Vocabulary:
    words, term_of_spelling = documents.words, documents.term_of_spelling
    spellings, terms = documents.spellings, documents.terms
    counts = np.zeros(len(spellings), np.int64)
    for part in words:
        counts += np.bincount(part.spelling, minlength=len(spellings))
    used = np.flatnonzero(counts)
    used_terms = np.unique(term_of_spelling[used]).tolist()
    used_terms.sort(key=terms.__getitem__)  # code point order is also the order of the UTF-8 bytes
    term_rank = np.zeros(len(terms), np.uint32)
    term_rank[used_terms] = np.arange(len(used_terms))
    term = term_rank[term_of_spelling[used]]
    by_slot = np.lexsort((-counts[used], term))
    used, term = used[by_slot], term[by_slot]
    code, rank = np.zeros((2, len(spellings)), np.uint32)
    code[used] = word_codes(term, assign_slots(term))
    rank[used] = np.arange(len(used))
    return _Vocabulary(
        [terms[i].encode() for i in used_terms],
        [spellings[i].encode() for i in used.tolist()],
        term,
        code,
        rank,
        np.bincount(term, counts[used], len(used_terms)).astype(np.int64),
    )


def _pairs_without_bit(
    words: Sequence[Words], vocabulary: _Vocabulary, number: NDArray[np.intp]
) -> tuple[NDArray[np.uint32], NDArray[np.uint16]]:
    """The spellings without a bit and the documents that have them, as pairs sorted by both.

    ``number`` is the number of each document in the segment.
    """
    is_without = lacks_bit(vocabulary.code)
    pairs = [np.zeros(0, np.uint64)]
    documents = 0
    for spelling, sizes in words:
        word = np.flatnonzero(is_without.take(spelling))
        document = np.searchsorted(np.cumsum(sizes), word, side="right") + documents
        rank = vocabulary.rank.take(spelling[word])
        pairs.append(join_pairs(rank, number[document]))
        documents += len(sizes)
    ascending = np.sort(np.concatenate(pairs))
    return split_pairs(ascending[np.diff(ascending, prepend=~ascending[:1]) != 0])


def join_pairs(upper: NDArray[np.integer[Any]], document: NDArray[np.integer[Any]]) -> NDArray[np.uint64]:
    """Pairs of a number and a document as one number each, the document in the lowest 16 bits."""
    return upper.astype(np.uint64) << np.uint64(16) | document.astype(np.uint64)


def split_pairs(pairs: NDArray[np.uint64]) -> tuple[NDArray[np.uint32], NDArray[np.uint16]]:
    """The inverse of :func:`join_pairs`."""
    return (pairs >> np.uint64(16)).astype(np.uint32), pairs.astype(np.uint16)


def _reorder(values: Array, counts: NDArray[np.int64], order: NDArray[np.intp]) -> Array:
    """The values of the documents, of which each has ``counts``, in a new order of the documents."""
    ends = np.cumsum(counts).tolist()
    starts = [0, *ends]
    return np.concatenate([values[:0], *(values[starts[i] : ends[i]] for i in order.tolist())])
