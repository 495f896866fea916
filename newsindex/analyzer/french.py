"""The analysis of French: the order of the steps that turn a text into terms.

The order is written only here, once as a chain of Whoosh filters and once as plain Python, which is faster;
a property test holds the two equal.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final, NamedTuple

from .characters import MODIFIER_APOSTROPHE, chunks
from .stemming import stem
from .stopwords import STOP_WORDS, StopWords
from .written_words import DIGITS, elision, fold, normalize, written_words

ANALYSIS: Final = "french-4"
"""The name of this analysis; an index records it. Changed whenever any word's terms change."""


_PLAIN_SIGNS: Final = frozenset(string.ascii_lowercase + string.digits)
_MAX_CACHED_CHARACTERS: Final = 64  # of a run whose words are kept
_MAX_CACHED_RUNS: Final = 1 << 15
_CHARACTERS_PER_WORD: Final = 16  # with the space after it; most words have fewer

# A run of text between spaces is analysed by itself, and its words are kept; only a number goes on after one.
_RUN: Final = re.compile(r"[^ ]+(?: (?<=[0-9] )(?=[0-9])[^ ]+)*")


class Word(NamedTuple):
    """A written word of a text: its term, its bounds in the text, and whether it is a stop word.

    Its spelling is the word in lower case, accents and inflection as written, and alone decides the term. The
    position of a word is its index in the list that :func:`analyze` gives.
    """

    term: str
    start: int
    end: int
    stop: bool
    spelling: str


def FrenchAnalyzer(  # noqa: N802 - Whoosh's own style
    stop_words: Iterable[str] = STOP_WORDS, protected: Iterable[str] = ()
) -> Any:
    """A Whoosh analyzer that turns French text into folded stems, without stop words.

    Offsets are those of the source text, and elided words (``l'``) are outside them.

    Args:
        stop_words: The words that are left out.
        protected: Words that are not stemmed.

    Example:
        >>> [token.text for token in newsindex.FrenchAnalyzer()("Les élections de l'Assemblée")]
        ['elect', 'assembler']
    """
    from .whoosh_filters import (  # start-up: they load Whoosh  # fmt: skip
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
    """The analysis of French with some stop words, and some words that are never stemmed.

    Threads may share one.
    """

    def __init__(self, stop_words: Iterable[str] = STOP_WORDS, protected: Iterable[str] = ()) -> None:
        self._stop_words = StopWords(stop_words)
        self._protected = folded_words(protected)
        self.stop_spellings = self._stop_words.words
        """The stop words, in lower case with their accents."""
        self.words_of_run: dict[str, tuple[Word, ...]] = {}  # of the short runs that were analysed last

    def _word(self, written: str, start: int, end: int) -> Word:
        """The word that is written without an elided one; its term is "" where it has no letter."""
        spelling = normalize(written).lower()
        return Word(self.term(spelling), start, end, spelling in self._stop_words, spelling)

    def term(self, spelling: str) -> str:
        """The term of a spelling; "" where it has no letter."""
        folded = fold(spelling)
        return stem(folded, self._protected) if folded else ""

    def is_word(self, spelling: str) -> bool:
        """Whether a spelling has a letter or a digit, and so a term."""
        return spelling[:1] in _PLAIN_SIGNS or bool(fold(spelling))  # most begin so, and are not folded twice

    def spellings(self, chunk: str) -> list[str]:
        """The spellings of the written words of a chunk, including those without a letter."""
        word = chunk if chunk.isalpha() else chunk[elision(chunk) :]
        if word.isalpha():
            return [normalize(word).lower()]
        written = (chunk[start:end] for start, end in written_words(chunk))
        return [normalize(word[elision(word) :]).lower() for word in written]

    def analyze_chunk(self, chunk: str) -> tuple[Word, ...]:
        """The words of one chunk (see ``characters``), stop words included; their bounds are in the chunk."""
        return tuple(self._chunk_words(chunk))

    @staticmethod
    def _bounds(chunk: str) -> Iterable[tuple[int, int]]:
        """The bounds of the written words of a chunk, each without the elided word before it."""
        if chunk.isalpha() and MODIFIER_APOSTROPHE not in chunk:
            return ((0, len(chunk)),)
        return [(start + elision(chunk[start:end]), end) for start, end in written_words(chunk)]

    def _chunk_words(self, chunk: str, offset: int = 0) -> Iterator[Word]:
        """The words of a chunk that begins at ``offset`` in its text, one by one."""
        for start, end in self._bounds(chunk):
            word = self._word(chunk[start:end], start + offset, end + offset)
            if word.term:
                yield word

    def _analyze(self, text: str) -> Iterator[Word]:
        return (word for chunk in chunks(text) for word in self._chunk_words(chunk[0], chunk.start()))

    def words(self, run: str) -> tuple[Word, ...]:
        """The words of a text without spaces other than those inside numbers."""
        words = self.words_of_run.get(run)
        if words is None:
            is_word = run.isalpha() and MODIFIER_APOSTROPHE not in run  # as most are, and so is one chunk
            words = self.analyze_chunk(run) if is_word else tuple(self._analyze(run))
            if len(run) < _MAX_CACHED_CHARACTERS:
                if len(self.words_of_run) >= _MAX_CACHED_RUNS:
                    self.words_of_run.clear()
                self.words_of_run[run] = words
        return words

    @staticmethod
    def runs(text: str) -> Iterator[re.Match[str]]:
        """The parts of a text that can be analysed by themselves, in order: it is cut at most spaces."""
        return _RUN.finditer(text)

    def spelled_words(self, run: str) -> list[tuple[str, int, int, bool]]:
        """The words of a text without their terms, which takes a fraction of the time of their analysis.

        Each is its spelling, its bounds, and whether it is a stop word.
        """
        if run.isascii() and run.isalpha():
            spelling = run.lower()
            return [(spelling, 0, len(run), spelling in self._stop_words)]
        words = []
        for chunk in chunks(run):
            written, offset = chunk[0], chunk.start()
            for start, end in self._bounds(written):
                spelling = normalize(written[start:end]).lower()
                if self.is_word(spelling):
                    words.append((spelling, start + offset, end + offset, spelling in self._stop_words))
        return words

    def analyze(self, text: str) -> list[Word]:
        """The words of a text in order, stop words included: those of FrenchAnalyzer without stop words."""
        if text and " " not in text:
            return list(self.words(text))
        return list(self.words_from(text, 0))

    def words_from(self, text: str, offset: int) -> Iterator[Word]:
        """The words of a text from the one that begins at ``offset`` on, in order."""
        for run in _RUN.finditer(text, offset):
            run_start = run.start()
            for term, start, end, stop, spelling in self.words(run[0]):
                yield Word(term, start + run_start, end + run_start, stop, spelling)


def folded_words(texts: Iterable[str]) -> frozenset[str]:
    """The folded words of some texts."""
    return frozenset(fold(word.spelling) for text in texts for word in FRENCH.analyze(text))


FRENCH: Final = French(protected=())
"""The analysis of French where an index has no settings of its own."""
analyze: Final = FRENCH.analyze
analyze_chunk: Final = FRENCH.analyze_chunk
stop_terms: Final = frozenset(word.term for stop in STOP_WORDS for word in analyze_chunk(stop))
"""The terms of all stop words."""


def content_terms(terms: Iterable[str]) -> tuple[str, ...]:
    """The terms that are not those of stop words, in order."""
    return tuple([term for term in terms if term not in stop_terms])


def locate_words(text: str, offset: int, positions: Sequence[int]) -> list[tuple[int, int]]:
    """The bounds of some words of a text, by their positions, ascending, counted from the word at ``offset``.

    Words of plain letters are counted without being analysed, and nothing after the last one is read.
    """
    remaining = iter(positions)
    position = next(remaining, None)
    if position is None:
        return []
    length = _CHARACTERS_PER_WORD * (positions[-1] + 2)
    pieces = text[offset : offset + length].split(" ")
    if offset + length < len(text):
        pieces.pop()  # it may be cut
    bounds: list[tuple[int, int]] = []
    start, counted = offset, 0
    cached = FRENCH.words_of_run.get
    for i, piece in enumerate(pieces):
        if piece.isascii() and piece.isalpha():
            if counted == position:
                bounds.append((start, start + len(piece)))
                position = next(remaining, None)
                if position is None:
                    return bounds
            counted += 1
        elif piece:
            if piece[-1] in DIGITS and pieces[i + 1 : i + 2] != [] and pieces[i + 1][:1] in DIGITS:
                break  # the digits before and after the space may be one number
            for word in cached(piece) or FRENCH.words(piece):
                if counted == position:
                    bounds.append((start + word.start, start + word.end))
                    position = next(remaining, None)
                    if position is None:
                        return bounds
                counted += 1
        start += len(piece) + 1
    words = islice(FRENCH.words_from(text, offset), positions[-1] + 1)
    sought = set(positions)
    return [(word.start, word.end) for i, word in enumerate(words) if i in sought]
