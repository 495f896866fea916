"""How is a press aggregator's page, saved as text, told apart and read?

Its signs: a line of headlines separated by runs of no-break spaces (the ticker); notices about a
reported image; a headline over the line ``Publié dans SOURCE le DD - MM - YYYY``; paragraphs, a line
each; a line that links to the source. Any of them may be missing. The page gives its own article
first, and then each other headline of the ticker as an article that has no more than that.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple

from ..article import Article
from ..errors import CorpusError
from .dates import parse_date
from .reading import Reading, Yielded
from .text import whole_text

_SEPARATOR: Final = re.compile(r"\u00a0[\u00a0 ]*\u00a0")
_DATED: Final = re.compile(
    r"Publié(?: dans (?P<source>.+?))? le (?P<date>(?:\w+di |dimanche )?\d.{0,40}[\dh])\.?", re.I
)
_UNDATED: Final = re.compile(r"Publié dans (?P<source>[A-ZÀ-Þ\d].{0,59}(?<![.,;:!?…]))")
_APOSTROPHES: Final = str.maketrans(dict.fromkeys("’‘ʼ′`´", "'"))
_NOTICES: Final = (
    "merci d'avoir signalé",
    "cette image sera automatiquement bloquée",
)
_CLOSING: Final = "cliquez ici pour lire l'article depuis sa source"


class _Page(NamedTuple):
    """The parts of a page."""

    ticker: list[str]  # headlines
    published: re.Match[str] | None  # where and when
    headline: str
    paragraphs: list[str]


def is_page(text: str) -> bool:
    """Whether a text has the signs of a press page."""
    lines = _lines(text)
    return bool(lines) and (
        _is_ticker(lines[0])
        or any(_published(line) or _plain(line).startswith((*_NOTICES, _CLOSING)) for line in lines)
    )


def read_page(reading: Reading) -> Yielded:
    """The page's own article, then its other headlines; an error in the place of a wrong date."""
    text, damage = whole_text(reading)
    page = _parts(_lines(text))
    seen = set()
    if page.headline or not page.ticker:
        try:
            yield _own_article(page, reading.source)
            seen.add(_plain(page.headline))
        except CorpusError as error:
            yield error
    for headline in page.ticker:
        if _plain(headline) not in seen:
            seen.add(_plain(headline))
            yield Article(headline)
    if damage:
        yield damage


def _own_article(page: _Page, source: str | None) -> Article:
    found = page.published.groupdict() if page.published else {}
    written = found.get("date")
    try:
        published = parse_date(written) if written else None
    except ValueError:
        raise CorpusError(f"{written!r:.60} is not a date") from None
    body = "\n\n".join(page.paragraphs)
    return Article(page.headline, body, source=found.get("source") or source, published=published)


def _lines(text: str) -> list[str]:
    return [line for line in map(str.strip, text.splitlines()) if line]


def _parts(lines: list[str]) -> _Page:
    plain = [_plain(line) for line in lines]
    end = next((i for i, line in enumerate(plain) if line.startswith(_CLOSING)), len(lines))
    text = [line for line, bare in zip(lines[:end], plain, strict=False) if not bare.startswith(_NOTICES)]
    at = next((i for i, line in enumerate(text) if _published(line)), None)
    above = text[:1] if at is None else text[:at]  # a paragraph may have no-break spaces of its own
    ticker = [title for line in above if _is_ticker(line) for title in _titles(line)]
    content = [line for line in above if not _is_ticker(line)]
    if at is None:
        content += text[1:]
        return _Page(ticker, None, content[0] if content else "", content[1:])
    below = text[at + 1 :]
    if not below:  # the line stands at the end of a plain article
        return _Page(ticker, _published(text[at]), content[0] if content else "", content[1:])
    return _Page(ticker, _published(text[at]), content[-1] if content else "", below)


def _titles(line: str) -> list[str]:
    return [title for title in map(str.strip, _SEPARATOR.split(line)) if title]


def _is_ticker(line: str) -> bool:
    return len(_titles(line)) > 1


def _published(line: str) -> re.Match[str] | None:
    """The line that says where and when, read; None for any other."""
    line = " ".join(_composed(line).split())
    return _DATED.fullmatch(line) or _UNDATED.fullmatch(line)


def _plain(text: str) -> str:
    """A text as it is compared: without case, white space and kinds of apostrophe and accent."""
    return " ".join(_composed(text).translate(_APOSTROPHES).casefold().split())


def _composed(text: str) -> str:
    """A text with each accent on its letter: some systems write them apart."""
    return unicodedata.normalize("NFC", text)
