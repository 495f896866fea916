"""How does a batch of articles become the arrays of one segment?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsindex.indexer.scanning.scanner import Scan
from newsindex.storage.array_file import Array
from newsindex.storage.segment import LANDMARK, Columns, write_segment
from newsindex.storage.spelling_table import Spellings, slots, spelling_arrays

from .inversion import Words, invert, is_without_bit, term_of, word_codes
from .signatures import make_signatures


class Documents(NamedTuple):
    """Documents before their order is settled, all in the same order."""

    columns: Columns
    frames: list[bytes]  # their texts, compressed
    dictionary: bytes  # with this
    words: list[Words]  # of all of them, in several parts
    landmark: NDArray[np.integer[Any]]  # as found_landmarks gives them
    spellings: Sequence[str]  # by spelling number
    term_of_spelling: NDArray[np.int32]
    terms: Sequence[str]


class _Vocabulary(NamedTuple):
    """The terms and the spellings that some documents have."""

    terms: list[bytes]  # sorted
    spellings: list[bytes]  # by term, and by how often they occur
    term: NDArray[np.uint32]  # of each spelling
    code: NDArray[np.uint32]  # of each spelling (see inversion.py), by the number it had
    rank: NDArray[np.uint32]  # its place in ``spellings``, by the number it had
    occurrences: NDArray[np.int64]  # of each term


def build_segment(path: Path, documents: Documents) -> None:
    """Write the documents as a segment, in order of publication. Empties their ``frames`` and ``words``."""
    columns, frames, dictionary, words, landmark, spellings, term_of_spelling, terms = documents
    vocabulary = _vocabulary(words, spellings, term_of_spelling, terms)
    order = np.argsort(columns.published, kind="stable")
    ordered = [frames[i] for i in order.tolist()]
    frames.clear()
    number = np.argsort(order)
    others = _others(words, vocabulary, number)
    signatures = make_signatures(
        words, term_of(vocabulary.code), vocabulary.terms, columns.headline_length, columns.body_length
    )
    landmarks = landmark_counts(columns.body_length)
    columns = take(columns, order)
    encoder = invert(words, vocabulary.code, number, vocabulary.occurrences, columns.headline_length)
    listed = Spellings(vocabulary.spellings, vocabulary.term, *others)
    write_segment(
        path,
        columns,
        vocabulary.terms,
        spelling_arrays(listed, vocabulary.terms, encoder.slot_documents()),
        encoder.finish(),
        (np.cumsum([0, *landmarks[order].tolist()]), narrowed(_in_order(landmark, landmarks, order))),
        signatures[:, order],
        ordered,
        dictionary,
    )


def _vocabulary(
    words: Sequence[Words],
    spellings: Sequence[str],
    term_of_spelling: NDArray[np.int32],
    terms: Sequence[str],
) -> _Vocabulary:
    counts = np.zeros(len(spellings), np.int64)
    for part in words:
        counts += np.bincount(part.spelling, minlength=len(spellings))
    used = np.flatnonzero(counts)
    own_terms = np.unique(term_of_spelling[used]).tolist()
    own_terms.sort(key=terms.__getitem__)  # which is in the order of their UTF-8 too
    term_rank = np.zeros(len(terms), np.uint32)
    term_rank[own_terms] = np.arange(len(own_terms))
    term = term_rank[term_of_spelling[used]]
    by_slot = np.lexsort((-counts[used], term))
    used, term = used[by_slot], term[by_slot]
    code, rank = np.zeros((2, len(spellings)), np.uint32)
    code[used] = word_codes(term, slots(term))
    rank[used] = np.arange(len(used))
    return _Vocabulary(
        [terms[i].encode() for i in own_terms],
        [spellings[i].encode() for i in used.tolist()],
        term,
        code,
        rank,
        np.bincount(term, counts[used], len(own_terms)).astype(np.int64),
    )


def _others(
    words: Sequence[Words], vocabulary: _Vocabulary, number: NDArray[np.intp]
) -> tuple[NDArray[np.uint32], NDArray[np.uint16]]:
    """The spellings without a bit, once for each document that has them, sorted by both: documents are
    named by their new ``number``."""
    has_none = is_without_bit(vocabulary.code)
    pairs = [np.zeros(0, np.uint64)]
    documents = 0
    for spelling, sizes in words:
        word = np.flatnonzero(has_none.take(spelling))
        document = np.searchsorted(np.cumsum(sizes), word, side="right") + documents
        rank = vocabulary.rank.take(spelling[word]).astype(np.uint64)
        pairs.append(rank << np.uint64(16) | number[document].astype(np.uint64))
        documents += len(sizes)
    found = np.sort(np.concatenate(pairs))
    return split_pairs(found[np.diff(found, prepend=~found[:1]) != 0])


def split_pairs(pairs: NDArray[np.uint64]) -> tuple[NDArray[np.uint32], NDArray[np.uint16]]:
    """The upper and the lower part of numbers that hold another number above 16 bits of a document's."""
    return (pairs >> np.uint64(16)).astype(np.uint32), pairs.astype(np.uint16)


def _in_order(values: Array, sizes: NDArray[np.int64], order: NDArray[np.intp]) -> Array:
    """The values of each document, one document after another in their new order."""
    ends = np.cumsum(sizes).tolist()
    starts = [0, *ends]
    return np.concatenate([values[:0], *(values[starts[i] : ends[i]] for i in order.tolist())])


def take(columns: Columns, order: NDArray[np.integer[Any]]) -> Columns:
    """The columns of some documents, in the order given."""
    which = order.tolist()
    return Columns(
        published=columns.published[order],
        headline_length=columns.headline_length[order],
        body_length=columns.body_length[order],
        id_hash=columns.id_hash[order],
        content_hash=columns.content_hash[order],
        labels={name: [values[i] for i in which] for name, values in columns.labels.items()},
    )


def found_landmarks(scan: Scan) -> NDArray[np.int64]:
    """Where in its text to count from to every LANDMARKth word of each body, of a scan of headlines and
    bodies: the start of its chunk; inside a chunk, what the landmark before has."""
    starts, ends = scan.first[1:-1:2], scan.first[2::2]
    counts = landmark_counts(ends - starts)
    word = np.repeat(starts - (np.cumsum(counts) - counts) * LANDMARK, counts)
    start = scan.start[word + np.arange(len(word)) * LANDMARK]
    opens = np.where(start < 0, 0, np.arange(len(start)))  # the first of a body always does
    return start[np.maximum.accumulate(opens)]


def landmark_counts(body_length: NDArray[np.integer[Any]]) -> NDArray[np.int64]:
    """How many landmarks a body of so many words has."""
    return -(-body_length.astype(np.int64) // LANDMARK)


def narrowed(offsets: NDArray[np.integer[Any]]) -> NDArray[np.integer[Any]]:
    """Offsets in 16 bits each where all fit, else in 32."""
    small = not len(offsets) or offsets.max() < 1 << 16
    return offsets.astype(np.uint16 if small else np.uint32)
