"""Which passage of an article answers best, and what is marked in it?

The positions of the query's terms in the index choose the passage: the words where most of the terms stand,
close together. What other terms there are is shown by a second fragment. Only these are cut from the
text, and whole written words are marked in them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from newsindex.analyzer import locate_words, normalize
from newsindex.query.evaluation.posting_lists import find_postings
from newsindex.query.evaluation.segment_view import SegmentView
from newsindex.query.evaluation.word_offsets import locate_body_words
from newsindex.results import Snippet
from newsindex.storage.segment import LANDMARK

from .fragments import LENGTH, Fragment, Spans, fragment, shown
from .highlights import HighlightTerms, is_meant, mark

_WINDOW: Final = 40  # words: about LENGTH characters
_SHORT: Final = LENGTH * 3 // 5  # characters of each of two fragments
_LOOKED_AT: Final = 500  # occurrences of a term in one document: enough to choose a passage by

Occurrences = Sequence[tuple[int, str]]
"""Words of a body by their numbers, ascending, and their terms."""


class SnippetBuilder:
    """The marked headlines and the best passages of some documents of one segment."""

    def __init__(
        self, view: SegmentView, documents: Sequence[int], sought: HighlightTerms, weight: Mapping[str, float]
    ) -> None:
        """``weight`` gives the idf of each term."""
        self._view = view
        self._sought = sought
        self._weight = weight
        self._in_headline: dict[int, list[int]] = {document: [] for document in documents}
        self._in_body: dict[int, list[tuple[int, str]]] = {document: [] for document in documents}
        asked = np.array(sorted(documents), np.uint16)
        self._boundary = dict(zip(asked.tolist(), view.segment.headline_length[asked].tolist(), strict=True))
        self._exact_headline = bool(sought.headline_phrases) or any(sought.headline.values())
        self._exact_body = any(sought.body.values())
        body_terms = sought.body_terms()
        for term in body_terms.union(sought.headline):
            self._find(term, term in body_terms, asked)
        if len(body_terms) > 1:
            for found in self._in_body.values():
                found.sort()

    def _find(self, term: str, of_body: bool, asked: NDArray[np.uint16]) -> None:
        """Where a term stands in the headlines and in the bodies, counted in words of each."""
        postings = self._view.segment.postings
        number = self._view.term_number(term)
        if number is None:
            return
        at = find_postings(postings.documents(number), asked)
        having = at >= 0
        counts, positions = postings.positions(number, at[having])
        numbers = positions.tolist()
        of_headline = term in self._sought.headline
        low = 0
        for document, count in zip(asked[having].tolist(), counts.tolist(), strict=True):
            own = numbers[low : low + count]
            low += count
            boundary = self._boundary[document]
            first = bisect_left(own, boundary)
            if of_headline:
                self._in_headline[document] += own[:first]
            if of_body:
                last = first + _LOOKED_AT
                self._in_body[document] += [(place - boundary, term) for place in own[first:last]]

    def headline(self, document: int, headline: str) -> Snippet:
        """A document's headline, marked."""
        if self._exact_headline:
            return mark(headline, self._sought.headline, self._sought.headline_phrases, self._sought.french)
        numbers = self._in_headline[document]
        return Snippet(headline, tuple(locate_words(headline, 0, sorted(numbers))) if numbers else ())

    def best(self, document: int, body: str) -> Snippet:
        """The passage of a document's body that answers best, marked; its beginning where none does."""
        if not body:
            return Snippet("")
        found: Occurrences = self._in_body[document]
        offsets = self._view.segment.landmark_offsets(document).tolist() if found else []
        if self._sought.body_phrases:
            found = self._of_whole_phrases(found)
        if self._exact_body:
            found = self._meant(found, offsets, body)
        if not found:
            return shown(body, [fragment(body, 0)], [])
        firsts = self._best_words(found)
        bounds = locate_body_words(offsets, sorted(firsts), body)
        length = LENGTH if len(bounds) < 2 else _SHORT
        starts = [start for start, _ in bounds.values()] or [0]
        parts = _apart([fragment(body, start, length) for start in starts])
        if self._sought.body_phrases:
            return shown(body, parts, self._marks(body, parts))
        near: set[int] = set()
        for part in parts:
            low = (bisect_right(offsets, part.start) - 1) * LANDMARK
            high = bisect_right(offsets, part.end) * LANDMARK
            near.update([place for place, _ in found if low <= place < high])
        near.difference_update(bounds)
        if near:
            bounds |= locate_body_words(offsets, sorted(near), body)
        return shown(body, parts, sorted(bounds.values()))

    def _marks(self, body: str, parts: Sequence[Fragment]) -> Spans:
        """What is marked in some parts of a body, phrases as one."""
        sought = self._sought
        return [
            (part.start + start, part.start + end)
            for part in parts
            for start, end in mark(
                body[part.start : part.end], sought.body, sought.body_phrases, sought.french
            ).spans
        ]

    def _meant(self, found: Occurrences, offsets: Sequence[int], body: str) -> Occurrences:
        """The occurrences in a body that are spelled as was asked for."""
        terms, of_phrases = self._sought.body, set().union(*self._sought.body_phrases)
        bounds = locate_body_words(offsets, [place for place, _ in found], body)
        return [
            (place, term)
            for place, term in found
            if term in of_phrases
            or (place in bounds and is_meant(terms, term, normalize(body[slice(*bounds[place])]).lower()))
        ]

    def _of_whole_phrases(self, found: Occurrences) -> Occurrences:
        """The occurrences without those of words that are sought in a phrase only and stand alone."""
        terms, phrases = self._sought.body, self._sought.body_phrases
        inside = {
            place + i
            for phrase in phrases
            for place in _phrase_places(found, {phrase})
            for i in range(len(phrase))
        }
        return [(place, term) for place, term in found if term in terms or place in inside]

    def _best_words(self, found: Occurrences) -> list[int]:
        """The word with which the best window starts: the one with most of the terms, close together; and of
        the terms that are not in it, the best window, if there are any."""
        first, covered = self._best_word(found)
        others = [(place, term) for place, term in found if term not in covered]
        return [first, self._best_word(others)[0]] if others else [first]

    def _best_word(self, found: Occurrences) -> tuple[int, set[str]]:
        """The word with which the best window starts, and the terms in the window."""
        if len(found) == 1:
            return found[0][0], {found[0][1]}
        phrases = _phrase_places(found, self._sought.body_phrases) if self._sought.body_phrases else ()
        best, best_worth, start = (0, 0), -1.0, 0
        near: dict[str, int] = {}  # how often each term stands in the window
        coverage = 0.0  # the weight of these terms
        for end, (place, term) in enumerate(found):
            count = near.get(term, 0)
            if not count:
                coverage += self._weight.get(term, 0.0)
            near[term] = count + 1
            while found[start][0] < place - _WINDOW:
                gone = found[start][1]
                near[gone] -= 1
                if not near[gone]:
                    coverage -= self._weight.get(gone, 0.0)
                start += 1
            first = found[start][0]
            worth = coverage + 0.05 * (end + 1 - start) / (1 + place - first)
            if phrases:
                worth += 10.0 * any(first <= at <= place for at in phrases)
            if worth > best_worth + 1e-9:
                best, best_worth = (start, end), worth
        start, end = best
        return found[start][0], {term for _, term in found[start : end + 1]}


def _phrase_places(found: Occurrences, phrases: set[tuple[str, ...]]) -> list[int]:
    """Where a phrase starts."""
    known = set(found)
    return [
        place
        for phrase in phrases
        for place, term in found
        if term == phrase[0] and all((place + i, following) in known for i, following in enumerate(phrase))
    ]


def _apart(parts: Sequence[Fragment]) -> list[Fragment]:
    """The fragments, ascending; two that meet as one."""
    if len(parts) == 2 and parts[1].start <= parts[0].end + 1:
        first, last = parts
        return [Fragment(first.start, max(first.end, last.end), first.cut_start, last.cut_end)]
    return list(parts)
