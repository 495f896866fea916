"""What does the JSON API answer?"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Mount, Route

from ..index import Index


def routes() -> list[BaseRoute]:
    """The routes under /api/."""
    return [Mount("/api", routes=[Route("/health", health)], name="api")]


def health(request: Request) -> JSONResponse:
    """Is the index open?"""
    index: Index = request.app.state.index
    return JSONResponse({"status": "ok", "articles": len(index)})
