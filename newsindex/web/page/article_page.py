"""What stands on the page of one article?"""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from newsindex.index import Index
from newsindex.web.limits import Limits

from .html_rendering import render
from .page_address import Address

_SIMILAR: Final = 6
_COPIES: Final = 20


def article_page(request: Request, index: Index, limits: Limits) -> Response:
    """An article with the words of the search marked, and what is like it. Raises QueryError."""
    article_id = request.query_params.get("id", "")
    arguments = Address.of(request.query_params).arguments(limits)
    found = index.marked(article_id, arguments["query"], arguments["operator"])
    if found is None:
        return render(request, "problem.html", 404, title="no_article", help="no_article_help", detail="")
    copies = index.duplicates_of(article_id)[:_COPIES]
    ids = {copy.id for copy in copies}
    similar = [hit.article for hit in index.similar(article_id, _SIMILAR + len(copies), highlight=False)]
    return render(
        request,
        "article.html",
        article=found.article,
        body=found.body,
        headline=found.headline,
        copies=copies,
        similar=[article for article in similar if article.id not in ids][:_SIMILAR],
        zone=index.zone,
    )
