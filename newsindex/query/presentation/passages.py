"""Chooses the passage of a body that answers a query best.

A passage is a window of words. The best window holds the terms of the greatest total idf, close together, and
a whole phrase of the query where there is one. Terms that it does not hold get a second window.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

_WINDOW_WORDS: Final = 40  # about as many words as a fragment has room for
_DENSITY_WEIGHT: Final = 0.05  # small against any idf: of windows with the same terms the densest wins
_PHRASE_WEIGHT: Final = 10.0  # large against any idf: a whole phrase wins over its words apart
_ROUNDING: Final = 1e-9  # by which a later window must be better than an earlier one

Phrase = tuple[str, ...]
"""The terms of a phrase, in order."""


Occurrence = tuple[int, str]
"""One occurrence of a term: the number of the word in its body, and the term."""
Occurrences = Sequence[Occurrence]
"""Occurrences in one body, ascending."""


def phrase_starts(occurrences: Occurrences, phrases: Collection[Phrase]) -> dict[Phrase, list[int]]:
    """Returns the numbers of the words with which each phrase starts in a body."""
    if not phrases:
        return {}
    known = set(occurrences)
    return {
        phrase: [
            word
            for word, term in occurrences
            if term == phrase[0] and all((word + i, following) in known for i, following in enumerate(phrase))
        ]
        for phrase in phrases
    }


def best_windows(
    occurrences: Occurrences, starts: Mapping[Phrase, Sequence[int]], idf: Mapping[str, float]
) -> list[int]:
    """Returns the first words of the best window, and of the best one for the terms outside of it, if any.

    ``starts`` are the words with which the phrases of the query start, ``idf`` gives the weight of each term.
    """
    first, covered = _best_window(occurrences, starts, idf)
    others = [(word, term) for word, term in occurrences if term not in covered]
    if not others:
        return [first]
    other_starts = {phrase: words for phrase, words in starts.items() if covered.isdisjoint(phrase)}
    return [first, _best_window(others, other_starts, idf)[0]]


def _best_window(
    occurrences: Occurrences, starts: Mapping[Phrase, Sequence[int]], idf: Mapping[str, float]
) -> tuple[int, set[str]]:
    """The first word of the best window, and the terms in the window."""
    if len(occurrences) == 1:
        return occurrences[0][0], {occurrences[0][1]}
    phrase_words = [word for words in starts.values() for word in words]
    best, best_score, start = (0, 0), -1.0, 0
    frequency: dict[str, int] = {}  # of each term in the window
    coverage = 0.0  # the total idf of the terms in the window
    for end, (word, term) in enumerate(occurrences):
        count = frequency.get(term, 0)
        if not count:
            coverage += idf.get(term, 0.0)
        frequency[term] = count + 1
        while occurrences[start][0] < word - _WINDOW_WORDS:
            _, term_left = occurrences[start]
            frequency[term_left] -= 1
            if not frequency[term_left]:
                coverage -= idf.get(term_left, 0.0)
            start += 1
        first, _ = occurrences[start]
        score = coverage + _DENSITY_WEIGHT * (end + 1 - start) / (1 + word - first)
        if phrase_words:
            score += _PHRASE_WEIGHT * any(first <= phrase <= word for phrase in phrase_words)
        if score > best_score + _ROUNDING:
            best, best_score = (start, end), score
    start, end = best
    return occurrences[start][0], {term for _, term in occurrences[start : end + 1]}
