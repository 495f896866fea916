"""The page of one article.

A text of millions of characters would keep browser and server busy for seconds, so the page shows the
beginning of a long one, says so, and links to the whole.
"""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from newsindex.results import Snippet
from newsindex.searching.searcher import Searcher
from newsindex.web.limits import Limits
from newsindex.web.problems import unknown_id

from .html_rendering import render, shorten
from .page_address import PageAddress

_MAX_SIMILAR: Final = 6
_MAX_DUPLICATES: Final = 20


def article_page(request: Request, searcher: Searcher, limits: Limits) -> Response:
    """Shows an article with the words of the search marked, its duplicates, and similar articles.

    Raises Problem for an id that no article has, and QueryError.
    """
    article_id = request.query_params.get("id", "")
    arguments = PageAddress.from_query(request.query_params).search_arguments(limits)
    marked = searcher.marked(article_id, arguments["query"], arguments["operator"])
    if marked is None:
        raise unknown_id(article_id)
    duplicates = searcher.duplicates_of(article_id)[:_MAX_DUPLICATES]
    duplicate_ids = {duplicate.id for duplicate in duplicates}
    similar = searcher.similar(article_id, _MAX_SIMILAR + len(duplicates), highlight=False)
    return render(
        request,
        "article.html",
        article=marked.article,
        headline=shorten(marked.headline, limits.article),
        abstract=shorten(Snippet(marked.article.abstract), limits.article),
        body=shorten(marked.body, limits.article),
        shown_characters=limits.article if len(marked.body.text) > limits.article else None,
        duplicates=duplicates,
        similar=[hit.article for hit in similar if hit.article.id not in duplicate_ids][:_MAX_SIMILAR],
        zone=searcher.zone,
    )
