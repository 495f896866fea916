"""How is a press aggregator's page, saved as text, told apart and read?

Its signs: a line of headlines separated by runs of no-break spaces (the ticker); notices about a
reported image; a headline over the line ``Publié dans SOURCE le DD - MM - YYYY``, perhaps with a
standfirst between them; paragraphs, a line each; a line that links to the source. Any of them may be
missing. The page gives its own article first, and then each other headline of the ticker as an article
that has no more than that. Pages written one after another in a file are each read.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Iterator
from datetime import date
from itertools import takewhile
from typing import Final, NamedTuple

from newsindex.article import Article
from newsindex.dates.publication_dates import parse_date
from newsindex.errors import CorpusError

from .format_input import FormatInput, Yielded
from .plain_text import whole_text

_SEPARATOR: Final = re.compile(r"\u00a0[\u00a0 ]*\u00a0")
_WIDE: Final = 3  # no-break spaces that no writer sets between two words
_SPACED_MARKS: Final = tuple(":;?!»%€$–—")  # marks that French sets after a no-break space
_DAY: Final = r"(?:(?:lun|mar|mercre|jeu|vendre|same)di|dimanche)"
_DATED: Final = re.compile(
    r"Publiée?(?: par (?P<author>\S.{0,59}?))?(?: dans (?P<source>\S.{0,59}?))? le (?:: )?"
    rf"(?P<date>(?:{_DAY},? )?\d.{{0,40}}?[\dh](?: (?:UTC|GMT))?)"
    r"(?:,? par (?P<later_author>\S.{0,59}?))?(?:,? dans (?P<later_source>\S.{0,59}?))?"
    r"(?:[ ,;|(–—-]+(?:mis à jour|modifié|actualisé) .*)?\.?",
    re.I,
)
_UNDATED: Final = re.compile(
    r"Publiée?(?! le )(?: par (?P<author>[A-ZÀ-Þ].{0,59}?))?"
    r"(?: dans (?P<source>[A-ZÀ-Þ\d].{0,59}?))?"
    rf"(?: le (?P<date>(?:{_DAY}|\d).{{0,40}}))?(?<![.,;:!?…])"
)
_APOSTROPHES: Final = str.maketrans(dict.fromkeys("’‘ʼ′`´", "'"))
_NOTICES: Final = (
    "merci d'avoir signalé",
    "cette image sera automatiquement bloquée",
)
_CLOSING: Final = re.compile(
    r"cliquez\s+ici\s+pour\s+lire\s+l\W{1,2}article\s+depuis\s+sa\s+source\b\W*", re.I
)
_FEW: Final = 3  # lines that a site may have over a headline


class _Page(NamedTuple):
    """The parts of a page."""

    ticker: list[str]  # headlines
    published: dict[str, str]  # source, author and date, as written
    headline: str
    paragraphs: list[str]


def is_page(text: str) -> bool:
    """Whether a text has the signs of a press page."""
    return _has_signs(_lines(text))


def _has_signs(lines: list[str]) -> bool:
    return bool(lines) and (
        _is_ticker(lines[0])
        or any(
            _published(line) or _CLOSING.match(line) or _plain(line).startswith(_NOTICES) for line in lines
        )
    )


def read_page(reading: FormatInput) -> Yielded:
    """Each page's own article, then the other headlines; a wrong date is an error beside its article."""
    text, damage = whole_text(reading)
    seen: set[str] = set()
    for page in _pages(_lines(text)):
        yield from _articles(page, reading.source, seen)
    if damage:
        yield damage


def _articles(page: _Page, source: str | None, seen: set[str]) -> Yielded:
    if page.headline or not page.ticker:
        published, error = _date(page.published.get("date"))
        if error:
            yield error
        seen.add(_plain(page.headline))
        try:
            yield Article(
                page.headline,
                "\n\n".join(page.paragraphs),
                source=page.published.get("source") or source,
                published=published,
                author=page.published.get("author"),
            )
        except CorpusError as refused:
            yield refused
    for headline in page.ticker:
        if _plain(headline) not in seen:
            seen.add(_plain(headline))
            yield Article(headline)


def _date(written: str | None) -> tuple[date | None, CorpusError | None]:
    try:
        return (parse_date(written) if written else None), None
    except ValueError:
        return None, CorpusError(f"{written!r:.60} is not a date: the article is read without it")


def _lines(text: str) -> list[str]:
    return [line for line in map(_stripped, text.splitlines()) if line]


def _stripped(line: str) -> str:
    return line.strip("\ufeff" + string.whitespace + "\u00a0")


def _pages(lines: list[str]) -> Iterator[_Page]:
    """The page, and those that follow its link to the source; after the last, that has the site's own."""
    while True:
        end, rest = next(_closings(lines), (len(lines), ""))
        yield _parts(lines[:end])
        lines = [rest] * bool(rest) + lines[end + 1 :]
        if not _has_signs(lines):
            return


def _closings(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Where links to the source stand, and what a file put at the end of another has in the same line."""
    for at, line in enumerate(lines):
        if found := _CLOSING.match(line):
            yield at, line[found.end() :]


def _parts(lines: list[str]) -> _Page:
    """What each line of one page is; what stands over its date, its headline apart, is text too."""
    text = [line for line in lines if not _plain(line).startswith(_NOTICES)]
    tickers = list(takewhile(_is_ticker, text))
    ticker = [title for line in tickers for title in _titles(line)]
    content = text[len(tickers) :]
    at = next((i for i, line in enumerate(content) if _published(line)), None)
    published = (_published(content.pop(at)) if at is not None else None) or {}
    known = set(map(_plain, ticker))
    over = content[: min(at or 0, _FEW)]
    own = next((i for i, line in enumerate(over) if _plain(line) in known), 0)
    headline = content.pop(own) if content else ""
    return _Page(ticker, published, headline, content)


def _titles(line: str) -> list[str]:
    return [title for title in map(str.strip, _SEPARATOR.split(line)) if title]


def _is_ticker(line: str) -> bool:
    """Whether a line is headlines: three of them, or two far apart, and no text with odd spaces."""
    titles = _titles(line)
    if any(title.startswith(_SPACED_MARKS) for title in titles):
        return False
    return len(titles) > 2 or (len(titles) == 2 and all(map(_is_wide, _SEPARATOR.findall(line))))


def _is_wide(gap: str) -> bool:
    return gap.count("\u00a0") >= _WIDE


def _published(line: str) -> dict[str, str] | None:
    """What the line that says where and when says; None for any other line."""
    line = " ".join(_composed(line).split())
    found = _DATED.fullmatch(line) or _UNDATED.fullmatch(line)
    if found is None:
        return None
    return {name.removeprefix("later_"): text for name, text in found.groupdict().items() if text} or None


def _plain(text: str) -> str:
    """A text as it is compared: without case, white space and kinds of apostrophe and accent."""
    return " ".join(_composed(text).translate(_APOSTROPHES).casefold().split())


def _composed(text: str) -> str:
    """A text with each accent on its letter: some systems write them apart."""
    return unicodedata.normalize("NFC", text)
