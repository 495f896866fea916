"""Puts the lines of a document's pages together to paragraphs, without what is printed on every page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Final, NamedTuple

_PAGE_NUMBER: Final = re.compile(
    r"\W*(?:page|p\.|folio)?\s*\d{1,4}(?:\s*(?:/|sur|de|of|-)\s*\d{1,4})?\W*|\W*[ivxlc]{1,7}\W*", re.I
)
_DIGITS: Final = re.compile(r"\d+")
_MARGIN_LINES: Final = 2  # at the top and at the bottom of a page
_SENTENCE_ENDS: Final = (".", "!", "?", "…", "»", ":", ";", '."', '!"', '?"', ".”", ".)")
_HYPHENS: Final = ("-", "\u2010", "\u00ad")
_COMPOUND_ENDS: Final = re.compile(  # words before which French writes a hyphen, even within a line
    r"(?:il|elle|ils|elles|on|je|tu|nous|vous|moi|toi|lui|leur|ce|ci|là|même|mêmes|être|t|y|en|les|la|le)\b"
)
_COMPOUND_STARTS: Final = re.compile(
    r"\b(?:celui|celle|ceux|celles|non|quasi|semi|demi|mi|ex|vice|sous|après|avant|arrière|contre|grand|franco"
    r"|euro|socio|vingt|trente|quarante|cinquante|soixante|quatre|dix|c'est|peut|rendez|au|par|là)$",
    re.I,
)
_NEW_SIZE: Final = 0.12  # difference of two sizes of type, as a share, from which they are two
_WIDE_GAP: Final = 1.35  # of the usual distance between lines, from which a paragraph ends
_LOOSE_LEADING: Final = 1.7  # of the size of type: a distance from which a full sentence ends a paragraph
_SHORT_LINE: Final = 0.8  # of the longest lines of a page: a full sentence on it ends a paragraph
_HEADING_SIZE: Final = 1.15  # of the size of the text
_MIN_HEADING_WORDS: Final = 3


class Line(NamedTuple):
    """A line of a page: its text, the size of its type and its height on the page, in points."""

    text: str
    size: float
    height: float


class Paragraph(NamedTuple):
    """A paragraph with the size of its type."""

    text: str
    size: float


def paragraphs_of(pages: Sequence[Sequence[Line]]) -> list[Paragraph]:
    """The paragraphs of pages; one that goes on over the end of a page is one."""
    paragraphs: list[Paragraph] = []
    for lines in _without_running_lines(pages):
        for number, paragraph in enumerate(_page_paragraphs(lines)):
            if number == 0 and paragraphs and _goes_on(paragraphs[-1], paragraph):
                last = paragraphs.pop()
                paragraph = Paragraph(_joined(last.text, paragraph.text), last.size)
            paragraphs.append(paragraph)
    return paragraphs


def heading_of(paragraphs: Sequence[Paragraph], beginning: int) -> str:
    """The paragraph in the largest type of the first ones, if it is larger than that of the text."""
    if not paragraphs:
        return ""
    sizes: Counter[float] = Counter()
    for paragraph in paragraphs:
        sizes[round(paragraph.size, 1)] += len(paragraph.text)
    text_size = sizes.most_common(1)[0][0]
    first = paragraphs[:beginning]
    candidates = [p for p in first if p.size >= text_size * _HEADING_SIZE]
    full = [p for p in candidates if len(p.text.split()) >= _MIN_HEADING_WORDS]
    return max(full or candidates, key=lambda p: p.size, default=Paragraph("", 0)).text


def _without_running_lines(pages: Sequence[Sequence[Line]]) -> Iterator[list[Line]]:
    """The lines of each page without page numbers, and without headers and footers after the first."""
    counts = Counter(key for lines in pages for key in {_key(line) for line in _margins(lines)})
    repeated = {key for key, count in counts.items() if count >= max(2, len(pages) / 2)}
    met: set[str] = set()
    body_size = median([line.size for lines in pages for line in lines] or [0])
    for lines in pages:
        margins = set(_margins(lines))
        kept = []
        for line in lines:
            is_running = line in margins and _key(line) in repeated
            is_title = line.size > body_size * _HEADING_SIZE and _key(line) not in met
            if line in margins and _PAGE_NUMBER.fullmatch(line.text):
                continue
            if not is_running or is_title:
                kept.append(line)
            met.add(_key(line))
        yield kept


def _margins(lines: Sequence[Line]) -> Sequence[Line]:
    return [*lines[:_MARGIN_LINES], *lines[-_MARGIN_LINES:]] if len(lines) > 2 * _MARGIN_LINES else lines[:1]


def _key(line: Line) -> str:
    return _DIGITS.sub("#", line.text.casefold())


def _page_paragraphs(lines: Sequence[Line]) -> list[Paragraph]:
    pitches = _pitches(lines)
    widths = sorted(len(line.text) for line in lines)
    width = widths[int(len(widths) * 0.9)] if widths else 0
    paragraphs: list[Paragraph] = []
    previous: Line | None = None
    for line in lines:
        if previous is None or _ends_paragraph(previous, line, pitches, width):
            paragraphs.append(Paragraph(line.text, line.size))
        else:
            last = paragraphs.pop()
            paragraphs.append(Paragraph(_joined(last.text, line.text), last.size))
        previous = line
    return paragraphs


def _pitches(lines: Sequence[Line]) -> dict[float, float]:
    """The usual distance between two lines of each size of type."""
    gaps: dict[float, list[float]] = {}
    for upper, lower in pairwise(lines):
        if _is_same_size(upper, lower) and upper.height > lower.height:
            gaps.setdefault(round(lower.size), []).append(upper.height - lower.height)
    return {size: median(found) for size, found in gaps.items()}


def _ends_paragraph(upper: Line, lower: Line, pitches: dict[float, float], width: int) -> bool:
    if not _is_same_size(upper, lower):
        return True
    gap = upper.height - lower.height
    if gap > _WIDE_GAP * pitches.get(round(lower.size), gap):
        return True
    if not upper.text.endswith(_SENTENCE_ENDS):
        return False
    is_loose = lower.size > 0 and gap > _LOOSE_LEADING * lower.size
    return is_loose or len(upper.text) < _SHORT_LINE * width


def _is_same_size(first: Line | Paragraph, second: Line | Paragraph) -> bool:
    return abs(first.size - second.size) <= _NEW_SIZE * max(first.size, second.size)


def _goes_on(upper: Paragraph, lower: Paragraph) -> bool:
    """Whether the first paragraph of a page belongs to the last of the page before."""
    is_open = not upper.text.endswith(_SENTENCE_ENDS)
    return is_open and lower.text[:1].islower() and _is_same_size(upper, lower)


def _joined(upper: str, lower: str) -> str:
    """Two lines as one, a word that was divided between them made whole."""
    if not upper.endswith(_HYPHENS) or not lower[:1].islower():
        return f"{upper} {lower}"
    stem = upper[:-1]
    is_compound = _COMPOUND_ENDS.match(lower) or _COMPOUND_STARTS.search(stem)
    if upper.endswith("\u00ad") or not is_compound:
        return stem + lower
    return upper + lower
