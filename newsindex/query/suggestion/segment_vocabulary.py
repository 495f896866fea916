"""Which words does a segment hold, and which of them begin with some letters or are nearly a word?

The words are in plain letters, without accents, sorted, in one run of bytes. A word near another has nearly
the same letters and length: that is one pass over arrays, and leaves few words to be compared.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsindex.analyzer import fold
from newsindex.storage.segment import Segment

MOST: Final = 1 << 16
"""How many spellings of a segment are known, the most frequent ones."""
LONGEST: Final = 40  # letters of a word that is worth suggesting
_LONG: Final = 2 * LONGEST  # bytes of such a word at most
_OTHER: Final = 36  # the bit of what is neither a letter nor a digit


def _bit_of_byte() -> NDArray[np.uint64]:
    bits = np.full(256, _OTHER)
    bits[ord("0") : ord("9") + 1] = np.arange(10)
    bits[ord("a") : ord("z") + 1] = np.arange(10, 36)
    return np.uint64(1) << bits.astype(np.uint64)


_BITS: Final = _bit_of_byte()


class Near(NamedTuple):
    """A word in plain letters, how many letters it is from another, and how many articles have it."""

    word: str
    distance: int
    articles: int


class Vocabulary:
    """The words of one segment in plain letters, by number in their order; deleted documents count."""

    def __init__(self, segment: Segment) -> None:
        frequency = segment.spellings.document_frequencies
        texts = segment.spellings.texts(segment.term_texts())
        order = np.argsort(-frequency, kind="stable")[:MOST].tolist()
        folded = {number: fold(texts[number].decode()) for number in order if len(texts[number]) <= _LONG}
        by_word = sorted(
            (number for number, word in folded.items() if 1 < len(word) <= LONGEST and word.isascii()),
            key=folded.__getitem__,
        )
        words = [folded[number] for number in by_word]
        first = [at for at, word in enumerate(words) if not at or word != words[at - 1]]
        encoded = [words[at].encode() for at in first]
        self._text = b"".join(encoded)
        self._end = np.cumsum([0, *map(len, encoded)], dtype=np.uint32)
        self._length = np.diff(self._end).astype(np.uint8)
        numbers = np.array(by_word, np.uint32)
        self._spelling = numbers[first]  # of those of a word the most frequent one
        letters = _BITS[np.frombuffer(self._text, np.uint8)]
        self.frequency = np.add.reduceat(frequency[numbers], first) if first else frequency
        self._letters = np.bitwise_or.reduceat(letters, self._end[:-1]) if first else letters

    def __len__(self) -> int:
        return len(self._length)

    def word(self, number: int) -> str:
        """A word."""
        return self._bytes(number).decode()

    def _bytes(self, number: int) -> bytes:
        return self._text[self._end[number] : self._end[number + 1]]

    def spelling(self, number: int, segment: Segment) -> str:
        """The most frequent spelling of a word, in lower case; ``segment`` is that which the words are of."""
        spelling = int(self._spelling[number])
        term = int(segment.spellings.terms[spelling])
        own = segment.spelling_texts(term)
        return own[spelling - segment.spellings.of_term(term).start].decode()

    def number(self, word: str) -> int | None:
        """The number of a word, None where the segment does not hold it."""
        encoded = word.encode()
        at = bisect_left(range(len(self)), encoded, key=self._bytes)
        return at if at < len(self) and self._bytes(at) == encoded else None

    def starting(self, prefix: str) -> range:
        """The words that begin with a prefix."""
        encoded = prefix.encode()
        words = range(len(self))
        first = bisect_left(words, encoded, key=self._bytes)
        return range(first, bisect_left(words, encoded + b"\xff", first, key=self._bytes))

    def most_frequent(self, prefix: str, most: int) -> dict[str, int]:
        """So many words that begin with a prefix, those in the most articles, and in how many each is."""
        numbers = self.starting(prefix)
        frequency = self.frequency[numbers.start : numbers.stop]
        first = np.argpartition(-frequency, most)[:most] if len(numbers) > most else np.arange(len(numbers))
        return {self.word(numbers.start + at): int(frequency[at]) for at in first.tolist()}

    def near(self, word: str, distance: int) -> list[Near]:
        """The words some letters at most from a word: one more, one less, another, or two that changed
        places."""
        from rapidfuzz import process  # not needed to start
        from rapidfuzz.distance import OSA

        own = np.bitwise_or.reduce(_BITS[np.frombuffer(word.encode(), np.uint8)])
        # A letter for another makes two differ, one more or less makes one, and changed places none.
        alike = np.bitwise_count(self._letters ^ own) <= 2 * distance
        alike &= np.abs(self._length.astype(np.int16) - len(word)) <= distance
        numbers = np.flatnonzero(alike)
        bounds = zip(self._end[numbers].tolist(), self._end[numbers + 1].tolist(), strict=True)
        text = self._text.decode()  # all ASCII: as many letters as bytes
        words = [text[start:end] for start, end in bounds]
        found = process.extract(word, words, scorer=OSA.distance, score_cutoff=distance, limit=None)
        return [Near(text, int(far), int(self.frequency[numbers[at]])) for text, far, at in found]
