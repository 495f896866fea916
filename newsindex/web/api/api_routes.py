"""The routes of the API, made from its operations."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from newsindex.web.limits import Limits
from newsindex.web.service import service_of

from .alert_operations import alert_operations
from .analysis_operations import analysis_operations
from .answers import JSON
from .openapi import openapi_document
from .operations import operations

Endpoint = Callable[[Request], Awaitable[Response]]


def api_routes(limits: Limits, *, with_changes: bool) -> list[BaseRoute]:
    """Makes all routes under /api/; those that change the index only where ``with_changes`` is true."""
    table = [
        *operations(limits, with_changes=with_changes),
        *analysis_operations(limits),
        *alert_operations(limits, with_changes=with_changes),
    ]

    async def describe(request: Request) -> Response:
        root = request.scope.get("root_path", "")
        return await service_of(request).respond(request, lambda _: JSON(openapi_document(table, root)))

    by_path: dict[str, dict[str, Endpoint]] = {"/api/openapi.json": {"GET": describe}}
    for operation in table:
        by_path.setdefault(operation.path, {})[operation.method] = operation
    by_path["/api/{path:path}"] = {}  # every other address
    return [
        Route(path.replace("{id}", "{id:path}"), _MethodTable(endpoints))
        for path, endpoints in by_path.items()
    ]


class _MethodTable:
    """An ASGI application that answers the methods of one address; 404 where it has none."""

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
