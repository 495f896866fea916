"""Reads the entries of an RSS or Atom feed (extra: feeds).

A feed is read from its bytes: nothing that it names is fetched, and no entity of its own is resolved.
"""

from __future__ import annotations

import io
from calendar import timegm
from datetime import UTC, date, datetime
from typing import Any, Final

import feedparser

from newsindex.article import Article
from newsindex.corpus.error_places import with_place
from newsindex.corpus.fields.publication import publication_date
from newsindex.corpus.html.html_tree import plain_text
from newsindex.corpus.inputs.bounded_reading import read_whole
from newsindex.errors import CorpusError

from .format_input import FormatInput, FormatItems

_MAX_FEED: Final = 16 << 20  # bytes


def read(content: FormatInput) -> FormatItems:
    """The article of each entry, and an error where the feed is not well-formed XML."""
    raw, damage = read_whole(content.stream, _MAX_FEED)
    feed = feedparser.parse(io.BytesIO(raw), sanitize_html=False, resolve_relative_uris=False)
    if not (feed.entries or feed.version):
        raise damage or CorpusError("this XML is no RSS or Atom feed")
    for number, entry in enumerate(feed.entries, 1):
        published, wrong_date = _published(entry)
        try:
            yield _article(entry, feed.feed, content.source, published)
        except CorpusError as error:
            yield with_place(error, record=f"entry {number}")
        else:
            if wrong_date:
                yield with_place(wrong_date, record=f"entry {number}")
    if damage:
        yield damage
    elif feed.bozo and not isinstance(feed.bozo_exception, feedparser.CharacterEncodingOverride):
        yield CorpusError(f"the feed is not well-formed XML: {str(feed.bozo_exception)[:200]}")


def _article(entry: Any, feed: Any, source: str | None, published: date | None) -> Article:
    """The article of an entry: its content is the body, and its summary where it has none."""
    texts = [plain_text(part.get("value", "")) for part in entry.get("content", ())]
    summary = plain_text(entry.get("summary", ""))
    body = max([*texts, summary], key=len)
    url = entry.get("link") or None
    return Article(
        " ".join(plain_text(entry.get("title", "")).split()),
        body,
        source=plain_text(entry.get("source", {}).get("title") or "") or _feed_title(feed) or source,
        published=published,
        url=url,
        id="" if url else entry.get("id", ""),
        section=next((tag.term for tag in entry.get("tags", ()) if tag.get("term")), None),
        author=_authors(entry),
        lang=(entry.get("language") or feed.get("language") or "")[:2].lower(),
        abstract="" if summary == body else summary,
    )


def _feed_title(feed: Any) -> str:
    return " ".join(plain_text(feed.get("title", "")).split())


def _authors(entry: Any) -> str | None:
    names = [author.get("name") for author in entry.get("authors", ())]
    return ", ".join(filter(None, names)) or entry.get("author")


def _published(entry: Any) -> tuple[date | None, CorpusError | None]:
    """The time of publication, else of the last update, or the error of one that cannot be read."""
    wrong_date = None
    for name in ("published", "updated", "created"):
        if name not in entry:  # feedparser would give one for the other
            continue
        parsed, text = entry.get(f"{name}_parsed"), entry.get(name)
        if parsed:  # by feedparser, which knows no French names of months
            return datetime.fromtimestamp(timegm(parsed), UTC), None
        published, error = publication_date(text)
        if published:
            return published, None
        wrong_date = wrong_date or error
    return None, wrong_date
