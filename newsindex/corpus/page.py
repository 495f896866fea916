"""How is a press aggregator's page, saved as text, told apart and read?

Its signs: a line of headlines separated by runs of no-break spaces (the ticker); notices about a
reported image; a headline over the line ``Publié dans SOURCE le DD - MM - YYYY``; paragraphs, a line
each; a line that links to the source. Any of them may be missing. The page gives its own article
first, and then each other headline of the ticker as an article that has no more than that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ..article import Article
from ..errors import CorpusError
from .dates import parse_date

_SEPARATOR: Final = re.compile(r"\u00a0{2,}")
_PUBLISHED: Final = re.compile(
    r"\s*Publié(?:\s+dans\s+(?P<source>.+?))?(?:\s+le\s+(?P<date>\d{1,2}\s*[-/.].*?\d{4}|\d.*\d{4}))?\s*"
)
_NOTICES: Final = (
    "merci d'avoir signalé",
    "cette image sera automatiquement bloquée",
)
_CLOSING: Final = "cliquez ici pour lire l'article depuis sa source"


def is_page(text: str) -> bool:
    """Whether a text has the signs of a press page."""
    return any(
        _is_ticker(line) or _is_published(line) or _plain(line).startswith((*_NOTICES, _CLOSING))
        for line in text.splitlines()
    )


def read_page(text: str, source: str | None = None) -> Iterator[Article | CorpusError]:
    """The page's own article, then its other headlines; an error in the place of a wrong date."""
    kept = [line.strip() for line in text.lstrip("\ufeff").splitlines()]
    ticker = [line for line in kept if _is_ticker(line)]
    headline, published, paragraphs = _parts([line for line in kept if not _is_ticker(line)])
    seen = set()
    if headline or paragraphs:
        try:
            yield _own_article(headline, published, paragraphs, source)
            seen.add(_plain(headline))
        except CorpusError as error:
            yield error
    for line in ticker:
        for title in map(str.strip, _SEPARATOR.split(line)):
            if title and _plain(title) not in seen:
                seen.add(_plain(title))
                yield Article(title)


def _own_article(
    headline: str, published: re.Match[str] | None, paragraphs: list[str], source: str | None
) -> Article:
    when = published["date"] if published else None
    try:
        date = parse_date(when) if when else None
    except ValueError:
        raise CorpusError(f"{when!r} is not a date") from None
    named = published["source"] if published else None
    return Article(headline, "\n\n".join(paragraphs), source=named or source, published=date)


def _parts(lines: list[str]) -> tuple[str, re.Match[str] | None, list[str]]:
    """The headline, the line that says where and when, and the paragraphs."""
    text = []
    for line in lines:
        if _plain(line).startswith(_CLOSING):
            break
        if line and not _plain(line).startswith(_NOTICES):
            text.append(line)
    for i, line in enumerate(text):
        if _is_published(line):
            return text[i - 1] if i else "", _PUBLISHED.fullmatch(line), text[i + 1 :]
    return (text[0] if text else ""), None, text[1:]


def _is_ticker(line: str) -> bool:
    return len(_SEPARATOR.findall(line.strip("\r\n"))) >= 1


def _is_published(line: str) -> bool:
    found = _PUBLISHED.fullmatch(line)
    return found is not None and bool(found["source"] or found["date"])


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").lower().split())
