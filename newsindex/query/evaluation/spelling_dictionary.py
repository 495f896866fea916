"""The dictionary of all spellings of a segment, searched by pattern or by edit distance.

Spellings are compared without accents (*folded*). They stand in one run of bytes, each after a line end, in
the order of their numbers, so that a regular expression finds those that match a pattern.
"""

from __future__ import annotations

import re
from typing import Final

import numpy as np
from numpy.typing import NDArray

from newsindex.analyzer import fold
from newsindex.forks import cached_property
from newsindex.storage.segment import Segment

_MAX_LETTERS: Final = 64
"""Letters of a spelling that a pattern may stand for."""
_LINE_END: Final = 10


class SpellingDictionary:
    """The folded spellings of one segment; made when they are first searched."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment

    @cached_property
    def _lines(self) -> tuple[bytes, NDArray[np.intp]]:
        """All folded spellings, each after a line end, and the places of these line ends."""
        texts = (text.decode() for text in self._segment.spellings.texts(self._segment.term_texts()))
        joined = "\n".join(fold(text) if len(text) <= _MAX_LETTERS else "" for text in texts)
        lines = f"\n{joined}\n".encode()
        return lines, np.flatnonzero(np.frombuffer(lines, np.uint8) == _LINE_END)

    def matching(self, pattern: re.Pattern[bytes]) -> dict[str, list[int]]:
        """The numbers of the spellings that a pattern matches, by folded text.

        The pattern matches a line and the line end before it.
        """
        lines, line_ends = self._lines
        numbers_by_text: dict[str, list[int]] = {}
        matches = list(pattern.finditer(lines))
        numbers = np.searchsorted(line_ends, [match.start() for match in matches]).tolist()
        for number, match in zip(numbers, matches, strict=True):
            numbers_by_text.setdefault(match[0][1:].decode(), []).append(number)
        return numbers_by_text

    def near(self, folded: str, distance: int) -> dict[str, list[int]]:
        """The numbers of the spellings within an edit distance of a folded word, by folded text.

        The distance is that of optimal string alignment: a letter more, a letter less, another letter, and
        two letters that changed places count 1 each.
        """
        from rapidfuzz import process  # not needed to start
        from rapidfuzz.distance import OSA

        lines, _ = self._lines
        words = lines.decode().split("\n")[1:-1]
        numbers_by_text: dict[str, list[int]] = {}
        for text, _, number in process.extract(
            folded, words, scorer=OSA.distance, score_cutoff=distance, limit=None
        ):
            if text:
                numbers_by_text.setdefault(text, []).append(number)
        return numbers_by_text
