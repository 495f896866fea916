"""How are all hits of a search written as CSV, page after page, so that few are in memory at a time?

As :meth:`newsindex.Index.export` writes it, in the order of the search, and made for spreadsheets: it begins
with a byte order mark, so that they read accents, and no cell is taken for a formula.
"""

from __future__ import annotations

import codecs
from collections.abc import AsyncIterator
from dataclasses import replace
from itertools import islice
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from newsindex.article import FIELDS, Article
from newsindex.encoding.export import encode_articles
from newsindex.index import Index
from newsindex.results import Results
from newsindex.web.service import service_of

MEDIA_TYPE: Final = "text/csv; charset=utf-8"
_PAGE: Final = 500
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def csv(index: Index, arguments: dict[str, Any], request: Request) -> Response:
    """A CSV file of at most ``limit`` hits; the first page is ready when this returns."""
    return StreamingResponse(
        _pieces(_page(index, arguments), arguments, request),
        media_type=MEDIA_TYPE,
        headers={"Content-Disposition": 'attachment; filename="articles.csv"'},
    )


async def _pieces(page: Results, arguments: dict[str, Any], request: Request) -> AsyncIterator[bytes]:
    service = service_of(request)
    left = arguments["limit"]
    yield codecs.BOM_UTF8 + _written(page, with_header=True)
    while page.next and (left := left - len(page)) > 0:
        following = {**arguments, "limit": left, "after": page.next}
        page = await service.ask(lambda index, following=following: _page(index, following))  # type: ignore[misc]
        yield _written(page, with_header=False)


def _page(index: Index, arguments: dict[str, Any]) -> Results:
    return index.search(**{**arguments, "limit": min(arguments["limit"], _PAGE), "highlight": False})


def _written(page: Results, *, with_header: bool) -> bytes:
    pieces = encode_articles((_plain(hit.article) for hit in page), "csv")
    return b"".join(islice(pieces, 0 if with_header else 1, None))


def _plain(article: Article) -> Article:
    """An article with an apostrophe before each text that a spreadsheet would take for a formula."""
    formulas: dict[str, Any] = {}
    for name in FIELDS:
        value = getattr(article, name)
        if isinstance(value, str) and value.startswith(_FORMULA):
            formulas[name] = f"'{value}"
    return replace(article, **formulas) if formulas else article
