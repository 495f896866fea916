"""A search as an RSS or Atom feed, for readers that follow new articles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from typing import Any, Final
from urllib.parse import quote
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from starlette.requests import Request
from starlette.responses import Response

from newsindex.article import Article
from newsindex.results import Hit
from newsindex.searcher import Searcher

RSS_TYPE: Final = "application/rss+xml; charset=utf-8"
ATOM_TYPE: Final = "application/atom+xml; charset=utf-8"
_ATOM_NAMESPACE: Final = "http://www.w3.org/2005/Atom"
_DUBLIN_CORE_NAMESPACE: Final = "http://purl.org/dc/elements/1.1/"
_FORBIDDEN_IN_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WEB_ADDRESS: Final = re.compile(r"https?://[^\s<>\"\\^`{|}]+", re.IGNORECASE)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def rss_feed(searcher: Searcher, arguments: dict[str, Any], request: Request) -> Response:
    """Answer with an RSS 2.0 feed of one page of hits."""
    hits = searcher.search(**arguments).hits
    root = Element(
        "rss", {"version": "2.0", "xmlns:atom": _ATOM_NAMESPACE, "xmlns:dc": _DUBLIN_CORE_NAMESPACE}
    )
    channel = SubElement(root, "channel")
    _add(channel, "title", _title(arguments))
    _add(channel, "link", _page_address(request))
    _add(channel, "description", f"Articles found by newsindex: {arguments['query'] or 'all'}")
    SubElement(channel, "atom:link", rel="self", type="application/rss+xml", href=_feed_address(request))
    for hit in hits:
        article = hit.article
        item = SubElement(channel, "item")
        _add(item, "title", article.headline or hit.snippet.text)
        _add(item, "link", _link(article, request))
        SubElement(item, "guid", isPermaLink="false").text = _clean(article.id)
        if article.published is not None:
            _add(item, "pubDate", format_datetime(_moment(article.published)))
        _add(item, "dc:creator", article.author)
        _add(item, "dc:publisher", article.source)
        _add(item, "category", article.section)
        _add(item, "description", hit.snippet.html)
    return _xml(root, RSS_TYPE)


def atom_feed(searcher: Searcher, arguments: dict[str, Any], request: Request) -> Response:
    """Answer with an Atom feed of one page of hits."""
    hits = searcher.search(**arguments).hits
    root = Element("feed", xmlns=_ATOM_NAMESPACE)
    feed_address = _feed_address(request)
    _add(root, "id", feed_address)
    _add(root, "title", _title(arguments))
    _add(root, "updated", _latest_moment(hits).isoformat())
    _add(SubElement(root, "author"), "name", "newsindex")
    SubElement(root, "link", rel="self", type="application/atom+xml", href=feed_address)
    SubElement(root, "link", rel="alternate", type="text/html", href=_page_address(request))
    for hit in hits:
        article = hit.article
        entry = SubElement(root, "entry")
        is_web_address = _WEB_ADDRESS.fullmatch(article.id)
        _add(entry, "id", article.id if is_web_address else f"urn:newsindex:{quote(article.id)}")
        _add(entry, "title", article.headline or hit.snippet.text)
        SubElement(entry, "link", rel="alternate", href=_link(article, request))
        _add(entry, "updated", _moment(article.published).isoformat())
        if author := article.author or article.source:
            _add(SubElement(entry, "author"), "name", author)
        if article.section:
            SubElement(entry, "category", term=_clean(article.section))
        if hit.snippet.text:
            SubElement(entry, "summary", type="html").text = _clean(hit.snippet.html)
    return _xml(root, ATOM_TYPE)


def _base(request: Request) -> str:
    """Write the absolute address of the application, without a slash at its end."""
    url = request.url
    return f"{url.scheme}://{url.netloc}{quote(request.scope.get('root_path', '').rstrip('/'))}"


def _feed_address(request: Request) -> str:
    return _clean(str(request.url))


def _page_address(request: Request) -> str:
    query = request.url.query
    return _clean(f"{_base(request)}/" + (f"?{query}" if query else ""))


def _link(article: Article, request: Request) -> str:
    """Return the address of an article on the web, or else of its page here."""
    if article.url and _WEB_ADDRESS.fullmatch(article.url):
        return _clean(article.url)
    return f"{_base(request)}/article?id={quote(article.id, safe='')}"


def _title(arguments: dict[str, Any]) -> str:
    return f"newsindex: {arguments['query']}" if arguments["query"] else "newsindex"


def _moment(published: date | None) -> datetime:
    """Convert a date to a moment: a day to its beginning; a time without a zone is taken as UTC."""
    if published is None:
        return _EPOCH
    if not isinstance(published, datetime):
        published = datetime.combine(published, time())
    return published if published.tzinfo is not None else published.replace(tzinfo=UTC)


def _latest_moment(hits: Sequence[Hit]) -> datetime:
    return max((_moment(hit.article.published) for hit in hits), default=_EPOCH)


def _add(parent: Element, name: str, text: str | None) -> None:
    if text:
        SubElement(parent, name).text = _clean(text)


def _clean(text: str) -> str:
    """Remove the characters that no XML document may hold."""
    return _FORBIDDEN_IN_XML.sub("", text)


def _xml(root: Element, media_type: str) -> Response:
    body = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return Response(body, media_type=media_type)
