"""The words of a batch as arrays, where the kernel is not in use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsindex.indexer.scanning.scanner import Scanner
from newsindex.storage.array_file import Array, checked_cast
from newsindex.storage.segment_writer import term_arrays
from newsindex.storage.spelling_table import Spellings, assign_slots, spelling_arrays

from .inversion import Words, invert, lacks_bit, term_of_code, word_codes
from .kept_words import Inverted
from .landmarks import count_landmarks, find_landmarks
from .segment_assembly import join_pairs, split_pairs
from .segment_builder import Block
from .signatures import compute_signatures


class _Vocabulary(NamedTuple):
    """The terms and spellings that occur in the documents, with their numbers in the segment."""

    terms: list[bytes]  # sorted
    spellings: list[bytes]  # sorted by term, and within a term by descending frequency and then by text
    term: NDArray[np.uint32]  # of each of these spellings
    code: NDArray[np.uint32]  # the word code (inversion.py), by the scanner's number of a spelling
    rank: NDArray[np.uint32]  # the place in ``spellings``, by the scanner's number of a spelling
    occurrences: NDArray[np.int64]  # of each term


class ArrayWords:
    """Implements KeptWords with the scanner of arrays."""

    def __init__(self, scanner: Scanner) -> None:
        self._scanner = scanner
        self.clear()

    def clear(self) -> None:
        """Drops all articles, and the scanner's forms where these are many."""
        self._scanner.trim()
        self._parts: list[Words] = []
        self._lengths = [np.zeros(0, np.int64)]
        self._landmarks = [np.zeros(0, np.int32)]

    @property
    def words(self) -> int:
        """The number of words of all articles."""
        return sum(len(part.spelling) for part in self._parts)

    def scan(self, block: Block) -> None:
        """Scans the articles of a block, and keeps their words."""
        scan = self._scanner.scan(block.texts)
        self._parts.append(Words(scan.spelling, np.diff(scan.first[::2])))
        self._lengths.append(np.diff(scan.first))
        self._landmarks.append(checked_cast(find_landmarks(scan), np.int32))

    def lengths(self) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
        """The numbers of words of the headline and of the body of each article."""
        lengths = np.concatenate(self._lengths).astype(np.uint32)
        return lengths[::2], lengths[1::2]

    def invert(self, articles: NDArray[np.intp]) -> Inverted:
        """The words of some articles in the order of their terms; drops the words of all articles."""
        headline_length, body_length = self.lengths()
        kept = np.zeros(len(body_length), bool)
        kept[articles] = True
        number = np.argsort(articles)  # of the document of each article that is kept
        parts = list(_select_words(self._parts, kept))
        self._parts.clear()
        vocabulary = _make_vocabulary(parts, self._scanner)
        pairs = _pairs_without_bit(parts, vocabulary, number)
        signatures = compute_signatures(
            parts, term_of_code(vocabulary.code), vocabulary.terms, headline_length[kept], body_length[kept]
        )
        encoder = invert(parts, vocabulary.code, number, vocabulary.occurrences, headline_length[articles])
        spellings = Spellings(vocabulary.spellings, vocabulary.term, *pairs)
        return Inverted(
            term_arrays(vocabulary.terms),
            spelling_arrays(spellings, vocabulary.terms, encoder.slot_documents()),
            encoder,
            signatures[:, np.argsort(number)],
            _take_landmarks(np.concatenate(self._landmarks), count_landmarks(body_length), articles),
        )


def _select_words(words: Sequence[Words], kept: NDArray[np.bool_]) -> Iterator[Words]:
    """The words of the articles that are kept."""
    documents = 0
    for spelling, sizes in words:
        is_kept = kept[documents : documents + len(sizes)]
        documents += len(sizes)
        yield Words(spelling[np.repeat(is_kept, sizes)], sizes[is_kept])


def _make_vocabulary(words: Sequence[Words], scanner: Scanner) -> _Vocabulary:
    spellings, terms = scanner.forms.spellings, scanner.forms.terms
    term_of_spelling = scanner.forms.term_of_spelling
    counts = np.zeros(len(spellings), np.int64)
    for part in words:
        counts += np.bincount(part.spelling, minlength=len(spellings))
    used = np.array(sorted(np.flatnonzero(counts).tolist(), key=spellings.__getitem__), np.int64)
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


def _take_landmarks(values: Array, counts: NDArray[np.int64], articles: NDArray[np.intp]) -> Array:
    """The landmarks of some articles, of which each has ``counts``."""
    ends = np.cumsum(counts).tolist()
    starts = [0, *ends]
    return np.concatenate([values[:0], *(values[starts[i] : ends[i]] for i in articles.tolist())])
