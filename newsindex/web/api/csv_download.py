"""The download of a search as CSV, written page after page so that few hits are in memory at a time.

The rows are as :meth:`newsindex.Index.export` writes them, in the order of the search. They are made for
spreadsheets: the file begins with a byte order mark, so that accents are read, and no cell is taken for a
formula.
"""

from __future__ import annotations

import codecs
from collections.abc import AsyncIterator
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from newsindex.article import FIELDS, Article
from newsindex.encoding.export import encode_articles
from newsindex.results import Results
from newsindex.searching.searcher import Searcher
from newsindex.web.service import Service, service_of

CSV_TYPE: Final = "text/csv; charset=utf-8"
_HITS_PER_PAGE: Final = 500
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")


def csv_file(searcher: Searcher, arguments: dict[str, Any], request: Request) -> Response:
    """Answers with a CSV file of at most ``limit`` hits; the first page is searched before this returns.

    All pages are of one commit: a commit between two of them would lose some rows and repeat others.
    """
    first_page = _search_page(searcher, arguments)
    return StreamingResponse(
        _encode_pages(first_page, searcher, arguments, service_of(request)),
        media_type=CSV_TYPE,
        headers={"Content-Disposition": 'attachment; filename="articles.csv"'},
    )


async def _encode_pages(
    page: Results, searcher: Searcher, arguments: dict[str, Any], service: Service
) -> AsyncIterator[bytes]:
    remaining = arguments["limit"]
    yield codecs.BOM_UTF8 + _encode(page, with_header=True)
    while page.next and (remaining := remaining - len(page)) > 0:
        following = {**arguments, "limit": remaining, "after": page.next}
        page = await service.run(partial(_search_page, searcher, following))
        yield _encode(page, with_header=False)


def _search_page(searcher: Searcher, arguments: dict[str, Any]) -> Results:
    return searcher.search(
        **{**arguments, "limit": min(arguments["limit"], _HITS_PER_PAGE), "highlight": False}
    )


def _encode(page: Results, *, with_header: bool) -> bytes:
    lines = encode_articles((_without_formulas(hit.article) for hit in page), "csv")
    return b"".join(islice(lines, 0 if with_header else 1, None))


def _without_formulas(article: Article) -> Article:
    """Puts an apostrophe before each text that a spreadsheet would take for a formula."""
    formulas: dict[str, Any] = {}
    for name in FIELDS:
        value = getattr(article, name)
        if isinstance(value, str) and (text := without_formula(value)) != value:
            formulas[name] = text
    return replace(article, **formulas) if formulas else article


def without_formula(text: str) -> str:
    """Puts an apostrophe before a text that a spreadsheet would take for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
