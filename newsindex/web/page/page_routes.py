"""The routes of the search page."""

from __future__ import annotations

from collections.abc import Callable
from os import PathLike
from pathlib import Path
from typing import Any, Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from newsindex.searching.searcher import Searcher
from newsindex.web.limits import Limits
from newsindex.web.service import service_of

from .alert_page import alerts_page, change_alerts
from .article_page import article_page
from .comparison_page import comparison_page
from .html_rendering import PAGE_HEADERS
from .search_page import search_page
from .wording.page_language import LANGUAGE_PARAMETER, choose_language
from .words_page import trends_page, words_page

_STATIC: Final = Path(__file__).parent.parent / "static"
_MEDIA_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


class _StaticFiles(StaticFiles):
    """Files whose types are known; the table of the system may be wrong, as it often is on Windows."""

    def file_response(self, full_path: PathLike[str] | str, *args: Any, **kwargs: Any) -> Response:
        """Makes the answer with a file."""
        response = super().file_response(full_path, *args, **kwargs)
        response.headers["content-type"] = _MEDIA_TYPES[Path(full_path).suffix]
        return response


def page_routes() -> list[BaseRoute]:
    """Makes the routes of the page; the last one takes every address that no other route does."""
    return [
        Route("/", _home, name="home"),
        Route("/article", _article, name="article"),
        Route("/compare", _compare, name="compare"),
        Route("/words", _words, name="words"),
        Route("/trends", _trends, name="trends"),
        Route("/alerts", _alerts, name="alerts"),
        Route("/alerts", change_alerts, methods=["POST"], name="change_alerts"),
        Mount("/static", _StaticFiles(directory=_STATIC), name="static"),
        Route("/{path:path}", _missing, name="missing"),
    ]


async def _home(request: Request) -> Response:
    return await _answer(request, search_page)


async def _article(request: Request) -> Response:
    return await _answer(request, article_page)


async def _compare(request: Request) -> Response:
    return await _answer(request, comparison_page)


async def _words(request: Request) -> Response:
    return await _answer(request, words_page)


async def _trends(request: Request) -> Response:
    return await _answer(request, trends_page)


async def _alerts(request: Request) -> Response:
    return await _answer(request, alerts_page, service_of(request).index.alerts.state)


async def _missing(request: Request) -> Response:
    raise HTTPException(404)


async def _answer(
    request: Request,
    make_page: Callable[[Request, Searcher, Limits], Response],
    state: Callable[[], str] | None = None,
) -> Response:
    """Makes a page in a thread of the service; for ``state`` see :meth:`Service.respond`."""
    service = service_of(request)

    def make_response(searcher: Searcher) -> Response:
        return make_page(request, searcher, service.limits)

    if LANGUAGE_PARAMETER in request.query_params:  # the page sets a cookie, which a 304 would not
        return await service.read(make_response)
    variant = f"{choose_language(request).code}, {service.token is not None}"
    response = await service.respond(request, make_response, variant=variant, state=state)
    response.headers.update(PAGE_HEADERS)
    return response
