"""Where does a fragment of a text that shows some place of it start and end?

At sentence bounds where they are near, else at a word, with an ellipsis.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from newsindex.results import Snippet

LENGTH: Final = 280  # characters a passage aims at
_LEAD: Final = 160  # characters before the first mark in which a sentence may start
_SENTENCE: Final = re.compile(r"(?:[.!?…][»”\"]?(?=\s)|\n)\s*")
_SPACE: Final = re.compile(r"\s+")
_ENDS: Final = frozenset('.!?…»”"\n')

Spans = list[tuple[int, int]]


class Fragment(NamedTuple):
    """A part of a text, and whether it is cut out of a sentence at its start and at its end."""

    start: int
    end: int
    cut_start: bool
    cut_end: bool


def fragment(text: str, at: int, length: int = LENGTH) -> Fragment:
    """The part of about so many characters that shows the word at ``at``."""
    size = len(text)
    if at <= _LEAD and size <= length:
        return Fragment(0, size, False, False)
    low = max(0, at - _LEAD * length // LENGTH)
    start, cut_start = low, low > 0
    for found in _SENTENCE.finditer(text, low, at):
        start, cut_start = found.end(), False
    if cut_start:
        near = max(low, at - _LEAD // 3)
        space = text.find(" ", near, at)
        start = space + 1 if space >= 0 else at
        cut_start = not _starts_sentence(text, start)
    high = start + length
    if high >= size:
        return Fragment(start, size, cut_start, False)
    end = 0
    least = start + length // 2
    for found in _SENTENCE.finditer(text, max(at, least - 1), high):
        end = found.start() + 1
    if end >= least:
        return Fragment(start, end + (text[end] in '»”"'), cut_start, False)
    space = text.rfind(" ", at + 1, high)
    end = space if space > 0 else high
    return Fragment(start, end, cut_start, text[end - 1] not in _ENDS)


def _starts_sentence(text: str, start: int) -> bool:
    found = list(_SENTENCE.finditer(text, max(0, start - 4), start))
    return bool(found) and found[-1].end() == start


def shown(text: str, fragments: Sequence[Fragment], spans: Spans) -> Snippet:
    """The fragments as one line: runs of white space become one space, and an ellipsis stands where the text
    goes on. ``spans`` are the marks in the text, ascending; those outside are left out."""
    parts: list[str] = []
    moved: Spans = []
    size = 0
    for number, part in enumerate(fragments):
        if number or part.cut_start:
            parts.append(" … " if number else "… ")
            size += len(parts[-1])
        own = [span for span in spans if part.start <= span[0] and span[1] <= part.end]
        piece = text[part.start : part.end]
        tidy = " ".join(piece.split())
        if piece.startswith(tidy):
            own = [(start - part.start, end - part.start) for start, end in own]
        else:
            own = _moved(text, part, own)
        moved += [(start + size, end + size) for start, end in own]
        parts.append(tidy)
        size += len(tidy)
    if fragments[-1].cut_end:
        parts.append(" …")
    return Snippet("".join(parts), tuple(moved))


def _moved(text: str, part: Fragment, spans: Spans) -> Spans:
    """Where some marks of a text are in a fragment of it with single spaces."""
    moved: Spans = []
    size, at = 0, part.start
    for start, end in spans:
        between = _SPACE.sub(" ", text[at:start])
        size += len(between if size else between.lstrip())
        marked = len(_SPACE.sub(" ", text[start:end]))
        moved.append((size, size + marked))
        size += marked
        at = end
    return moved
