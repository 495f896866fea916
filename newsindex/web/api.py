"""What does the JSON API answer?"""

from __future__ import annotations

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from ..encoding import results_dict
from ..index import Index
from .parameters import search_parameters
from .service import service_of


class JSON(Response):
    """A JSON document; made in the thread that asked the index."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        """The document as bytes."""
        return json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def routes() -> list[BaseRoute]:
    """The routes under /api/."""
    return [Route("/api/health", health), Route("/api/search", search)]


async def search(request: Request) -> Response:
    """One page of results."""
    service = service_of(request)
    arguments = search_parameters(service.limits).read(request.scope["query_string"])
    arguments.setdefault("query", "")

    def answer(index: Index) -> Response:
        return JSON(results_dict(arguments["query"], index.search(**arguments)))

    return await service.respond(request, answer)


async def health(request: Request) -> Response:
    """Is the index open?"""
    return JSON(await service_of(request).ask(lambda index: {"status": "ok", "articles": len(index)}))
