"""How do the operations of the API become routes?"""

from __future__ import annotations

from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from . import openapi
from .answers import JSON
from .limits import Limits
from .operations import Operation, operations
from .service import service_of


def routes(limits: Limits, *, with_changes: bool) -> list[BaseRoute]:
    """All routes under /api/; those that change the index where ``with_changes`` is true."""
    every = operations(limits, with_changes=with_changes)

    async def described(request: Request) -> Response:
        root = request.scope.get("root_path", "")
        return await service_of(request).respond(request, lambda _: JSON(openapi.document(every, root)))

    by_path: dict[str, dict[str, Operation]] = {}
    for operation in every:
        by_path.setdefault(operation.path, {})[operation.method] = operation
    return [
        Route("/api/openapi.json", described),
        *(Route(path.replace("{id}", "{id:path}"), _Address(found)) for path, found in by_path.items()),
        Route("/api/{path:path}", _Address({})),
    ]


class _Address:
    """An ASGI application that answers the methods of one address; without any, there is nothing at it."""

    def __init__(self, operations: Mapping[str, Operation]) -> None:
        self._operations = dict(operations)
        if "GET" in operations:
            self._operations["HEAD"] = operations["GET"]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self._operations:
            raise HTTPException(404)
        request = Request(scope, receive)
        operation = self._operations.get(request.method)
        if operation is None:
            raise HTTPException(405, headers={"Allow": ", ".join(self._operations)})
        response = await operation(request)
        await response(scope, receive, send)
