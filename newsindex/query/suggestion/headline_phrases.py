"""The phrases in some headlines of a segment, found by the words that they begin with.

The words of the headlines stand one after another in one array of word numbers, the *tokens*, with a break
where punctuation or a headline ends. A phrase is a run of tokens that begins with what a reader typed, or
with a word that is no stop word, and ends with a word that is no stop word.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .surface_forms import SurfaceForm, elided_before

BREAK: Final = -1
"""The token between two phrases."""
COLUMNS: Final = 6
"""The columns of the rows that phrases are found in: the number of the spelling or BREAK, the document, the
number of the headline, the bounds of the word in it, and whether it is a stop word."""
_MAX_PHRASES: Final = 24  # given of those that end where the typed word ends; fewer of the longer ones
MAX_STARTS: Final = 4096
"""The latest places of a word that are looked at: enough to see which phrases are frequent."""
_MAX_FURTHER_WORDS: Final = 3  # after the word that is typed, stop words not counted
_MAX_PHRASE_WORDS: Final = 8  # stop words counted
_MAX_FORMS: Final = 30  # the latest places of a phrase that show how it is written
LINK: Final = re.compile(r"[ \u00a0\u202f\-‑]?(?:\w{1,7}['’])?")
"""What may stand between the words of a phrase."""
_HASH_FACTOR: Final = np.uint64(0x9E3779B97F4A7C15)  # odd, of irregular bits (2^64 / golden ratio)


class HeadlinePhrase(NamedTuple):
    """A phrase of some headlines.

    ``words`` are folded, ``further`` is the number of words, stop words not counted, after the one that was
    typed, ``weight`` the sum of the weights of the phrase's places, and ``headlines`` the number of different
    headlines that hold it. ``starts`` and ``ends`` are the places of its first and last tokens, of shape
    (places,).
    """

    words: tuple[str, ...]
    further: int
    weight: float
    headlines: int
    starts: NDArray[np.intp]
    ends: NDArray[np.intp]


class HeadlinePhrases:
    """Some headlines of one segment, those of deleted documents too: their weight is 0."""

    def __init__(self, columns: NDArray[np.int32], folded: Sequence[str], texts: Sequence[str]) -> None:
        """``columns`` are the rows of the headlines, ascending by document, of shape (rows, COLUMNS).

        There is a break before each phrase and at the end.

        ``folded`` is the folded word of each spelling, and ``texts`` are the headlines; both may have more
        than the rows name.
        """
        is_used = np.zeros(len(folded) + 1, bool)
        is_used[columns[:, 0]] = True
        used = np.flatnonzero(is_used[:-1])
        words = [folded[number] for number in used.tolist()]
        self._words = sorted(set(words))
        number_of = {word: number for number, word in enumerate(self._words)}
        numbers = np.full(len(is_used), BREAK, np.int32)  # that of a break stays at the end
        numbers[used] = [number_of[word] for word in words]
        self._tokens = numbers[columns[:, 0]]
        self._document = columns[:, 1].astype(np.uint16)
        self._headline = columns[:, 2].astype(np.uint16)
        self._bounds = columns[:, 3:5].copy()
        self._is_content = columns[:, 5] == 0
        self._texts = texts
        self._by_word = np.argsort(self._tokens, kind="stable").astype(np.int32)
        self._first = np.searchsorted(self._tokens[self._by_word], np.arange(len(self._words) + 1))
        self._next_content = _next_content(self._tokens, self._is_content)

    def phrases(
        self, words: Sequence[str], prefix: str, elided: str, weights: NDArray[np.float32]
    ) -> Iterator[HeadlinePhrase]:
        """The phrases that begin with some folded words and one with a prefix, and their continuations.

        Stop words may stand between the words; an elided word, unless it is "", stands before the prefix.
        ``weights`` has shape (documents,), 0 for a deleted document.
        """
        starts, ends = self._places(words, prefix)
        fits = weights[self._document[starts]] > 0
        if elided:
            fits &= np.fromiter((self._elided(end) == elided for end in ends.tolist()), bool, len(ends))
        starts, ends = starts[fits], ends[fits]
        ends = np.where(self._is_content[ends], ends, self._next_content[ends])
        starts, ends = starts[ends >= 0], ends[ends >= 0]
        for further in range(_MAX_FURTHER_WORDS + 1):
            is_short = ends - starts < _MAX_PHRASE_WORDS
            yield from self._grouped(further, starts[is_short], ends[is_short], weights)
            ends = self._next_content[ends]
            goes_on = ends >= 0
            starts, ends = starts[goes_on], ends[goes_on]

    def _places(self, words: Sequence[str], prefix: str) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """The places of the first and of the last token where the words stand, then one with the prefix."""
        ranges = [*map(self._numbers_of, words), self._numbers_with(prefix)]
        low, high = self._first[[ranges[0].start, ranges[0].stop]]
        starts = self._by_word[low:high].astype(np.intp)
        if len(starts) > MAX_STARTS:
            starts = np.sort(starts)[-MAX_STARTS:]
        if not words:
            starts = starts[self._is_content[starts]]
        ends = starts
        for numbers in ranges[1:]:
            next_token = ends + 1
            following = np.where(
                _within(self._tokens[next_token], numbers), next_token, self._next_content[ends]
            )
            fits = (following >= 0) & _within(self._tokens[following], numbers)
            starts, ends = starts[fits], following[fits]
        return starts, ends

    def _grouped(
        self, further: int, starts: NDArray[np.intp], ends: NDArray[np.intp], weights: NDArray[np.float32]
    ) -> Iterator[HeadlinePhrase]:
        """The phrases at some places, those of the same words as one, the highest weights first.

        Of equal weights, the phrase that stands in the latest headline comes first.
        """
        if not len(starts):
            return
        keys, headlines = self._hashes(starts, ends), self._headline[starts]
        order = np.lexsort((headlines, keys))
        keys, headlines = keys[order], headlines[order]
        is_first = np.append(True, keys[1:] != keys[:-1])
        bounds = np.append(np.flatnonzero(is_first), len(keys))
        is_first[1:] |= headlines[1:] != headlines[:-1]
        different = np.add.reduceat(is_first, bounds[:-1], dtype=np.intp)
        weight = np.add.reduceat(weights[self._document[starts[order]]], bounds[:-1])
        latest = np.maximum.reduceat(starts[order], bounds[:-1])
        for i in np.lexsort((-latest, -weight))[: _MAX_PHRASES // (1 + further)].tolist():
            places = np.sort(order[bounds[i] : bounds[i + 1]])
            tokens = self._tokens[starts[places[0]] : ends[places[0]] + 1].tolist()
            words = tuple(self._words[number] for number in tokens)
            yield HeadlinePhrase(
                words, further, float(weight[i]), int(different[i]), starts[places], ends[places]
            )

    def _hashes(self, starts: NDArray[np.intp], ends: NDArray[np.intp]) -> NDArray[np.uint64]:
        """A 64-bit hash of each run of tokens, shape (places,)."""
        hashes = np.zeros(len(starts), np.uint64)
        for step in range(_MAX_PHRASE_WORDS):
            inside = starts + step <= ends
            if not inside.any():
                break
            numbers = (self._tokens[starts[inside] + step] + 1).astype(np.uint64)
            hashes[inside] = (hashes[inside] + numbers) * _HASH_FACTOR
            hashes[inside] ^= hashes[inside] >> np.uint64(29)
        return hashes

    def forms(self, phrase: HeadlinePhrase, with_elided: bool) -> Iterator[SurfaceForm]:
        """The surface forms of a phrase in the latest headlines, with the elided words if asked for."""
        places = zip(phrase.starts[-_MAX_FORMS:].tolist(), phrase.ends[-_MAX_FORMS:].tolist(), strict=True)
        for start, end in places:
            text = self._texts[self._headline[start]]
            written = text[self._bounds[start, 0] : self._bounds[end, 1]]
            begins_sentence = bool(self._tokens[start - 1] == BREAK)
            elided = self._elided(start) if with_elided else ""
            yield SurfaceForm(written, begins_sentence, elided)

    def _elided(self, place: int) -> str:
        """The elided word before a token, "" where there is none."""
        return elided_before(self._texts[self._headline[place]], int(self._bounds[place, 0]))

    def _numbers_of(self, word: str) -> range:
        """The number of a folded word as a range, empty where no headline has it."""
        number = bisect_left(self._words, word)
        return range(number, number + (number < len(self._words) and self._words[number] == word))

    def _numbers_with(self, prefix: str) -> range:
        """The numbers of the folded words that begin with a prefix."""
        first = bisect_left(self._words, prefix)
        return range(first, bisect_left(self._words, prefix + "\U0010ffff", first))


def _within(tokens: NDArray[np.int32], numbers: range) -> NDArray[np.bool_]:
    """Whether each token is one of a range of word numbers; shape of ``tokens``."""
    within: NDArray[np.bool_] = (tokens >= numbers.start) & (tokens < numbers.stop)
    return within


def _next_content(tokens: NDArray[np.int32], is_content: NDArray[np.bool_]) -> NDArray[np.intp]:
    """The place of the next word after each token that is no stop word, -1 where a break comes first.

    The shape is that of ``tokens``.
    """
    stops = np.flatnonzero(is_content | (tokens == BREAK))
    i = np.searchsorted(stops, np.arange(len(tokens)), "right")
    i[i == len(stops)] = len(stops) - 1
    following = stops[i]
    following[tokens[following] == BREAK] = -1
    return following
