"""Puts the lines of a plain text together to paragraphs.

Some programs break the lines of a paragraph at a width, others write a paragraph a line. Lines were broken
where no first word of a line would have had room in the line before it, most of them within a sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from .exported_article import one_line

_MAX_WIDTH: Final = 120  # characters of a line that a program breaks
_MIN_WIDTH: Final = 40
_MIN_FULL_SHARE: Final = 0.9  # of lines, in which the first word of the next line has no room
_MIN_SHARE_WITHIN: Final = 0.5  # of lines that end within a sentence
_SENTENCE_ENDS: Final = (".", "!", "?", "…", "»", "”", '"')


def paragraphs(lines: Iterable[str]) -> list[str]:
    """The paragraphs of some lines, each with single spaces between its words."""
    blocks = list(blocks_of_lines(lines))
    if _is_broken(blocks):
        return [" ".join(block) for block in blocks]
    return [line for block in blocks for line in block]


def blocks_of_lines(lines: Iterable[str]) -> Iterator[list[str]]:
    """The runs of lines that are not blank."""
    block: list[str] = []
    for line in map(one_line, lines):
        if line:
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _is_broken(blocks: list[list[str]]) -> bool:
    """Whether a program broke the lines of paragraphs at a width."""
    width = max((len(line) for block in blocks for line in block), default=0)
    pairs = [(line, after) for block in blocks for line, after in pairwise(block)]
    if not pairs or not _MIN_WIDTH <= width <= _MAX_WIDTH:
        return False
    full = sum(len(line) + len(after.split(" ", 1)[0]) >= width for line, after in pairs)
    within = sum(not line.endswith(_SENTENCE_ENDS) for line, _ in pairs)
    return full >= _MIN_FULL_SHARE * len(pairs) and within >= _MIN_SHARE_WITHIN * len(pairs)
