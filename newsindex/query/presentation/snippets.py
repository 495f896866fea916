"""Builds snippets: the marked headlines of hits, and the passages of their bodies that answer best.

The positions of the query's terms in the index choose the passages (passages.py). Only these are cut from the
text (fragments.py), and whole written words are marked in them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Final

from newsindex.analyzer import locate_words, normalize
from newsindex.query.evaluation.segment_view import SegmentView
from newsindex.query.evaluation.word_offsets import locate_body_words
from newsindex.results import Snippet
from newsindex.storage.segment import LANDMARK

from .fragments import FRAGMENT_LENGTH, Fragment, Spans, cut_fragment, join_fragments, merged_spans
from .highlights import HighlightTerms, is_marked, mark
from .passages import Occurrences, Phrase, best_windows, phrase_starts
from .term_occurrences import DocumentOccurrences

_LENGTH_OF_TWO: Final = FRAGMENT_LENGTH * 3 // 5  # characters of each of two fragments


class SnippetBuilder:
    """Makes the marked headlines and the snippets of some documents of one segment.

    ``idf`` gives the inverse document frequency of each term that is marked in bodies.
    """

    def __init__(
        self,
        view: SegmentView,
        occurrences: Mapping[int, DocumentOccurrences],
        sought: HighlightTerms,
        idf: Mapping[str, float],
    ) -> None:
        """``occurrences`` are those of the terms in each of the documents."""
        self._view = view
        self._sought = sought
        self._idf = idf
        self._occurrences = occurrences
        self._analyzes_headline = bool(sought.headline_phrases) or any(sought.headline.values())
        self._checks_spellings = any(sought.body.values())

    def headline(self, document: int, headline: str) -> Snippet:
        """Returns the headline of a document, marked."""
        sought = self._sought
        if self._analyzes_headline:
            return mark(headline, sought.headline, sought.headline_phrases, sought.french)
        words = self._occurrences[document].headline
        return Snippet(
            headline, tuple(merged_spans(locate_words(headline, 0, sorted(words)))) if words else ()
        )

    def snippet(self, document: int, body: str) -> Snippet:
        """Returns the marked passage of a body that answers best; the beginning of it where none does."""
        if not body:
            return Snippet("")
        occurrences: Occurrences = self._occurrences[document].body
        offsets = self._view.segment.landmark_offsets(document).tolist() if occurrences else []
        starts = phrase_starts(occurrences, self._sought.body_phrases)
        if starts:
            occurrences = self._without_parts_of_phrases(occurrences, starts)
        if self._checks_spellings:
            occurrences = self._in_sought_spellings(occurrences, offsets, body)
        if not occurrences:
            return join_fragments(body, [cut_fragment(body, 0)], [])
        bounds = locate_body_words(offsets, sorted(best_windows(occurrences, starts, self._idf)), body)
        length = FRAGMENT_LENGTH if len(bounds) < 2 else _LENGTH_OF_TWO
        word_starts = [start for start, _ in bounds.values()] or [0]
        fragments = _merged([cut_fragment(body, start, length) for start in word_starts])
        if starts:
            return join_fragments(body, fragments, self._analyzed_spans(body, fragments))
        words = _words_in(fragments, occurrences, offsets).difference(bounds)
        if words:
            bounds |= locate_body_words(offsets, sorted(words), body)
        return join_fragments(body, fragments, merged_spans(bounds.values()))

    def _analyzed_spans(self, body: str, fragments: Sequence[Fragment]) -> Spans:
        """The marks in some fragments of a body, where phrases are marked as one."""
        sought = self._sought
        spans = []
        for fragment in fragments:
            text = body[fragment.start : fragment.end]
            marked = mark(text, sought.body, sought.body_phrases, sought.french)
            spans += [(fragment.start + start, fragment.start + end) for start, end in marked.spans]
        return spans

    def _in_sought_spellings(
        self, occurrences: Occurrences, offsets: Sequence[int], body: str
    ) -> Occurrences:
        """The occurrences in the spellings that the query asks for, and those in phrases."""
        terms, phrase_terms = self._sought.body, set().union(*self._sought.body_phrases)
        bounds = locate_body_words(offsets, [word for word, _ in occurrences], body)
        kept = []
        for word, term in occurrences:
            if term in phrase_terms:
                kept.append((word, term))
            elif word in bounds:
                spelling = normalize(body[slice(*bounds[word])]).lower()
                if is_marked(terms, term, spelling):
                    kept.append((word, term))
        return kept

    def _without_parts_of_phrases(
        self, occurrences: Occurrences, starts: Mapping[Phrase, Sequence[int]]
    ) -> Occurrences:
        """The occurrences without those of words that are sought in a phrase only and stand outside of it."""
        inside = {word + i for phrase, words in starts.items() for word in words for i in range(len(phrase))}
        terms = self._sought.body
        return [(word, term) for word, term in occurrences if term in terms or word in inside]


def _words_in(fragments: Sequence[Fragment], occurrences: Occurrences, offsets: Sequence[int]) -> set[int]:
    """The numbers of the words that may stand in one of the fragments, judged by the landmarks around it."""
    words: set[int] = set()
    for fragment in fragments:
        low = (bisect_right(offsets, fragment.start) - 1) * LANDMARK
        high = bisect_right(offsets, fragment.end) * LANDMARK
        words.update([word for word, _ in occurrences if low <= word < high])
    return words


def _merged(fragments: Sequence[Fragment]) -> list[Fragment]:
    """The fragments; two that meet become one."""
    if len(fragments) == 2 and fragments[1].start <= fragments[0].end + 1:
        first, last = fragments
        return [Fragment(first.start, max(first.end, last.end), first.cut_start, last.cut_end)]
    return list(fragments)
