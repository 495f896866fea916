"""What does a reader see?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from newsindex.index import Index
from newsindex.web.limits import Limits
from newsindex.web.problems import logged_problem
from newsindex.web.service import service_of

from .article_page import article_page
from .html_rendering import render
from .search_page import search_page

_STATIC: Final = Path(__file__).parent.parent / "static"


def routes() -> list[BaseRoute]:
    """The routes of the page; the last takes every address that nothing else does."""
    return [
        Route("/", home, name="home"),
        Route("/article", article, name="article"),
        Mount("/static", StaticFiles(directory=_STATIC), name="static"),
        Route("/{path:path}", missing, name="missing"),
    ]


async def home(request: Request) -> Response:
    """The search page."""
    return await _answer(request, search_page)


async def article(request: Request) -> Response:
    """One article."""
    return await _answer(request, article_page)


async def missing(request: Request) -> Response:
    """The answer where there is no page; programs, which do not ask for one, get a problem."""
    if "text/html" not in request.headers.get("accept", ""):
        raise HTTPException(404)
    return render(request, "problem.html", 404, title="no_page", help="no_page_help", detail="")


async def _answer(request: Request, make: Callable[[Request, Index, Limits], Response]) -> Response:
    """What a function makes of a request, in a thread of the service; what fails is a page too."""
    service = service_of(request)
    try:
        return await service.ask(lambda index: make(request, index, service.limits))
    except Exception as error:
        problem = logged_problem(request, error)
        title, help = (
            ("bad_query", "bad_query_help") if problem.status == 400 else ("trouble", "trouble_help")
        )
        response = render(
            request, "problem.html", problem.status, title=title, help=help, detail=problem.detail
        )
        response.headers.update(problem.headers)
        return response
