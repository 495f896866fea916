"""In which order is French text turned into terms? This is the only place where it is written."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from functools import lru_cache
from typing import Any, Final, NamedTuple

from .characters import chunks
from .stemming import stem
from .stopwords import STOP_WORDS, is_stop_word
from .words import elision, fold, normalize, written_words

ANALYSIS: Final = "french-1"
"""The name of this analysis; an index records it. Changed whenever any word's terms change."""


_GROUPED_DIGITS: Final = re.compile("[0-9] [0-9]")
_LONG: Final = 64  # characters that are not worth remembering


class Word(NamedTuple):
    """One written word of a text: its term, the bounds of what was written, and whether it is a
    stop word. The position of a word is its place in the list that :func:`analyze` gives."""

    term: str
    start: int
    end: int
    stop: bool


def FrenchAnalyzer(stop_words: Iterable[str] = STOP_WORDS) -> Any:  # noqa: N802 - Whoosh's own style
    """A Whoosh analyzer for French: text to folded stems, stop words left out.

    Offsets are those of the source text, and elided words (``l'``) are outside them.
    """
    from .filters import (  # Whoosh costs start-up time, and indexing runs without it
        CaseFilter,
        ElisionFilter,
        FoldFilter,
        FrenchStopFilter,
        FrenchTokenizer,
        NormalizeFilter,
        StemFilter,
    )  # fmt: skip

    return (
        FrenchTokenizer() | ElisionFilter() | NormalizeFilter() | CaseFilter()
        | FrenchStopFilter(frozenset(stop_words)) | FoldFilter() | StemFilter()
    )  # fmt: skip


def _term(written: str) -> tuple[str, bool]:
    """The term of a written word without its elided part, and whether it is a stop word."""
    word = normalize(written).lower()
    folded = fold(word)
    return (stem(folded) if folded else ""), is_stop_word(word)


def analyze_chunk(chunk: str) -> tuple[Word, ...]:
    """The words of one chunk (see characters.py), stop words included; bounds are in the chunk."""
    if chunk.isalpha():
        term, stop = _term(chunk)
        return (Word(term, 0, len(chunk), stop),) if term else ()
    words = []
    for start, end in written_words(chunk):
        start += elision(chunk[start:end])
        term, stop = _term(chunk[start:end])
        if term:
            words.append(Word(term, start, end, stop))
    return tuple(words)


def _analyze(text: str) -> tuple[Word, ...]:
    return tuple(
        Word(word.term, word.start + chunk.start(), word.end + chunk.start(), word.stop)
        for chunk in chunks(text)
        for word in analyze_chunk(chunk[0])
    )


_remembered = lru_cache(maxsize=1 << 15)(_analyze)


def _located(text: str) -> Iterator[tuple[int, tuple[Word, ...]]]:
    """The words of a text in stretches, each with where it starts: what spaces part is analysed, and
    remembered, apart. Only the digits of a number may be one word across a space."""
    if _GROUPED_DIGITS.search(text):
        yield 0, _analyze(text)
        return
    at = 0
    for stretch in text.split(" "):
        yield at, _remembered(stretch) if len(stretch) < _LONG else _analyze(stretch)
        at += len(stretch) + 1


def analyze(text: str) -> list[Word]:
    """The words of a text in order, stop words included: the same as FrenchAnalyzer without stops."""
    words = []
    for at, found in _located(text):
        for term, start, end, stop in found:
            words.append(Word(term, start + at, end + at, stop))
    return words


def word_starts(text: str) -> Iterator[int]:
    """Where each word of a text starts, in order; only as much is analysed as is asked for."""
    for at, found in _located(text):
        for word in found:
            yield word.start + at


def find_terms(text: str, terms: Container[str]) -> list[tuple[int, int]]:
    """The bounds of each word of a text whose term is one of these, in order."""
    spans = []
    for at, found in _located(text):
        for term, start, end, _ in found:
            if term in terms:
                spans.append((start + at, end + at))
    return spans
