"""The folded words of one segment: looked up by prefix, and by edit distance.

The words are sorted and stand one after another in one byte string. To find the words near another one, a
pass over arrays compares lengths and sets of letters, which leaves few words whose edit distance is computed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from typing import Final, NamedTuple

import numpy as np

from newsindex.analyzer import fold
from newsindex.query.evaluation.spelling_dictionary import letter_sets, near_candidates, near_texts
from newsindex.storage.segment import Segment

MAX_SPELLINGS: Final = 1 << 16
"""How many spellings of a segment are known: those of the highest document frequency."""
MAX_WORD_LETTERS: Final = 40
"""The longest word that is suggested."""
_OTHER_BYTES: Final = bytes(byte for byte in range(256) if not chr(byte).isascii() or not chr(byte).isalnum())
"""The first bytes of spellings whose folded words may begin with another letter than the spelling."""


class NearWord(NamedTuple):
    """A folded word, its edit distance from another one, and its document frequency."""

    word: str
    distance: int
    document_frequency: int


def spellings_with(prefix: str, segment: Segment) -> dict[int, str]:
    """The numbers of a segment's spellings whose folded words begin with a prefix, and these words.

    Most spellings are passed over by their first byte, and those that begin with another letter than a plain
    one by that letter.
    """
    first_letters: dict[str, str] = {}
    words = {}
    encoded = prefix.encode()
    for number, text in segment.spellings_by_first_byte(prefix[:1].encode() + _OTHER_BYTES):
        beginning = text[: len(encoded)]
        if beginning.isalnum() and beginning != encoded:  # of ASCII, which is its own folded form
            continue
        spelling = text.decode()
        letter = spelling[0]
        plain = first_letters.get(letter)
        if plain is None:
            plain = first_letters[letter] = fold(letter)[:1]
        if plain in ("", prefix[:1]):
            word = fold(spelling)
            if word.startswith(prefix):
                words[number] = word
    return words


def _known_spellings(segment: Segment, of_prefix: Mapping[int, str] | None) -> dict[int, str]:
    """The folded words of the most frequent spellings, by number, the most frequent spelling first.

    ``of_prefix`` are the spellings to choose from, with their folded words; None for all.
    """
    frequency = segment.spellings.document_frequencies
    rarity = (frequency.max(initial=0) - frequency).astype(np.uint16)  # of 16 bits: sorted by counting
    by_frequency = np.argsort(rarity, kind="stable")[:MAX_SPELLINGS]
    if of_prefix is None:
        texts = segment.spellings.texts(segment.term_texts())
        return {number: fold(texts[number].decode()) for number in by_frequency.tolist()}
    is_of_prefix = np.zeros(len(frequency), bool)
    is_of_prefix[list(of_prefix)] = True
    return {number: of_prefix[number] for number in by_frequency[is_of_prefix[by_frequency]].tolist()}


class SegmentVocabulary:
    """The folded words of one segment, numbered in their order; deleted documents count.

    ``document_frequency`` is the number of documents with a spelling of each word, shape (words,).
    """

    def __init__(self, segment: Segment, of_prefix: Mapping[int, str] | None = None) -> None:
        """Reads the words of all spellings, or the numbers and the words of those with a prefix."""
        frequency = segment.spellings.document_frequencies
        folded = _known_spellings(segment, of_prefix)
        by_word = sorted(
            (
                spelling
                for spelling, word in folded.items()
                if 1 < len(word) <= MAX_WORD_LETTERS and word.isascii()
            ),
            key=folded.__getitem__,
        )
        words = [folded[spelling] for spelling in by_word]
        first = [i for i, word in enumerate(words) if not i or word != words[i - 1]]
        encoded = [words[i].encode() for i in first]
        self._text = b"".join(encoded)
        self._end = np.cumsum([0, *map(len, encoded)], dtype=np.uint32)
        self._length = np.diff(self._end).astype(np.uint8)
        spellings = np.array(by_word, np.uint32)
        self._spelling_frequency = frequency
        self._spelling = spellings[first]  # the most frequent one of each word
        self.document_frequency = np.add.reduceat(frequency[spellings], first) if first else frequency
        text = np.frombuffer(self._text, np.uint8)
        self._letter_sets = letter_sets(text, self._end[:-1]) if first else np.zeros(0, np.uint64)

    def __len__(self) -> int:
        return len(self._length)

    def word(self, number: int) -> str:
        """The word of a number."""
        return self._bytes(number).decode()

    def _bytes(self, number: int) -> bytes:
        return self._text[self._end[number] : self._end[number + 1]]

    def spelling(self, number: int, segment: Segment) -> str:
        """The most frequent spelling of a word; ``segment`` is the one that the vocabulary was read from."""
        spelling = int(self._spelling[number])
        term = int(segment.spellings.terms[spelling])
        of_term = segment.spelling_texts(term)
        return of_term[spelling - segment.spellings.of_term(term).start].decode()

    def spellings(self, number: int, segment: Segment) -> dict[str, int]:
        """All spellings of a word and their document frequencies; for ``segment`` see :meth:`spelling`."""
        word = self.word(number)
        term = int(segment.spellings.terms[self._spelling[number]])
        numbers = segment.spellings.of_term(term)
        frequencies = self._spelling_frequency[numbers.start : numbers.stop].tolist()
        texts = segment.spelling_texts(term)
        spellings = {text.decode(): frequency for text, frequency in zip(texts, frequencies, strict=True)}
        return {text: frequency for text, frequency in spellings.items() if fold(text) == word}

    def number(self, word: str) -> int | None:
        """The number of a word, None where the segment does not hold it."""
        encoded = word.encode()
        number = bisect_left(range(len(self)), encoded, key=self._bytes)
        return number if number < len(self) and self._bytes(number) == encoded else None

    def starting_with(self, prefix: str) -> range:
        """The numbers of the words that begin with a prefix."""
        encoded = prefix.encode()
        numbers = range(len(self))
        first = bisect_left(numbers, encoded, key=self._bytes)
        return range(first, bisect_left(numbers, encoded + b"\xff", first, key=self._bytes))

    def most_frequent(self, prefix: str, limit: int) -> dict[str, int]:
        """The words with a prefix that have the highest document frequencies, with these; in no order."""
        numbers = self.starting_with(prefix)
        frequency = self.document_frequency[numbers.start : numbers.stop]
        chosen = np.arange(len(numbers))
        if len(numbers) > limit:
            chosen = np.argpartition(-frequency, limit)[:limit]
        return {self.word(numbers.start + i): int(frequency[i]) for i in chosen.tolist()}

    def near(self, word: str, max_distance: int) -> list[NearWord]:
        """The words within an edit distance of a word."""
        numbers = near_candidates(self._letter_sets, self._length.astype(np.int16), word, max_distance)
        bounds = zip(self._end[numbers].tolist(), self._end[numbers + 1].tolist(), strict=True)
        text = self._text.decode()  # all ASCII: as many letters as bytes
        words = [text[start:end] for start, end in bounds]
        return [
            NearWord(words[place], distance, int(self.document_frequency[numbers[place]]))
            for place, distance in near_texts(word, words, max_distance)
        ]
