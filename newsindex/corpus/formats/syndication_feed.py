"""How are the entries of an RSS or Atom feed read?

A feed is read from its bytes: nothing that it names is fetched, and no entity of its own is resolved.
"""

from __future__ import annotations

import io
from calendar import timegm
from datetime import UTC, date, datetime
from typing import Any, Final

import feedparser

from newsindex.article import Article
from newsindex.corpus.html.html_tree import plain_text
from newsindex.corpus.inputs.byte_stream import whole
from newsindex.dates.publication_dates import parse_date
from newsindex.errors import CorpusError

from .format_input import FormatInput, Yielded

MAX_FEED: Final = 16 << 20  # bytes


def read(reading: FormatInput) -> Yielded:
    """The article of each entry, and what is wrong with the feed as XML."""
    content, damage = whole(reading.stream, MAX_FEED)
    feed = feedparser.parse(io.BytesIO(content), sanitize_html=False, resolve_relative_uris=False)
    if not (feed.entries or feed.version):
        raise damage or CorpusError("this XML is no RSS or Atom feed")
    for number, entry in enumerate(feed.entries, 1):
        try:
            yield _article(entry, feed.feed, reading.source)
        except CorpusError as error:
            yield CorpusError(f"entry {number}: {error.reason}")
    if damage:
        yield damage
    elif feed.bozo and not isinstance(feed.bozo_exception, feedparser.CharacterEncodingOverride):
        yield CorpusError(f"the feed is not well-formed XML: {str(feed.bozo_exception)[:200]}")


def _article(entry: Any, feed: Any, source: str | None) -> Article:
    """The article of an entry: its content is the body, and its summary where it has none."""
    texts = [plain_text(content.get("value", "")) for content in entry.get("content", ())]
    summary = plain_text(entry.get("summary", ""))
    body = max([*texts, summary], key=len)
    url = entry.get("link") or None
    return Article(
        " ".join(plain_text(entry.get("title", "")).split()),
        body,
        source=plain_text(entry.get("source", {}).get("title") or "") or _name(feed) or source,
        published=_published(entry),
        url=url,
        id="" if url else entry.get("id", ""),
        section=next((tag.term for tag in entry.get("tags", ()) if tag.get("term")), None),
        author=_authors(entry),
        lang=(entry.get("language") or feed.get("language") or "")[:2].lower(),
        abstract="" if summary == body else summary,
    )


def _name(feed: Any) -> str:
    return " ".join(plain_text(feed.get("title", "")).split())


def _authors(entry: Any) -> str | None:
    names = [author.get("name") for author in entry.get("authors", ())]
    return ", ".join(filter(None, names)) or entry.get("author")


def _published(entry: Any) -> date | None:
    """When the entry was published, else when it was updated; feedparser knows no French names of months."""
    for name in ("published", "updated", "created"):
        parsed, written = entry.get(f"{name}_parsed"), entry.get(name)
        if parsed:
            return datetime.fromtimestamp(timegm(parsed), UTC)
        if written:
            try:
                return parse_date(written)
            except ValueError:
                raise CorpusError(f"{written!r:.60} is not a date") from None
    return None
