"""Writes hits as an RSS 2.0 or Atom feed, for readers that follow new articles.

The id of an entry is that of its article, so that a reader knows it again in each version of the feed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from typing import Final
from urllib.parse import quote
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from newsindex.article import Article
from newsindex.results import Hit

_ATOM_NAMESPACE: Final = "http://www.w3.org/2005/Atom"
_DUBLIN_CORE_NAMESPACE: Final = "http://purl.org/dc/elements/1.1/"
_FORBIDDEN_IN_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WEB_ADDRESS: Final = re.compile(r"https?://[^\s<>\"\\^`{|}]+", re.IGNORECASE)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class FeedHead:
    """What a feed says of itself: its title, its own address, that of the page with the same, and what it is.

    ``own_page`` gives the address of an article that is not on the web, None for no such page.
    """

    title: str
    address: str
    page: str | None
    description: str
    own_page: Callable[[Article], str | None] = lambda article: None


def rss_document(head: FeedHead, hits: Sequence[Hit]) -> bytes:
    """An RSS 2.0 feed of some hits, as XML in UTF-8."""
    root = Element(
        "rss", {"version": "2.0", "xmlns:atom": _ATOM_NAMESPACE, "xmlns:dc": _DUBLIN_CORE_NAMESPACE}
    )
    channel = SubElement(root, "channel")
    _add(channel, "title", head.title)
    _add(channel, "link", head.page or head.address)
    _add(channel, "description", head.description)
    SubElement(channel, "atom:link", rel="self", type="application/rss+xml", href=_clean(head.address))
    for hit in hits:
        article = hit.article
        item = SubElement(channel, "item")
        _add(item, "title", article.headline or hit.snippet.text)
        _add(item, "link", _link(article, head))
        SubElement(item, "guid", isPermaLink="false").text = _clean(article.id)
        if article.published is not None:
            _add(item, "pubDate", format_datetime(_moment(article.published)))
        _add(item, "dc:creator", article.author)
        _add(item, "dc:publisher", article.source)
        _add(item, "category", article.section)
        _add(item, "description", hit.snippet.html)
    return _xml(root)


def atom_document(head: FeedHead, hits: Sequence[Hit]) -> bytes:
    """An Atom feed of some hits, as XML in UTF-8."""
    root = Element("feed", xmlns=_ATOM_NAMESPACE)
    _add(root, "id", head.address)
    _add(root, "title", head.title)
    latest = max((_moment(hit.article.published) for hit in hits), default=_EPOCH)
    _add(root, "updated", latest.isoformat())
    _add(SubElement(root, "author"), "name", "newsindex")
    SubElement(root, "link", rel="self", type="application/atom+xml", href=_clean(head.address))
    if head.page:
        SubElement(root, "link", rel="alternate", type="text/html", href=_clean(head.page))
    for hit in hits:
        article = hit.article
        entry = SubElement(root, "entry")
        is_web_address = _WEB_ADDRESS.fullmatch(article.id)
        _add(entry, "id", article.id if is_web_address else f"urn:newsindex:{quote(article.id)}")
        _add(entry, "title", article.headline or hit.snippet.text)
        if link := _link(article, head):
            SubElement(entry, "link", rel="alternate", href=link)
        _add(entry, "updated", _moment(article.published).isoformat())
        if author := article.author or article.source:
            _add(SubElement(entry, "author"), "name", author)
        if article.section:
            SubElement(entry, "category", term=_clean(article.section))
        if hit.snippet.text:
            SubElement(entry, "summary", type="html").text = _clean(hit.snippet.html)
    return _xml(root)


def _link(article: Article, head: FeedHead) -> str | None:
    """The address of an article on the web, or else of its own page."""
    if article.url and _WEB_ADDRESS.fullmatch(article.url):
        return _clean(article.url)
    return head.own_page(article)


def _moment(published: date | None) -> datetime:
    """A date as a moment: a day as its beginning; a time without a zone is taken as UTC."""
    if published is None:
        return _EPOCH
    if not isinstance(published, datetime):
        published = datetime.combine(published, time())
    return published if published.tzinfo is not None else published.replace(tzinfo=UTC)


def _add(parent: Element, name: str, text: str | None) -> None:
    if text:
        SubElement(parent, name).text = _clean(text)


def _clean(text: str) -> str:
    """A text without the characters that no XML document may hold."""
    return _FORBIDDEN_IN_XML.sub("", text)


def _xml(root: Element) -> bytes:
    document: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return document
