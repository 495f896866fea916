"""Cuts fragments out of a text, each around one of its words, at sentence bounds where these are near.

Where no sentence bound is near, a fragment is cut between two words and an ellipsis stands at the cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from newsindex.results import Snippet

FRAGMENT_LENGTH: Final = 280
"""The length in characters at which a fragment aims."""
_MAX_LEAD: Final = 160  # characters before the shown word in which a fragment may start
_SENTENCE_BREAK: Final = re.compile(r"(?:[.!?…][»”\"]?(?=\s)|\n)\s*")
_LONGEST_BREAK_SHOWN: Final = 4  # characters in which the break before a word is looked for
_WHITE_SPACE: Final = re.compile(r"\s+")
_SENTENCE_ENDS: Final = frozenset('.!?…»”"\n')
_CLOSING_QUOTES: Final = '»”"'

Spans = list[tuple[int, int]]
"""The (start, end) of marks in a text, ascending."""


class Fragment(NamedTuple):
    """A part of a text, and whether it is cut out of a sentence at its start and at its end."""

    start: int
    end: int
    cut_start: bool
    cut_end: bool


def merged_spans(spans: Iterable[tuple[int, int]]) -> Spans:
    """The marks in ascending order, those that overlap or touch each other as one."""
    merged: Spans = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def cut_fragment(text: str, word_start: int, length: int = FRAGMENT_LENGTH) -> Fragment:
    """Returns the fragment of about ``length`` characters that shows the word at ``word_start``."""
    if word_start <= _MAX_LEAD and len(text) <= length:
        return Fragment(0, len(text), False, False)
    start, cut_start = _fragment_start(text, word_start, _MAX_LEAD * length // FRAGMENT_LENGTH)
    if start + length >= len(text):
        return Fragment(start, len(text), cut_start, False)
    end, cut_end = _fragment_end(text, word_start, start, length)
    return Fragment(start, end, cut_start, cut_end)


def _fragment_start(text: str, word_start: int, max_lead: int) -> tuple[int, bool]:
    """The start of the fragment that shows a word, and whether it is cut out of a sentence.

    The last sentence break before the word decides; without one, a space near the word does.
    """
    lowest = max(0, word_start - max_lead)
    start, is_cut = lowest, lowest > 0
    for sentence_break in _SENTENCE_BREAK.finditer(text, lowest, word_start):
        start, is_cut = sentence_break.end(), False
    if not is_cut:
        return start, False
    space = text.find(" ", max(lowest, word_start - _MAX_LEAD // 3), word_start)
    start = space + 1 if space >= 0 else word_start
    return start, not _starts_sentence(text, start)


def _fragment_end(text: str, word_start: int, start: int, length: int) -> tuple[int, bool]:
    """The end of a fragment, and whether it is cut out of a sentence.

    The last sentence break in the second half of the length decides; without one, the last space does.
    """
    highest = start + length
    shortest = start + length // 2
    end = 0
    for sentence_break in _SENTENCE_BREAK.finditer(text, max(word_start, shortest - 1), highest):
        end = sentence_break.start() + 1
    if end >= shortest:
        return end + (text[end] in _CLOSING_QUOTES), False
    space = text.rfind(" ", word_start + 1, highest)
    end = space if space > 0 else highest
    return end, text[end - 1] not in _SENTENCE_ENDS


def _starts_sentence(text: str, start: int) -> bool:
    """Whether a sentence break ends at ``start``."""
    breaks = list(_SENTENCE_BREAK.finditer(text, max(0, start - _LONGEST_BREAK_SHOWN), start))
    return bool(breaks) and breaks[-1].end() == start


def join_fragments(text: str, fragments: Sequence[Fragment], spans: Spans) -> Snippet:
    """Returns the fragments as one line, in which an ellipsis stands wherever the text goes on.

    Runs of white space become one space. ``spans`` are the marks in ``text``; those that do not lie inside
    one of the fragments are left out.
    """
    parts: list[str] = []
    joined_spans: Spans = []
    length = 0
    for number, fragment in enumerate(fragments):
        if number or fragment.cut_start:
            parts.append(" … " if number else "… ")
            length += len(parts[-1])
        own_spans = [span for span in spans if fragment.start <= span[0] and span[1] <= fragment.end]
        raw = text[fragment.start : fragment.end]
        line = " ".join(raw.split())
        if raw.startswith(line):  # nothing moves but for the fragment's start
            own_spans = [(start - fragment.start, end - fragment.start) for start, end in own_spans]
        else:
            own_spans = _spans_in_line(text, fragment, own_spans)
        joined_spans += [(start + length, end + length) for start, end in own_spans]
        parts.append(line)
        length += len(line)
    if fragments[-1].cut_end:
        parts.append(" …")
    return Snippet("".join(parts), tuple(joined_spans))


def _spans_in_line(text: str, fragment: Fragment, spans: Spans) -> Spans:
    """The marks of a text as they stand in a fragment of it whose runs of white space are single spaces."""
    moved: Spans = []
    length, previous_end = 0, fragment.start
    for start, end in spans:
        between = _WHITE_SPACE.sub(" ", text[previous_end:start])
        length += len(between if length else between.lstrip())
        marked_length = len(_WHITE_SPACE.sub(" ", text[start:end]))
        moved.append((length, length + marked_length))
        length += marked_length
        previous_end = end
    return moved
