"""How do the operations of the API become routes?"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from newsindex.web.limits import Limits
from newsindex.web.service import service_of

from . import openapi
from .answers import JSON
from .operations import operations

Endpoint = Callable[[Request], Awaitable[Response]]


def routes(limits: Limits, *, with_changes: bool) -> list[BaseRoute]:
    """All routes under /api/; those that change the index where ``with_changes`` is true."""
    every = operations(limits, with_changes=with_changes)

    async def described(request: Request) -> Response:
        root = request.scope.get("root_path", "")
        return await service_of(request).respond(request, lambda _: JSON(openapi.document(every, root)))

    by_path: dict[str, dict[str, Endpoint]] = {"/api/openapi.json": {"GET": described}}
    for operation in every:
        by_path.setdefault(operation.path, {})[operation.method] = operation
    by_path["/api/{path:path}"] = {}  # whatever else there might be
    return [Route(path.replace("{id}", "{id:path}"), _Address(found)) for path, found in by_path.items()]


class _Address:
    """An ASGI application that answers the methods of one address; without any, there is nothing at it."""

    def __init__(self, endpoints: Mapping[str, Endpoint]) -> None:
        self._endpoints = dict(endpoints)
        if "GET" in endpoints:
            self._endpoints["HEAD"] = endpoints["GET"]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self._endpoints:
            raise HTTPException(404)
        request = Request(scope, receive)
        endpoint = self._endpoints.get(request.method)
        if endpoint is None:
            raise HTTPException(405, headers={"Allow": ", ".join(self._endpoints)})
        response = await endpoint(request)
        await response(scope, receive, send)
