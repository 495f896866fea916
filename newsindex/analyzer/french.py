"""In which order is French text turned into terms? This is the only place where it is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final, NamedTuple

from .characters import MODIFIER_APOSTROPHE, chunks
from .stemming import stem
from .stopwords import STOP_WORDS, StopWords
from .words import DIGITS, elision, fold, normalize, written_words

ANALYSIS: Final = "french-3"
"""The name of this analysis; an index records it. Changed whenever any word's terms change."""


_LONG: Final = 64  # characters that are not worth remembering
_REMEMBERED: Final = 1 << 15
_LETTERS: Final = 16  # in which most words have room

# What spaces part can be analysed apart, and remembered; only a number may go on after one.
_STRETCH: Final = re.compile(r"[^ ]+(?: (?<=[0-9] )(?=[0-9])[^ ]+)*")


class Word(NamedTuple):
    """One written word of a text: its term, the bounds of what was written, whether it is a stop word,
    and its spelling: the word in lower case, accents and inflection as written, which alone decides
    the term. The position of a word is its place in the list that :func:`analyze` gives."""

    term: str
    start: int
    end: int
    stop: bool
    spelling: str


def FrenchAnalyzer(  # noqa: N802 - Whoosh's own style
    stop_words: Iterable[str] = STOP_WORDS, protected: Iterable[str] = ()
) -> Any:
    """A Whoosh analyzer for French: text to folded stems, stop words left out, ``protected`` words unstemmed.

    Offsets are those of the source text, and elided words (``l'``) are outside them.
    """
    from .token_filters import (  # fmt: skip
        CaseFilter,
        ElisionFilter,
        FoldFilter,
        FrenchStopFilter,
        FrenchTokenizer,
        NormalizeFilter,
        StemFilter,
    )

    return (
        FrenchTokenizer() | ElisionFilter() | NormalizeFilter() | CaseFilter()
        | FrenchStopFilter(StopWords(stop_words)) | FoldFilter() | StemFilter(folded_words(protected))
    )  # fmt: skip


class French:
    """French with some stop words, and some words that are never stemmed; threads may share one."""

    def __init__(self, stop_words: Iterable[str] = STOP_WORDS, protected: Iterable[str] = ()) -> None:
        self._stop_words = StopWords(stop_words)
        self._protected = folded_words(protected)
        self.remembered: dict[str, tuple[Word, ...]] = {}
        """The words of short texts without spaces that were met lately."""

    def _word(self, written: str, start: int, end: int) -> Word:
        """A written word without its elided part; its term is "" where it has no letter."""
        spelling = normalize(written).lower()
        return Word(self.term(spelling), start, end, spelling in self._stop_words, spelling)

    def term(self, spelling: str) -> str:
        """The term of a spelling; "" where it has no letter."""
        folded = fold(spelling)
        return stem(folded, self._protected) if folded else ""

    def spellings(self, chunk: str) -> list[str]:
        """The spellings of the written words of a chunk, those without a letter too."""
        word = chunk if chunk.isalpha() else chunk[elision(chunk) :]
        if word.isalpha():
            return [normalize(word).lower()]
        written = (chunk[start:end] for start, end in written_words(chunk))
        return [normalize(word[elision(word) :]).lower() for word in written]

    def analyze_chunk(self, chunk: str) -> tuple[Word, ...]:
        """The words of one chunk (see characters.py), stop words included; bounds are in the chunk."""
        return tuple(self._chunk_words(chunk))

    def _chunk_words(self, chunk: str, at: int = 0) -> Iterator[Word]:
        """The words of a chunk that stands at ``at`` in its text, one by one."""
        if chunk.isalpha() and MODIFIER_APOSTROPHE not in chunk:
            word = self._word(chunk, at, at + len(chunk))
            if word.term:
                yield word
            return
        for start, end in written_words(chunk):
            start += elision(chunk[start:end])
            word = self._word(chunk[start:end], start + at, end + at)
            if word.term:
                yield word

    def _analyze(self, text: str) -> Iterator[Word]:
        return (word for chunk in chunks(text) for word in self._chunk_words(chunk[0], chunk.start()))

    def words(self, stretch: str) -> tuple[Word, ...]:
        """The words of a text without spaces, but for those of numbers."""
        known = self.remembered.get(stretch)
        if known is None:
            known = tuple(self._analyze(stretch))
            if len(stretch) < _LONG:
                if len(self.remembered) >= _REMEMBERED:
                    self.remembered.clear()
                self.remembered[stretch] = known
        return known

    def analyze(self, text: str) -> list[Word]:
        """The words of a text in order, stop words included: the same as FrenchAnalyzer without stops."""
        return list(self.words_from(text, 0))

    def words_from(self, text: str, at: int) -> Iterator[Word]:
        """The words of a text from one on, in order."""
        for found in _STRETCH.finditer(text, at):
            here = found.start()
            for term, start, end, stop, spelling in self.words(found[0]):
                yield Word(term, start + here, end + here, stop, spelling)


def folded_words(texts: Iterable[str]) -> frozenset[str]:
    """The words of some texts, in plain lower-case letters."""
    return frozenset(fold(word.spelling) for text in texts for word in FRENCH.analyze(text))


FRENCH: Final = French(protected=())
"""French as it is where no user's settings say otherwise."""
analyze: Final = FRENCH.analyze
analyze_chunk: Final = FRENCH.analyze_chunk
stop_terms: Final = frozenset(word.term for stop in STOP_WORDS for word in analyze_chunk(stop))
"""The terms of all stop words."""


def locate_words(text: str, at: int, numbers: Sequence[int]) -> list[tuple[int, int]]:
    """The bounds of some words of a text, by their numbers, ascending, counted from the word at ``at``.

    Words of plain letters are counted without being analysed, and nothing after the last is read.
    """
    sought = iter(numbers)
    number = next(sought, None)
    if number is None:
        return []
    room = _LETTERS * (numbers[-1] + 2)
    pieces = text[at : at + room].split(" ")
    if at + room < len(text):
        pieces.pop()  # it may be cut
    bounds: list[tuple[int, int]] = []
    start, counted = at, 0
    known = FRENCH.remembered.get
    for i, piece in enumerate(pieces):
        if piece.isascii() and piece.isalpha():
            if counted == number:
                bounds.append((start, start + len(piece)))
                number = next(sought, None)
                if number is None:
                    return bounds
            counted += 1
        elif piece:
            if piece[-1] in DIGITS and pieces[i + 1 : i + 2] != [] and pieces[i + 1][:1] in DIGITS:
                break  # one number
            for word in known(piece) or FRENCH.words(piece):
                if counted == number:
                    bounds.append((start + word.start, start + word.end))
                    number = next(sought, None)
                    if number is None:
                        return bounds
                counted += 1
        start += len(piece) + 1
    words = islice(FRENCH.words_from(text, at), numbers[-1] + 1)
    wanted = set(numbers)
    return [(word.start, word.end) for i, word in enumerate(words) if i in wanted]
