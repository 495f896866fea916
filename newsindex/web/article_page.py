"""What stands on the page of one article?"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from ..index import Index
from .address import Address
from .rendering import render

_SIMILAR = 6


def article_page(request: Request, index: Index) -> Response:
    """An article with the words of the search marked, and what is like it. Raises QueryError."""
    article_id = request.query_params.get("id", "")
    address = Address.of(request.query_params)
    found = index.marked(article_id, address.query, address.get("operator") or "any")
    if found is None:
        return render(request, "problem.html", 404, title="no_article", help="no_article_help", detail="")
    return render(
        request,
        "article.html",
        article=found.article,
        body=found.body,
        headline=found.headline,
        same=index.duplicates_of(article_id),
        similar=index.similar(article_id, limit=_SIMILAR),
        zone=index.zone,
    )
