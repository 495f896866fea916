"""Builds snippets: the marked headlines of hits, and the passages of their bodies that answer best.

The positions of the query's terms in the index choose the passages (passages.py). Only these are cut from the
text (fragments.py), and whole written words are marked in them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from newsindex.analyzer import locate_words, normalize
from newsindex.query.evaluation.word_offsets import locate_body_words
from newsindex.results import Snippet
from newsindex.storage.segment import LANDMARK

from .fragments import FRAGMENT_LENGTH, Fragment, Spans, cut_fragment, join_fragments, merged_spans
from .highlights import HighlightTerms, TermSpellings, find_marks, is_marked
from .passages import Occurrences, Phrase, best_windows, phrase_starts

LENGTH_OF_TWO: Final = FRAGMENT_LENGTH * 3 // 5
"""The length in characters of each of two fragments."""

Bounds = dict[int, tuple[int, int]]
"""The (start, end) of words in a text, by their numbers."""


class SnippetBuilder:
    """Makes the marked headlines and the snippets of the hits of a query.

    ``idf`` gives the inverse document frequency of each term that is marked in bodies.
    """

    def __init__(self, sought: HighlightTerms, idf: Mapping[str, float]) -> None:
        self._sought = sought
        self._idf = idf
        self._checks_headline_spellings = any(sought.headline.values())
        self._checks_body_spellings = any(sought.body.values())

    def headline(self, headline: str, occurrences: Occurrences) -> Snippet:
        """Returns a headline, marked; ``occurrences`` are those of the terms in it."""
        if not occurrences:
            return Snippet(headline)
        terms, phrases = self._sought.headline, self._sought.headline_phrases
        words = [word for word, _ in occurrences]
        bounds = dict(zip(words, locate_words(headline, 0, words), strict=False))
        occurrences = [occurrence for occurrence in occurrences if occurrence[0] in bounds]
        marked_alone = _marked_alone(occurrences, terms)
        if self._checks_headline_spellings:
            marked_alone = _in_sought_spellings(occurrences, terms, bounds, headline)
        return Snippet(headline, tuple(merged_spans(find_marks(occurrences, bounds, marked_alone, phrases))))

    def snippet(self, body: str, occurrences: Occurrences, landmarks: Sequence[int]) -> Snippet:
        """Returns the marked passage of a body that answers best; the beginning of it where none does.

        ``occurrences`` are those of the terms in the body, and ``landmarks`` its landmark offsets, which are
        not read where no term occurs.
        """
        if not body:
            return Snippet("")
        terms, phrases = self._sought.body, self._sought.body_phrases
        starts = phrase_starts(occurrences, phrases)
        if starts:
            occurrences = _without_parts_of_phrases(occurrences, starts, terms)
        marked_alone = _marked_alone(occurrences, terms)
        if self._checks_body_spellings:
            all_bounds = locate_body_words(landmarks, [word for word, _ in occurrences], body)
            marked_alone = _in_sought_spellings(occurrences, terms, all_bounds, body)
            occurrences = _marked_or_in_phrases(occurrences, marked_alone, phrases)
        if not occurrences:
            return join_fragments(body, [cut_fragment(body, 0)], [])
        bounds = locate_body_words(landmarks, sorted(best_windows(occurrences, starts, self._idf)), body)
        length = FRAGMENT_LENGTH if len(bounds) < 2 else LENGTH_OF_TWO
        word_starts = [start for start, _ in bounds.values()] or [0]
        fragments = _merged([cut_fragment(body, start, length) for start in word_starts])
        words = _words_in(fragments, occurrences, landmarks).difference(bounds)
        if words:
            bounds |= locate_body_words(landmarks, sorted(words), body)
        spans: Spans = []
        for fragment in fragments:
            inside = [(word, term) for word, term in occurrences if _lies_in(fragment, bounds.get(word))]
            spans += find_marks(inside, bounds, marked_alone, phrases)
        return join_fragments(body, fragments, merged_spans(spans))


def _marked_alone(occurrences: Occurrences, terms: TermSpellings) -> Collection[int]:
    """The numbers of the words that are marked outside of phrases too, whatever their spelling."""
    return {word for word, term in occurrences if term in terms}


def _in_sought_spellings(
    occurrences: Occurrences, terms: TermSpellings, bounds: Bounds, text: str
) -> Collection[int]:
    """The numbers of the words that have a spelling that the query asks for."""
    return {
        word
        for word, term in occurrences
        if word in bounds and is_marked(terms, term, normalize(text[slice(*bounds[word])]).lower())
    }


def _marked_or_in_phrases(
    occurrences: Occurrences, marked_alone: Collection[int], phrases: Collection[Phrase]
) -> Occurrences:
    """The occurrences that are marked by themselves, and those of terms of a phrase."""
    phrase_terms = set[str]().union(*phrases)
    return [(word, term) for word, term in occurrences if word in marked_alone or term in phrase_terms]


def _without_parts_of_phrases(
    occurrences: Occurrences, starts: Mapping[Phrase, Sequence[int]], terms: TermSpellings
) -> Occurrences:
    """The occurrences without those of words that are sought in a phrase only and stand outside of it."""
    inside = {word + i for phrase, words in starts.items() for word in words for i in range(len(phrase))}
    return [(word, term) for word, term in occurrences if term in terms or word in inside]


def _words_in(fragments: Sequence[Fragment], occurrences: Occurrences, offsets: Sequence[int]) -> set[int]:
    """The numbers of the words that may stand in one of the fragments, judged by the landmarks around it."""
    words: set[int] = set()
    for fragment in fragments:
        low = (bisect_right(offsets, fragment.start) - 1) * LANDMARK
        high = bisect_right(offsets, fragment.end) * LANDMARK
        words.update([word for word, _ in occurrences if low <= word < high])
    return words


def _lies_in(fragment: Fragment, bounds: tuple[int, int] | None) -> bool:
    return bounds is not None and fragment.start <= bounds[0] and bounds[1] <= fragment.end


def _merged(fragments: Sequence[Fragment]) -> list[Fragment]:
    """The fragments; two that meet become one."""
    if len(fragments) == 2 and fragments[1].start <= fragments[0].end + 1:
        first, last = fragments
        return [Fragment(first.start, max(first.end, last.end), first.cut_start, last.cut_end)]
    return list(fragments)
