"""Cuts a marked text into its paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from newsindex.results import Snippet

_LINE: Final = re.compile(r"[^\r\n]+")


def paragraphs(text: Snippet) -> Iterator[Snippet]:
    """The lines of a text that are not blank; a mark over the end of a line is cut in two."""
    spans, first = text.spans, 0
    for line in _LINE.finditer(text.text):
        start, end = line.span()
        while first < len(spans) and spans[first][1] <= start:
            first += 1
        inside = []
        for i in range(first, len(spans)):
            low, high = spans[i]
            if low >= end:
                break
            inside.append((max(low, start) - start, min(high, end) - start))
        if not line[0].isspace():
            yield Snippet(line[0], tuple(inside))
