"""The terms that may stand out: those of enough articles, but for stop words, function words and numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsindex.analyzer import French
from newsindex.deadline import check_deadline
from newsindex.query.evaluation.snapshot import Snapshot
from newsindex.storage.segment import Segment

from .function_words import FUNCTION_WORDS

MIN_ARTICLES: Final = 3
"""The fewest found articles that a word needs to stand out."""
_YEAR: Final = re.compile(rb"(?:19|20)[0-9]{2}")
_NUMBER: Final = re.compile(rb"[0-9][0-9.,:/-]*(?:e|h[0-9]*)?")
"""A bare number, an ordinal, or a time of the day."""
_MIN_BYTES: Final = 2


class SegmentTerms(NamedTuple):
    """The terms of the vocabulary that a segment has.

    Gives their numbers there, ascending, and their places in the vocabulary, both of shape (terms,).
    """

    numbers: NDArray[np.uint32]
    places: NDArray[np.int64]


class Vocabulary:
    """The terms of a snapshot that may stand out, by their places in the order of their texts.

    ``texts`` are the terms in UTF-8, ascending, and ``segments`` those of each segment.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        stops = _stop_terms(snapshot)
        self.texts: list[bytes]
        self.segments: list[SegmentTerms]
        if len(snapshot.segments) == 1:
            self.texts, terms = _content_of_segment(snapshot.segments[0], stops)
            self.segments = [terms]
            return
        frequencies = _total_frequencies(snapshot.segments)
        self.texts = sorted(
            text
            for text, frequency in frequencies.items()
            if frequency >= MIN_ARTICLES and _is_content(text, stops)
        )
        self.segments = [_terms_of(segment, self.texts) for segment in snapshot.segments]

    def __len__(self) -> int:
        return len(self.texts)


def _content_of_segment(segment: Segment, stops: frozenset[bytes]) -> tuple[list[bytes], SegmentTerms]:
    """The vocabulary of a single segment, whose terms are in the order of their texts already."""
    numbers, texts = [], []
    for number in np.flatnonzero(segment.postings.document_frequencies() >= MIN_ARTICLES).tolist():
        text = segment.term_text(number)
        if _is_content(text, stops):
            numbers.append(number)
            texts.append(text)
    return texts, SegmentTerms(np.array(numbers, np.uint32), np.arange(len(numbers)))


def _total_frequencies(segments: Iterable[Segment]) -> dict[bytes, int]:
    """The number of documents with each term in all segments, deleted ones included."""
    totals: dict[bytes, int] = {}
    for segment in segments:
        check_deadline()
        frequencies = segment.postings.document_frequencies().tolist()
        for text, frequency in zip(segment.term_texts(), frequencies, strict=True):
            totals[text] = totals.get(text, 0) + frequency
    return totals


def _terms_of(segment: Segment, texts: list[bytes]) -> SegmentTerms:
    """Which of some terms a segment has; both its terms and ``texts`` are sorted."""
    check_deadline()
    number_of = {text: number for number, text in enumerate(segment.term_texts())}
    found = [(number_of[text], place) for place, text in enumerate(texts) if text in number_of]
    numbers, places = zip(*found, strict=True) if found else ((), ())
    return SegmentTerms(np.array(numbers, np.uint32), np.array(places, np.int64))


def _is_content(text: bytes, stops: frozenset[bytes]) -> bool:
    """Whether a term may stand out."""
    if len(text) < _MIN_BYTES or text in stops:
        return False
    return not text[:1].isdigit() or _YEAR.fullmatch(text) is not None or _NUMBER.fullmatch(text) is None


def tells_nothing(french: French, spelling: str) -> bool:
    """Whether a spelling is one of a stop word or of a function word."""
    words = french.analyze(spelling)
    return not words or words[0].stop or words[0].spelling in FUNCTION_WORDS


def _stop_terms(snapshot: Snapshot) -> frozenset[bytes]:
    """The terms of stop words and function words, but for those that more articles have as another word."""
    french = snapshot.lexicon.french
    terms = {french.term(spelling) for spelling in french.stop_spellings | FUNCTION_WORDS}
    return frozenset(
        term.encode() for term in terms if tells_nothing(french, _usual_spelling(snapshot, term))
    )


def _usual_spelling(snapshot: Snapshot, term: str) -> str:
    """The spelling of a term that most documents have, deleted ones included; the term where none has it."""
    frequency: dict[str, int] = {}
    for segment in snapshot.segments:
        number = segment.term_number(term.encode())
        if number is not None:
            texts = segment.spelling_texts(number)
            for text, spelling in zip(texts, segment.spellings.of_term(number), strict=True):
                of_spelling = segment.spellings.document_frequency(spelling)
                frequency[text.decode()] = frequency.get(text.decode(), 0) + of_spelling
    return min(frequency, key=lambda text: (-frequency[text], text)) if frequency else term
