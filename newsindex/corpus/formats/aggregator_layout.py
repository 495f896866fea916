"""Recognises the parts of a press aggregator's page that was saved as text.

A page has a line of headlines separated by runs of no-break spaces (the ticker); notices about a reported
image; a headline over the line ``Publié dans SOURCE le DD - MM - YYYY``, perhaps with a standfirst between
them; paragraphs, a line each; a line that links to the source. Any of these may be missing.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Final, NamedTuple

_SEPARATOR: Final = re.compile(r"\u00a0[\u00a0 ]*\u00a0")
_MIN_WIDE_GAP: Final = 3  # no-break spaces, which no writer sets between two words
_SPACED_MARKS: Final = tuple(":;?!»%€$–—")  # marks that French sets after a no-break space
_WEEKDAY: Final = r"(?:(?:lun|mar|mercre|jeu|vendre|same)di|dimanche)"
_DATED_LINE: Final = re.compile(
    r"Publiée?(?: par (?P<author>\S.{0,59}?))?(?: dans (?P<source>\S.{0,59}?))? le (?:: )?"
    rf"(?P<date>(?:{_WEEKDAY},? )?\d.{{0,40}}?[\dh](?: (?:UTC|GMT))?)"
    r"(?:,? par (?P<later_author>\S.{0,59}?))?(?:,? dans (?P<later_source>\S.{0,59}?))?"
    r"(?:[ ,;|(–—-]+(?:mis à jour|modifié|actualisé) .*)?\.?",
    re.I,
)
_UNDATED_LINE: Final = re.compile(
    r"Publiée?(?! le )(?: par (?P<author>[A-ZÀ-Þ].{0,59}?))?"
    r"(?: dans (?P<source>[A-ZÀ-Þ\d].{0,59}?))?"
    rf"(?: le (?P<date>(?:{_WEEKDAY}|\d).{{0,40}}))?(?<![.,;:!?…])"
)
_APOSTROPHES: Final = str.maketrans(dict.fromkeys("’‘ʼ′`´", "'"))
_NOTICES: Final = (
    "merci d'avoir signalé",
    "cette image sera automatiquement bloquée",
)
_SOURCE_LINK: Final = re.compile(
    r"(?:cliquez\s+ici\s+pour\s+lire\s+l\W{1,2}article\s+depuis\s+sa\s+source\b\W*)++", re.I
)
_MAX_LINES_OVER_HEADLINE: Final = 3  # lines of the site that may stand over a headline


class PageParts(NamedTuple):
    """The parts of a page; ``published`` has the source, author and date as written, where they stand."""

    ticker: list[str]  # headlines
    published: dict[str, str]
    headline: str
    paragraphs: list[str]


def page_lines(text: str) -> list[str]:
    """The lines of a text that are not blank, without white space around them."""
    return [line for line in map(_stripped, text.splitlines()) if line]


def _stripped(line: str) -> str:
    return line.strip("\ufeff" + string.whitespace + "\u00a0")


def has_page_signs(lines: Sequence[str]) -> bool:
    """Whether lines begin with a ticker, or one of them stands only in an aggregator's page."""
    return bool(lines) and (
        _is_ticker(lines[0])
        or any(
            _published(line) or _SOURCE_LINK.match(line) or comparable(line).startswith(_NOTICES)
            for line in lines
        )
    )


def split_pages(lines: list[str]) -> Iterator[PageParts]:
    """The page that begins with the first line, and those that follow a link to the source.

    What follows the last link without the signs of a page is the site's own text, and is left out.
    """
    remaining = deque(lines)
    page: list[str] = []
    while remaining:
        line = remaining.popleft()
        link = _SOURCE_LINK.match(line)
        if link is None:
            page.append(line)
            continue
        yield _parts(page)
        page = []
        if following := line[link.end() :]:  # a concatenated file has its first line there
            remaining.appendleft(following)
        if not has_page_signs(remaining):
            return
    yield _parts(page)


def _parts(lines: list[str]) -> PageParts:
    """The parts of one page; the lines over its date are text too, apart from its headline."""
    text = [line for line in lines if not comparable(line).startswith(_NOTICES)]
    ticker_lines = list(takewhile(_is_ticker, text))
    ticker = [title for line in ticker_lines for title in _titles(line)]
    paragraphs = text[len(ticker_lines) :]
    dated = next((number for number, line in enumerate(paragraphs) if _published(line)), None)
    published = (_published(paragraphs.pop(dated)) if dated is not None else None) or {}
    known = set(map(comparable, ticker))
    over_date = paragraphs[: min(dated or 0, _MAX_LINES_OVER_HEADLINE)]
    own = next((number for number, line in enumerate(over_date) if comparable(line) in known), 0)
    headline = paragraphs.pop(own) if paragraphs else ""
    return PageParts(ticker, published, headline, paragraphs)


def _titles(line: str) -> list[str]:
    return [title for title in map(str.strip, _SEPARATOR.split(line)) if title]


def _is_ticker(line: str) -> bool:
    """Whether a line is three headlines, or two far apart, and no text with odd spaces."""
    titles = _titles(line)
    if any(title.startswith(_SPACED_MARKS) for title in titles):
        return False
    return len(titles) > 2 or (len(titles) == 2 and all(map(_is_wide, _SEPARATOR.findall(line))))


def _is_wide(gap: str) -> bool:
    return gap.count("\u00a0") >= _MIN_WIDE_GAP


def _published(line: str) -> dict[str, str] | None:
    """The source, author and date of the line that says where and when; None for any other line."""
    line = " ".join(_composed(line).split())
    match = _DATED_LINE.fullmatch(line) or _UNDATED_LINE.fullmatch(line)
    if match is None:
        return None
    return {name.removeprefix("later_"): text for name, text in match.groupdict().items() if text} or None


def comparable(text: str) -> str:
    """A text without its differences of case, white space, apostrophes and ways to write accents."""
    return " ".join(_composed(text).translate(_APOSTROPHES).casefold().split())


def _composed(text: str) -> str:
    """A text with each accent on its letter: some systems write the two apart."""
    return unicodedata.normalize("NFC", text)
