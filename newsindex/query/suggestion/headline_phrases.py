"""Which phrases do the headlines of a segment hold, and which of them begin as somebody types?

The words of the headlines stand in one line of numbers, with a break where punctuation or a headline ends. A
phrase is a run of that line from one word that is no stop word to another, or from the word that was typed.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsindex.analyzer import French, fold
from newsindex.storage.segment import Segment
from newsindex.storage.text_store import headline_of

from .surface_forms import Form

_BREAK: Final = -1
_NO_WORD: Final = (_BREAK, 0, 0, 0, 0, True)
_MOST: Final = 24  # phrases that are looked at, and of the longer ones fewer
_LOOKED_AT: Final = 4096  # places of a word, the latest: enough to see which phrases are frequent
_MORE_WORDS: Final = 3  # after the one that is typed, stop words not counted
_LONGEST: Final = 8  # words of a phrase, stop words counted
_FORMS: Final = 30  # places by which is known how a phrase is written
_LINK: Final = re.compile(r"[ \u00a0\u202f\-‑]?(?:\w{1,7}['’])?")  # what may stand between words of a phrase
_MIXED: Final = np.uint64(0x9E3779B97F4A7C15)  # odd, of irregular bits: mixes keys well


class PhraseRun(NamedTuple):
    """A phrase of some headlines: in plain letters, how many words it goes on after what was typed, what it
    counts for, in how many different headlines it stands, and where it starts and ends in the line."""

    words: tuple[str, ...]
    further: int
    weight: float
    headlines: int
    starts: NDArray[np.intp]
    ends: NDArray[np.intp]


class HeadlinePhrases:
    """The latest headlines of one segment; deleted documents too, for whoever weighs them knows them."""

    def __init__(self, segment: Segment, first: int, french: French) -> None:
        """Read the headlines from document ``first`` on."""
        texts: dict[str, int] = {}
        spellings: dict[str, int] = {}
        rows = array("i")
        for document in range(first, segment.documents):
            text = headline_of(segment.packed_text(document))
            number = texts.setdefault(text, len(texts))
            last = None
            for word in french.analyze(text):
                if last is None or not _LINK.fullmatch(text, last, word.start):
                    rows.extend(_NO_WORD)
                spelling = spellings.setdefault(word.spelling, len(spellings))
                rows.extend((spelling, document, number, word.start, word.end, word.stop))
                last = word.end
        rows.extend(_NO_WORD)
        line = np.array(rows, np.int32).reshape(-1, len(_NO_WORD))
        folded = list(map(fold, spellings))
        self._words = sorted(set(folded))
        number_of = {word: number for number, word in enumerate(self._words)}
        numbers = np.array([*(number_of[word] for word in folded), _BREAK], np.int32)
        self._line = numbers[line[:, 0]]
        self._document = line[:, 1].astype(np.uint16)
        self._text = line[:, 2].astype(np.uint16)
        self._bounds = line[:, 3:5].copy()
        self._content = line[:, 5] == 0
        self._texts = list(texts)
        self._order = np.argsort(self._line, kind="stable").astype(np.int32)
        self._first = np.searchsorted(self._line[self._order], np.arange(len(self._words) + 1))
        self._next = _next_content(self._line, self._content)

    def runs(self, words: Sequence[str], prefix: str, weights: NDArray[np.float32]) -> Iterator[PhraseRun]:
        """The phrases that begin with some words and one with a prefix, and their continuations.

        Stop words may stand between the words. ``weights`` are of the documents, 0 for deleted ones.
        """
        starts, ends = self._typed(words, prefix)
        kept = weights[self._document[starts]] > 0
        starts, ends = starts[kept], ends[kept]
        ends = np.where(self._content[ends], ends, self._next[ends])
        starts, ends = starts[ends >= 0], ends[ends >= 0]
        for further in range(_MORE_WORDS + 1):
            whole = ends - starts < _LONGEST
            yield from self._counted(further, starts[whole], ends[whole], weights)
            ends = self._next[ends]
            goes_on = ends >= 0
            starts, ends = starts[goes_on], ends[goes_on]

    def _typed(self, words: Sequence[str], prefix: str) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Where the words and then one with the prefix stand, from the first to the last of them."""
        ranges = [*map(self._numbered, words), self._starting(prefix)]
        low, high = self._first[[ranges[0].start, ranges[0].stop]]
        starts = self._order[low:high].astype(np.intp)
        if len(starts) > _LOOKED_AT:
            starts = np.sort(starts)[-_LOOKED_AT:]
        if not words:
            starts = starts[self._content[starts]]
        ends = starts
        for numbers in ranges[1:]:
            beside = ends + 1
            after = np.where(_within(self._line[beside], numbers), beside, self._next[ends])
            fits = (after >= 0) & _within(self._line[after], numbers)
            starts, ends = starts[fits], after[fits]
        return starts, ends

    def _counted(
        self, further: int, starts: NDArray[np.intp], ends: NDArray[np.intp], weights: NDArray[np.float32]
    ) -> Iterator[PhraseRun]:
        """The runs of the line from some places to others, those of the same words as one."""
        if not len(starts):
            return
        keys = np.zeros(len(starts), np.uint64)
        for step in range(_LONGEST):
            inside = starts + step <= ends
            if not inside.any():
                break
            keys[inside] = (keys[inside] + (self._line[starts[inside] + step] + 1).astype(np.uint64)) * _MIXED
            keys[inside] ^= keys[inside] >> np.uint64(29)
        texts = self._text[starts]
        order = np.lexsort((texts, keys))
        keys, texts = keys[order], texts[order]
        is_other = np.append(True, keys[1:] != keys[:-1])
        bounds = np.append(np.flatnonzero(is_other), len(keys))
        is_other[1:] |= texts[1:] != texts[:-1]
        headlines = np.add.reduceat(is_other, bounds[:-1], dtype=np.intp)
        weight = np.add.reduceat(weights[self._document[starts[order]]], bounds[:-1])
        for i in np.argsort(-weight, kind="stable")[: _MOST // (1 + further)].tolist():
            own = order[bounds[i] : bounds[i + 1]]
            run = self._line[starts[own[0]] : ends[own[0]] + 1].tolist()
            words = tuple(self._words[number] for number in run)
            yield PhraseRun(words, further, float(weight[i]), int(headlines[i]), starts[own], ends[own])

    def forms(self, run: PhraseRun) -> Iterator[Form]:
        """How the latest headlines write a phrase."""
        latest = zip(run.starts[-_FORMS:].tolist(), run.ends[-_FORMS:].tolist(), strict=True)
        for start, end in latest:
            text = self._texts[self._text[start]]
            written = text[self._bounds[start, 0] : self._bounds[end, 1]]
            yield Form(written, bool(self._line[start - 1] == _BREAK))

    def _numbered(self, word: str) -> range:
        at = bisect_left(self._words, word)
        return range(at, at + (at < len(self._words) and self._words[at] == word))

    def _starting(self, prefix: str) -> range:
        first = bisect_left(self._words, prefix)
        return range(first, bisect_left(self._words, prefix + "\U0010ffff", first))


def _within(values: NDArray[np.int32], numbers: range) -> NDArray[np.bool_]:
    within: NDArray[np.bool_] = (values >= numbers.start) & (values < numbers.stop)
    return within


def _next_content(line: NDArray[np.int32], content: NDArray[np.bool_]) -> NDArray[np.intp]:
    """For each place the next word that is no stop word, -1 where a break comes first; shape of ``line``."""
    stands = np.flatnonzero(content | (line == _BREAK))
    at = np.searchsorted(stands, np.arange(len(line)), "right")
    at[at == len(stands)] = len(stands) - 1
    following = stands[at]
    following[line[following] == _BREAK] = -1
    return following
