"""What does a reader see?"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import BaseRoute, Route

from ..index import Index


def routes() -> list[BaseRoute]:
    """The routes of the page."""
    return [Route("/", home, name="home")]


def home(request: Request) -> HTMLResponse:
    """The search page."""
    index: Index = request.app.state.service.index
    return HTMLResponse(f"<!doctype html><title>newsindex</title><p>{len(index)} articles</p>")
