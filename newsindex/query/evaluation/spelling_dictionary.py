"""The dictionary of all spellings of a segment, searched by pattern or by edit distance.

Spellings are compared without accents (*folded*). They stand in one run of bytes, each after a line end, in
the order of their numbers, so that a regular expression finds those that match a pattern.

A spelling within an edit distance of a word has nearly the same length and the same set of letters: that
leaves few spellings, found in one pass over two arrays, of which the distance is computed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from newsindex.analyzer import fold
from newsindex.deadline import check_deadline
from newsindex.forks import Lock
from newsindex.storage.segment import Segment

MAX_DICTIONARY_BYTES: Final = 256 << 20
"""Bytes of dictionaries that a snapshot keeps: about 25 for each spelling of each segment."""
_MAX_LETTERS: Final = 64
"""Letters of a spelling that a pattern or a near word may stand for."""
_LINES_PER_STEP: Final = 1 << 14
"""Lines that are folded or searched between two looks at the deadline."""
_LINE_END: Final = ord("\n")
_OTHER_BIT: Final = 36  # of what is neither a letter nor a digit


def _bit_of_byte() -> NDArray[np.uint64]:
    """The bit that stands for each byte in a set of letters, shape (256,)."""
    bits = np.full(256, _OTHER_BIT)
    bits[ord("0") : ord("9") + 1] = np.arange(10)
    bits[ord("a") : ord("z") + 1] = np.arange(10, 36)
    bit_of_byte: NDArray[np.uint64] = np.uint64(1) << bits.astype(np.uint64)
    bit_of_byte[_LINE_END] = 0
    return bit_of_byte


_BIT_OF_BYTE: Final = _bit_of_byte()


def letter_sets(text: NDArray[np.uint8], starts: NDArray[Any]) -> NDArray[np.uint64]:
    """The set of letters of each of some words, which follow one another in a text, shape (words,)."""
    return np.bitwise_or.reduceat(_BIT_OF_BYTE[text], starts)


def near_candidates(
    sets: NDArray[np.uint64], lengths: NDArray[Any], folded: str, distance: int
) -> NDArray[np.intp]:
    """The numbers of the words that may be within an edit distance of a folded word.

    ``sets`` and ``lengths`` give the set of letters and the length of each word.
    """
    letters = np.bitwise_or.reduce(_BIT_OF_BYTE[np.frombuffer(folded.encode(), np.uint8)])
    # Another letter changes two members of the set of letters, one more or less changes one, and a swap none.
    is_candidate = np.bitwise_count(sets ^ letters) <= 2 * distance
    is_candidate &= np.abs(lengths - len(folded)) <= distance
    return np.flatnonzero(is_candidate)


def near_texts(folded: str, texts: Sequence[str], distance: int) -> Iterator[tuple[int, int]]:
    """The place of each text within an edit distance of a folded word, and its distance.

    The distance is that of optimal string alignment: a letter more, a letter less, another letter, and two
    letters that changed places count 1 each.
    """
    from rapidfuzz import process  # not needed to start
    from rapidfuzz.distance import OSA

    for _, found, place in process.extract(
        folded, texts, scorer=OSA.distance, score_cutoff=distance, limit=None
    ):
        yield place, int(found)


class SpellingDictionary:
    """The folded spellings of one segment."""

    def __init__(self, segment: Segment) -> None:
        """Reads all spellings of a segment. Raises DeadlineExceeded."""
        self._lines = _fold_lines(segment.spellings.texts(segment.term_texts()))
        line_bytes = np.frombuffer(self._lines, np.uint8)
        line_ends = np.flatnonzero(line_bytes == _LINE_END)
        self._line_ends = line_ends.astype(np.uint32)  # the one before each spelling, and the last
        self._letters = np.zeros(len(line_ends) - 1, np.uint64)  # the set of letters of each spelling
        self._lengths = np.zeros(len(line_ends) - 1, np.int32)  # in characters
        for first in range(0, len(line_ends) - 1, _LINES_PER_STEP):
            check_deadline()
            ends = line_ends[first : first + _LINES_PER_STEP + 1]
            step = slice(first, first + len(ends) - 1)
            starts, part = ends[:-1] - ends[0], line_bytes[ends[0] : ends[-1]]
            self._letters[step] = letter_sets(part, starts)
            is_character = part & 0xC0 != 0x80  # not a byte that continues a character in UTF-8
            self._lengths[step] = np.add.reduceat(is_character, starts, dtype=np.int32) - 1

    @property
    def nbytes(self) -> int:
        """The bytes of memory that the dictionary takes."""
        arrays = (self._line_ends, self._letters, self._lengths)
        return len(self._lines) + sum(array.nbytes for array in arrays)

    def matching(self, pattern: re.Pattern[bytes], max_texts: int) -> dict[str, list[int]]:
        """The numbers of the spellings that a pattern matches, by folded text.

        The pattern matches a line and the line end before it. The search stops when there are more than
        ``max_texts`` folded texts.
        """
        numbers_by_text: dict[str, list[int]] = {}
        for first in range(0, len(self._letters), _LINES_PER_STEP):
            check_deadline()
            ends = self._line_ends[first : first + _LINES_PER_STEP + 1]
            matches = list(pattern.finditer(self._lines, int(ends[0]), int(ends[-1]) + 1))
            starts = np.array([match.start() for match in matches], np.uint32)
            for line, match in zip(ends.searchsorted(starts).tolist(), matches, strict=True):
                numbers_by_text.setdefault(match[0][1:].decode(), []).append(first + line)
            if len(numbers_by_text) > max_texts:
                break
        return numbers_by_text

    def near(self, folded: str, distance: int) -> dict[str, list[int]]:
        """The numbers of the spellings within an edit distance of a folded word, by folded text."""
        numbers = near_candidates(self._letters, self._lengths, folded, distance)
        numbers = numbers[self._lengths[numbers] > 0]
        bounds = zip(self._line_ends[numbers].tolist(), self._line_ends[numbers + 1].tolist(), strict=True)
        texts = [self._lines[start + 1 : end].decode() for start, end in bounds]
        check_deadline()
        numbers_by_text: dict[str, list[int]] = {}
        for place, _ in near_texts(folded, texts, distance):
            numbers_by_text.setdefault(texts[place], []).append(int(numbers[place]))
        return numbers_by_text


def _fold_lines(texts: list[bytes]) -> bytes:
    """The folded spellings, each after a line end, and a last line end; one that is too long is empty."""
    lines = []
    for first in range(0, len(texts), _LINES_PER_STEP):
        check_deadline()
        step = [text.decode() for text in texts[first : first + _LINES_PER_STEP]]
        lines.append("\n".join([fold(text) if len(text) <= _MAX_LETTERS else "" for text in step]))
    return "\n".join(["", *lines, ""]).encode()


class SpellingDictionaries:
    """The dictionaries of the segments of a snapshot, made when they are first searched.

    Those that fit into a number of bytes are kept, and others are made for each search: since a search
    needs all of them, to drop one for another would save nothing. Several threads may use them.
    """

    def __init__(self, max_bytes: int = MAX_DICTIONARY_BYTES) -> None:
        self._max_bytes = max_bytes
        self._nbytes = 0
        self._kept: dict[Segment, SpellingDictionary] = {}
        self._lock = Lock()

    @property
    def nbytes(self) -> int:
        """The bytes of memory that the kept dictionaries take."""
        return self._nbytes

    def of(self, segment: Segment) -> SpellingDictionary:
        """The dictionary of a segment. Raises DeadlineExceeded."""
        dictionary = self._kept.get(segment)
        if dictionary is None:
            with self._lock:  # threads that need it at once wait for one that makes it
                dictionary = self._kept.get(segment)
                if dictionary is None:
                    dictionary = SpellingDictionary(segment)
                    if self._nbytes + dictionary.nbytes <= self._max_bytes:
                        self._nbytes += dictionary.nbytes
                        self._kept[segment] = dictionary
        return dictionary
