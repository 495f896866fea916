"""Splits the line of headlines of a press aggregator's page, its ticker, into the headlines.

Runs of no-break spaces part them, wide or narrow, and stand in no other text. Runs of ordinary spaces, tabs
and marks such as "|" stand in tables and menus too: those part headlines only where the page has other
signs of an aggregator, or where each part is as long as a headline.
"""

from __future__ import annotations

import re
from typing import Final

from .aggregator_lines import are_like_headlines

_NO_BREAK: Final = "\u00a0\u202f\u2007"
_SEPARATOR: Final = re.compile(rf"[{_NO_BREAK}][{_NO_BREAK} ]*[{_NO_BREAK}]")
_MIN_WIDE_GAP: Final = 3  # no-break spaces, which no writer sets between two words
_WIDE_SPACE: Final = re.compile(r"[^\S\t\n]{3,}")
_LOOSE_SEPARATOR: Final = re.compile(
    r"\s*(?:\t|\*{2,}|\+{3,}|/{2,}|[|¦•◆◇▪■●►▶★✦])[\s|•*+/]*|\s[·∙]\s|[^\S\n]{3,}|\s{2,}"
)
_SINGLE_SEPARATOR: Final = re.compile(rf"(?<=[\w!?»)\"])[{_NO_BREAK}](?=[A-ZÀ-Þ«\"])")
_SPACED_MARK: Final = re.compile(r"\s[»/–—-]\s")
_MARKS_AFTER_SPACE: Final = tuple(":;?!»%€$–—")  # marks that French sets after a no-break space
_MIN_TITLES: Final = 3  # of a ticker whose separators stand in other texts too


def is_ticker(line: str) -> bool:
    """Whether a line is three headlines, or two far apart, and no text with odd spaces."""
    titles = _split(_SEPARATOR, line)
    if any(title.startswith(_MARKS_AFTER_SPACE) for title in titles):
        return False
    return len(titles) >= _MIN_TITLES or (len(titles) > 1 and all(map(_is_wide, _SEPARATOR.findall(line))))


def is_spaced_ticker(line: str) -> bool:
    """Whether a line is three headlines parted by runs of spaces: a table has shorter cells."""
    return _are_long_headlines(_split(_WIDE_SPACE, line))


def ticker_titles(line: str) -> list[str]:
    """The headlines of a line of a page that is an aggregator's; none where the line is no ticker."""
    if is_ticker(line):
        return _split(_SEPARATOR, line)
    titles = _split(_LOOSE_SEPARATOR, line)
    if len(titles) > 1:
        is_text = any(title.startswith(_MARKS_AFTER_SPACE) for title in titles)
        return titles if not is_text and are_like_headlines(titles) else []
    splits = (_split(separator, line) for separator in (_SINGLE_SEPARATOR, _SPACED_MARK) if "«" not in line)
    return next(filter(_are_long_headlines, splits), [])


def _are_long_headlines(titles: list[str]) -> bool:
    """Whether parts are three headlines, none of them as short as a cell of a table or a name."""
    is_long = all(len(title.split()) >= _MIN_TITLES for title in titles)
    return is_long and len(titles) >= _MIN_TITLES and are_like_headlines(titles)


def _split(separator: re.Pattern[str], line: str) -> list[str]:
    return [title for title in map(str.strip, separator.split(line)) if title]


def _is_wide(gap: str) -> bool:
    return sum(character != " " for character in gap) >= _MIN_WIDE_GAP
