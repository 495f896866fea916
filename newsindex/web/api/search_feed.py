"""A search as an RSS or Atom feed, for readers that follow new articles.

Of the newest articles, those that are dated later than tomorrow are left out until their day is near: each
would stand above all new ones until then.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from newsindex.article import Article
from newsindex.dates.local_dates import tomorrow
from newsindex.dates.minutes import minutes_of_day, minutes_since_epoch
from newsindex.encoding.feeds import FeedHead, atom_document, rss_document
from newsindex.query.ranking.search_options import MAX_LIMIT
from newsindex.results import Hit
from newsindex.searching.searcher import Searcher
from newsindex.web.search_parameters import counting_arguments

RSS_TYPE: Final = "application/rss+xml; charset=utf-8"
ATOM_TYPE: Final = "application/atom+xml; charset=utf-8"


def rss_feed(searcher: Searcher, arguments: dict[str, Any], request: Request) -> Response:
    """Answers with an RSS 2.0 feed of one page of hits."""
    hits = _hits(searcher, arguments)
    return Response(rss_document(_head(arguments, request), hits), media_type=RSS_TYPE)


def atom_feed(searcher: Searcher, arguments: dict[str, Any], request: Request) -> Response:
    """Answers with an Atom feed of one page of hits."""
    hits = _hits(searcher, arguments)
    return Response(atom_document(_head(arguments, request), hits), media_type=ATOM_TYPE)


def _hits(searcher: Searcher, arguments: dict[str, Any]) -> Sequence[Hit]:
    limit = arguments["limit"]
    if arguments["sort"] == "newest" and not (arguments.get("until") or arguments.get("after")):
        first_left_out = tomorrow(searcher.zone) + timedelta(days=1)
        counting = counting_arguments(arguments, since=first_left_out)
        if later := searcher.search(**counting).total:  # they are in front
            end, zone = minutes_of_day(first_left_out), searcher.zone
            hits = searcher.search(**{**arguments, "limit": min(limit + later, MAX_LIMIT)}).hits
            return [hit for hit in hits if minutes_since_epoch(hit.article.published, zone) < end][:limit]
    return searcher.search(**arguments).hits


def feed_head(request: Request, title: str, page: str, description: str) -> FeedHead:
    """Makes the head of a feed at the address of a request.

    ``page`` is the part of the address of the page after that of the application.
    """
    base = _base(request)

    def own_page(article: Article) -> str:
        return f"{base}/article?id={quote(article.id, safe='')}"

    return FeedHead(title, str(request.url), f"{base}/{page}", description, own_page)


def _head(arguments: dict[str, Any], request: Request) -> FeedHead:
    query = arguments["query"]
    title = f"newsindex: {query}" if query else "newsindex"
    parameters = request.url.query
    page = f"?{parameters}" if parameters else ""
    return feed_head(request, title, page, f"Articles found by newsindex: {query or 'all'}")


def _base(request: Request) -> str:
    """Writes the absolute address of the application, without a slash at its end."""
    url = request.url
    return f"{url.scheme}://{url.netloc}{quote(request.scope.get('root_path', '').rstrip('/'))}"
